"""Find the spans of a paragraph in quotation marks.

Double marks of every kind open and close: “ ”, " ", „ “, « ». A mark that is left open runs to the end of its
paragraph, as in every paragraph but the last of a long quotation. Single marks count where a paragraph has no double
ones; what may be an apostrophe is taken for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pressgen.importer.role_words import ROLE
from pressgen.importer.speech_words import INVERTED, VERB

OPENING = {"“": '”"', "„": "“”", "«": "»", '"': '"”', "”": "”"}
ANY = re.compile(r"[“”„«»\"]")
BEFORE = frozenset(" \t\u00a0\u202f([{—–-:,‘'")
ENDING = re.compile(r"[.!?…,;:]$")
SINGLE = re.compile(r"(?:^|(?<=[\s(:—–]))[‘'](?!(?:Tis|Twas|Til|Em|Cause)\b)(?=[A-ZÀ-Þ])")
CLOSING_SINGLE = re.compile(r"(?<=[.,!?…])[’'](?=$|[\s.,;:)—–])|(?<=\w)[’'](?=[.,](?:\s|$)|$)")
DASHED = re.compile(
    r"(?P<first>—[^\W_¡¿]?[^—]{2,2000}?)\s?—(?P<clause>[^—\s][^—]{2,300})(?:—(?P<stop>[.,;]?)\s*(?P<rest>[^—]{2,2000})?)?"
)
INSIDE = r"(?:[^,.«»]|\b(?:M|Mr|Mme|Dr|Sr|Sra|St)\.)"
INSERTED = re.compile(
    rf",\s+(?P<clause>(?:{INVERTED.pattern}|{VERB}\s+(?P<name>(?:(?:l[ea]|el)\s+|[A-ZÀ-Þ]){INSIDE}{{2,60}}(?<!\s))"
    rf"(?:,\s+(?P<role>[a-zà-ÿ]{INSIDE}{{3,80}}(?<!\s)))?))(?=\s*[,.]\s+[^\W»])"
)
"""An attribution inside the marks: “, a déclaré Name, role, ” or “, a-t-il ajouté, ”."""
CAPITAL = re.compile(r"[\W_]*(?:[A-ZÀ-ÖØ-Þ0-9]|i[A-Z])")
LEAST_WORDS = 4


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """Words in quotation marks.

    `start` and `end` include the marks, `text` does not.
    """

    start: int
    end: int
    text: str
    closed: bool
    goes_on: bool = False
    """Whether it is the rest of speech with an attribution inside its marks."""

    @property
    def speech(self) -> bool:
        """Whether it can be speech, not a title, nickname or phrase."""
        long = len(self.text.split()) >= LEAST_WORDS or ENDING.search(self.text) is not None
        return self.goes_on or (long and CAPITAL.match(self.text) is not None)


def find_quoted_spans(text: str) -> list[QuotedSpan]:
    """Find the words in quotation marks, in order and not nested."""
    found = _find_double_quoted(text) or _find_dashed(text) or _find_single_quoted(text)
    return [part for span in found for part in _split_at_inserted_clause(_include_stop(span, text), text)]


def _split_at_inserted_clause(span: QuotedSpan, text: str) -> list[QuotedSpan]:
    """Split speech with an attribution inside its marks.

    French and Spanish have that: « Words, dit Name, words ».
    """
    match = INSERTED.search(text, span.start + 1, span.end) if text[span.start] == "«" else None
    if match is None:
        return [span]
    role = match["role"] is None or ROLE.search(match["role"]) is not None
    end = match.end("clause") if role else match.end("name")
    first = QuotedSpan(
        span.start, match.start("clause"), text[span.start + 1 : match.start("clause")].strip(), closed=True
    )
    start = end + len(text[end : span.end]) - len(text[end : span.end].lstrip(" ,.\u00a0"))
    rest = text[start : span.end].rstrip("» \u00a0") if span.closed else text[start : span.end]
    return [first, QuotedSpan(start, span.end, rest, span.closed, goes_on=True)]


def _include_stop(span: QuotedSpan, text: str) -> QuotedSpan:
    """Return a span with the full stop after its closing mark.

    Continental style puts the full stop there.
    """
    stop = text[span.end : span.end + 1] == "." and span.closed and not ENDING.search(span.text)
    return replace(span, text=f"{span.text}.") if stop and span.speech else span


def _find_dashed(text: str) -> list[QuotedSpan]:
    """Find Spanish speech between dashes: “—Words —dijo Name—. Words”."""
    match = DASHED.fullmatch(text)
    if match is None:
        return []
    said = match["first"][1:].rstrip()
    said += match["stop"] or "" if not ENDING.search(said) else ""
    first = QuotedSpan(0, match.start("clause"), said, closed=True)
    rest = match["rest"] or ""
    return [first, QuotedSpan(match.end("clause"), len(text), rest, closed=True)] if rest else [first]


def _find_single_quoted(text: str) -> list[QuotedSpan]:
    found: list[QuotedSpan] = []
    at = 0
    while match := SINGLE.search(text, at):
        close = CLOSING_SINGLE.search(text, match.end())
        if close is None and match.start() > 0 and text[: match.start()].rstrip()[-1] != ":":
            break
        end = close.end() if close else len(text)
        inner = text[match.end() : end - 1 if close else end].strip()
        found.append(QuotedSpan(match.start(), end, inner, closed=close is not None))
        at = end
    return found


def _find_double_quoted(text: str) -> list[QuotedSpan]:
    found = _pair_marks(text, nested=True)
    return _pair_marks(text, nested=False) if found and not found[-1].closed else found


def _pair_marks(text: str, *, nested: bool) -> list[QuotedSpan]:
    """Pair opening and closing marks; straight ones may be nested."""
    found: list[QuotedSpan] = []
    start, closing, within = -1, "", 0
    for match in ANY.finditer(text):
        at, mark = match.start(), match[0]
        if start >= 0 and mark in closing:
            if mark == '"' and _opens(text, at):
                within += nested
                continue
            if within:
                within -= 1
                continue
            found.append(QuotedSpan(start, at + 1, text[start + 1 : at].strip(), closed=True))
            start = -1
        elif (start < 0 and mark in OPENING and (mark not in '"”' or _opens(text, at))) or (
            start < 0 and mark == "»" and at == 0
        ):
            start, closing = at, OPENING.get(mark, "»")
    if start >= 0:
        found.append(QuotedSpan(start, len(text), text[start + 1 :].strip(), closed=False))
    return found


def _opens(text: str, at: int) -> bool:
    """Return whether an ambiguous mark opens a quotation here."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (not before or before in BEFORE) and bool(after.strip())
