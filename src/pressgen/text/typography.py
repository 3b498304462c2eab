"""Quotation marks, apostrophes, dashes and no-break spaces by language.

Only straight marks, doubled hyphens and plain spaces are replaced; what is typed curly, or as a real dash, is not
changed. Marks are CLDR's delimiters; the French spaces are those of the Imprimerie nationale's Lexique; every language
opens a continued quotation again in each paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NARROW, WIDE = "\u202f", "\u00a0"
BEFORE_OPENING = frozenset(" \u00a0\u202f\u2009\n\t([{“‘„‚«‹»–—/-")
DASH = re.compile(r"(?<=\w)---?(?=\w)|(?<=\s)---?(?=\s)")
CLOSING = re.compile(r"(?<=\S)'(?!\w)")
ELISION = re.compile(r"'(?:\d\ds?\b|(?:tis|twas|em|til|cause)\b|n'(?!\w))", re.IGNORECASE)
SPACED_HYPHEN = re.compile(r"(?<=\S) - (?=\S)")
UNITS = re.compile(r"(?<=\d) (?=(?:million|billion|trillion|bn)\b)|(?<=\bDr|\bMr|\bMs|\bNo) (?=[A-Z0-9])")
FRENCH = re.compile(r"(?P<narrow> (?=[;!?](?:\s|$)))|(?P<wide> (?=[:»])|(?<=«) )")


@dataclass(frozen=True, slots=True)
class QuotationMarks:
    """The quotation marks of a language.

    Attributes:
        first: opening and closing mark of a quotation.
        second: those of one within another.
        again: what opens each further paragraph of a continued quotation.
    """

    first: tuple[str, str]
    second: tuple[str, str]
    again: str = ""
    dash: str = "–"

    @property
    def continued(self) -> str:
        """The mark that opens a further paragraph of a quotation."""
        return self.again or self.first[0]


ENGLISH = QuotationMarks(("“", "”"), ("‘", "’"))
GUILLEMETS = (f"«{WIDE}", f"{WIDE}»")
MARKS = {
    "en": ENGLISH,
    "en-us": QuotationMarks(("“", "”"), ("‘", "’"), dash="—"),
    "cs": QuotationMarks(("„", "“"), ("‚", "‘")),
    "da": QuotationMarks(("“", "”"), ("‘", "’")),
    "de": QuotationMarks(("„", "“"), ("‚", "‘")),
    "de-ch": QuotationMarks(("«", "»"), ("‹", "›")),
    "es": QuotationMarks(("«", "»"), ("“", "”"), again="»"),
    "fi": QuotationMarks(("”", "”"), ("’", "’")),
    "fr": QuotationMarks(GUILLEMETS, ("“", "”")),
    "it": QuotationMarks(("«", "»"), ("“", "”")),
    "nb": QuotationMarks(("«", "»"), ("‘", "’")),
    "nl": QuotationMarks(("‘", "’"), ("“", "”")),
    "nn": QuotationMarks(("«", "»"), ("‘", "’")),
    "pl": QuotationMarks(("„", "”"), ("«", "»")),
    "pt": QuotationMarks(("“", "”"), ("‘", "’")),
    "ru": QuotationMarks(("«", "»"), ("„", "“")),
    "sv": QuotationMarks(("”", "”"), ("’", "’")),
    "uk": QuotationMarks(("«", "»"), ("„", "“")),
    "ja": QuotationMarks(("「", "」"), ("『", "』")),
    "zh": QuotationMarks(("“", "”"), ("‘", "’")),
}


def get_quotation_marks(language: str) -> QuotationMarks:
    """Return the quotation marks of a BCP 47 language, else English ones."""
    lower = language.lower()
    return MARKS.get(lower) or MARKS.get(lower.partition("-")[0]) or ENGLISH


def find_typographic_changes(text: str, language: str, *, quoted: bool = False) -> dict[int, str]:
    """Return the typographic changes to a text, by offset.

    The new text replaces one character; an empty one drops it.

    Args:
        text: the text as typed.
        language: BCP 47.
        quoted: whether the text is within a quotation, so that `"` opens one within another.
    """
    found = _find_quote_changes(text, get_quotation_marks(language), quoted=quoted)
    dash = get_quotation_marks(language).dash
    for match in DASH.finditer(text):
        found[match.start()] = "—" if len(match[0]) > 2 else dash  # noqa: PLR2004 - three hyphens are the long dash
        found.update(dict.fromkeys(range(match.start() + 1, match.end()), ""))
    for match in SPACED_HYPHEN.finditer(text):
        found[match.start() + 1] = dash
    if language.lower().startswith("fr"):
        found.update({each.start(): NARROW if each["narrow"] else WIDE for each in FRENCH.finditer(text)})
    elif language.lower().startswith("en"):
        found.update({each.start(): WIDE for each in UNITS.finditer(text)})
    return found


def _find_quote_changes(text: str, language: QuotationMarks, *, quoted: bool) -> dict[int, str]:
    double, single = (language.second, language.first) if quoted else (language.first, language.second)
    last_closing = max((match.start() for match in CLOSING.finditer(text)), default=-1)
    found: dict[int, str] = {}
    open_single = 0
    for at, mark in enumerate(text):
        if mark not in "\"'":
            continue
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        starts = not before or before in BEFORE_OPENING or found.get(at - 1) in (double[0], single[0])
        opens = starts and bool(after.strip())
        if mark == '"':
            found[at] = double[0] if opens else double[1]
        elif opens and at < last_closing and not ELISION.match(text, at):
            found[at] = single[0]
            open_single += 1
        elif open_single and not opens and not after.isalnum():
            found[at] = single[1]
            open_single -= 1
        else:
            found[at] = "’"
    return found
