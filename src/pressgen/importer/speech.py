"""Stretches of a paragraph that stand in quotation marks.

Double marks of every kind open and close: “ ”, " ", „ “, « », and a mark left open runs to the end of its paragraph,
as it does in every paragraph but the last of a long quotation. Single marks do where a paragraph has no double ones;
what may be an apostrophe is taken for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

OPENING = {"“": '”"', "„": "“”", "«": "»", '"': '"”', "”": "”"}
ANY = re.compile(r"[“”„«»\"]")
BEFORE = frozenset(" \t\u00a0\u202f([{—–-:,‘'")
ENDING = re.compile(r"[.!?…,;:]$")
SINGLE = re.compile(r"(?:^|(?<=[\s(:—–]))[‘'](?!(?:Tis|Twas|Til|Em|Cause)\b)(?=[A-ZÀ-Þ])")
CLOSING_SINGLE = re.compile(r"(?<=[.,!?…])[’'](?=$|[\s.,;:)—–])|(?<=\w)[’'](?=[.,](?:\s|$)|$)")
CAPITAL = re.compile(r"[\W_]*(?:[A-ZÀ-ÖØ-Þ0-9]|i[A-Z])")
LEAST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Span:
    """Words between marks: `start` and `end` include the marks, `text` does not."""

    start: int
    end: int
    text: str
    closed: bool

    @property
    def speech(self) -> bool:
        """Whether it can be a quotation, rather than a title, a nickname or a phrase."""
        words = self.text.split()
        return len(words) >= LEAST_WORDS and CAPITAL.match(self.text) is not None


def spans(text: str) -> list[Span]:
    """The stretches of `text` in quotation marks, in order, none within another."""
    found = _in_double(text) or _in_single(text)
    return [_stopped(span, text) for span in found]


def _stopped(span: Span, text: str) -> Span:
    """A stretch with the full stop that stands behind its closing mark, as it does on the Continent."""
    stop = text[span.end : span.end + 1] == "." and span.closed and not ENDING.search(span.text)
    return replace(span, text=f"{span.text}.") if stop and span.speech else span


def _in_single(text: str) -> list[Span]:
    found: list[Span] = []
    at = 0
    while match := SINGLE.search(text, at):
        close = CLOSING_SINGLE.search(text, match.end())
        if close is None and match.start() > 0 and text[: match.start()].rstrip()[-1] != ":":
            break
        end = close.end() if close else len(text)
        inner = text[match.end() : end - 1 if close else end].strip()
        found.append(Span(match.start(), end, inner, closed=close is not None))
        at = end
    return found


def _in_double(text: str) -> list[Span]:
    found: list[Span] = []
    start, closing = -1, ""
    for match in ANY.finditer(text):
        at, mark = match.start(), match[0]
        if start >= 0 and mark in closing:
            if mark == '"' and _opens(text, at):
                continue
            found.append(Span(start, at + 1, text[start + 1 : at].strip(), closed=True))
            start = -1
        elif (start < 0 and mark in OPENING and (mark not in '"”' or _opens(text, at))) or (
            start < 0 and mark == "»" and at == 0
        ):
            start, closing = at, OPENING.get(mark, "»")
    if start >= 0:
        found.append(Span(start, len(text), text[start + 1 :].strip(), closed=False))
    return found


def _opens(text: str, at: int) -> bool:
    """Whether a mark that can be either stands where one opens."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (not before or before in BEFORE) and bool(after.strip())


def ended(text: str) -> bool:
    """Whether a text ends as a sentence, or a part of one before an attribution, does."""
    return ENDING.search(text.rstrip()) is not None
