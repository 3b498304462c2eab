"""Identify the role of each paragraph from the paragraph alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from pressgen.importer import contacts, page_furniture, section_markers
from pressgen.importer.manuscript import ParagraphKind, SourceParagraph
from pressgen.importer.role_words import BODIES
from pressgen.text.embargo.days import parse_stated_day
from pressgen.text.embargo.names import parse_weekday
from pressgen.text.embargo.sense import WORD as EMBARGO_WORD
from pressgen.text.embargo.sense import LineKind, classify_line
from pressgen.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT, LONG_LINE, LEAD = 130, 260, 70
"""Characters: the most of a marker line, the most of a headline, the fewest of a whole sentence."""
FEW_WORDS, BODY_WORDS, ISSUER_WORDS = 9, 6, 4
SMALL = frozenset(("of", "the", "and", "for", "&"))
SOON = 45
"""The most characters of a paragraph before the embargo of the release itself."""
OF_A_SHEET = re.compile(r"\b(?:telephone|phone|fax|facsimile|P\.?O\.?\s+Box|website|ABN)\b", re.IGNORECASE)
REGISTERED = re.compile(r"\bABN\b|\bP\.?O\.?\s+Box\b|\b(?:ACT|NSW|Vic|QLD)\b[.,]*\s+\d{4}\b")
COMPANY = re.compile(
    r"\b(?:Inc|Ltd|Co|Corp|LLC|L\.?L\.?C|plc|S\.A|S\.L|N\.V|B\.V|e\.V|S\.p\.A|U\.S|Assoc|Intl)\.$", re.IGNORECASE
)
"""The end of a company's name, whose stop ends no sentence."""
DATING = frozenset(("public", "release:", "date:", "dated", "le", "den", "am", "issued", "on"))
TERMINAL = (".", "!", "?", ":", "…", ",")
CLOSING = "\"”’'» )"


class Role(Enum):
    """The roles that a paragraph can have in a release."""

    RULE = auto()
    PAGE = auto()
    END = auto()
    NOTES = auto()
    ABOUT = auto()
    CONTACTS = auto()
    CONTACT = auto()
    OTHERS = auto()
    EMBARGO = auto()
    IMMEDIATE = auto()
    LABEL = auto()
    DATE = auto()
    BYLINE = auto()
    HOUSEKEEPING = auto()
    FURNITURE = auto()
    LETTERHEAD = auto()
    REFERENCE = auto()
    LINE = auto()
    PROSE = auto()


Sorted = tuple[SourceParagraph, Role]
"""A paragraph with its role."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A paragraph under examination."""

    text: str
    zone: str
    set_in: bool


def identify_role(para: SourceParagraph, zone: str) -> Role:
    """Identify the role of a paragraph in a release.

    Without any sign, a short one is a LINE, a longer one PROSE.

    Args:
        para: the paragraph.
        zone: the office's IANA zone, which decides how dates in numerals are read.
    """
    if para.kind is ParagraphKind.TABLE:  # by its cells: figures of two of them would make a telephone number
        return Role.CONTACT if any(contacts.is_contact(cell) for row in para.rows for cell in row) else Role.PROSE
    seen = _Candidate(para.text.strip(), zone, para.kind is ParagraphKind.BLOCK)
    short = len(seen.text) <= SHORT
    announces = short or _begins_with_sign(seen.text)
    if not announces and _is_unfinished(seen.text):
        return Role.LINE
    if not announces:
        return Role.CONTACT if contacts.is_contact(seen.text) else Role.PROSE
    if (first := next((role for role, shows in SURE_SIGNS if shows(seen)), None)) and not (
        para.marker and first is Role.EMBARGO
    ):
        return first
    if para.marker:
        return Role.LINE if short else Role.PROSE
    return next((role for role, shows in LIKELY_SIGNS if shows(seen)), Role.PROSE)


def is_date(text: str, zone: str) -> bool:
    """Return whether a line is a date and little else.

    Such as `Brisbane, 4 June 1983` or `PUBLIC RELEASE: 3-AUG-2016`.
    """
    if len(text) > LEAD:
        return False
    day, rest = parse_stated_day(text, zone)
    left = [word.strip(",.") for word in rest.split() if any(map(str.isalpha, word))]
    strange = [word for word in left if word.lower() not in DATING and parse_weekday(word) is None]
    return bool(day.days) and (len(strange) <= 1 or (len(strange) <= ISSUER_WORDS and all(map(str.isupper, strange))))


def _is_date(seen: _Candidate) -> bool:
    label = section_markers.LABELLED.match(seen.text)
    return is_date(seen.text, seen.zone) or bool(label and is_date(seen.text[label.end() :], seen.zone))


def _begins_with_sign(text: str) -> bool:
    """Return whether a long paragraph begins like a short marker line."""
    head = text[:SOON]
    sheet = head.startswith("---") or section_markers.LETTERHEAD.match(head) or len(OF_A_SHEET.findall(text)) > 1
    around = section_markers.HOUSEKEEPING.match(text) or page_furniture.COOKIES.match(text)
    return bool(EMBARGO_WORD.search(head) or around or sheet)


def _is_unfinished(text: str) -> bool:
    """Return whether a long line is one clause without a full stop.

    A long headline looks like that.
    """
    plain = text.rstrip(CLOSING)
    return len(text) <= LONG_LINE and plain[-1:].isalnum() and len(split_sentences(text)) == 1 and "@" not in text


def _is_embargo(seen: _Candidate) -> bool:
    """Return whether a paragraph states the embargo of this text.

    The embargo of a recording or a report, later in a sentence, does not count.
    """
    if classify_line(seen.text) not in (LineKind.EMBARGO, LineKind.EVENT):
        return False
    match = EMBARGO_WORD.search(seen.text)
    return match is None or match.start() <= SOON or seen.text.isupper() or "EMBARGO" in seen.text


def _is_sentence(text: str) -> bool:
    """Return whether a text has a whole sentence, not in capitals."""
    return len(text) > LEAD and not text.isupper() and text.rstrip(CLOSING).endswith(TERMINAL)


def _is_label(seen: _Candidate) -> bool:
    if seen.text.endswith((",", "!", ":")) and section_markers.GREETING.fullmatch(seen.text):
        return True
    spaced = section_markers.SPACED_LABEL.fullmatch(seen.text) and "release" in seen.text.lower().replace(" ", "")
    bare = parse_stated_day(seen.text, seen.zone)[1].strip(" ,–—-|:") if len(seen.text) <= LEAD else seen.text
    return bool(
        section_markers.LABEL.fullmatch(seen.text) or spaced or (bare and section_markers.LABEL.fullmatch(bare))
    )


def _is_about(seen: _Candidate) -> bool:
    few = len(seen.text.split()) <= FEW_WORDS
    ended = seen.text.endswith((".", "?", "!", ",")) and not COMPANY.search(seen.text)
    return few and not ended and bool(section_markers.ABOUT.fullmatch(seen.text))


def _is_end(seen: _Candidate) -> bool:
    """Return whether a line is an end mark, perhaps with the day."""
    match = section_markers.DATED_END.fullmatch(seen.text)
    return match is not None and is_date(match["date"].strip(" -–—*#()[]"), seen.zone)


def _is_organisation_name(seen: _Candidate) -> bool:
    tokens = seen.text.split()
    named = all(token[:1].isupper() or token in SMALL for token in tokens)
    return len(tokens) <= BODY_WORDS and named and bool(tokens) and tokens[-1] in BODIES


def _match_whole(pattern: re.Pattern[str]) -> Callable[[_Candidate], bool]:
    return lambda seen: pattern.fullmatch(seen.text) is not None


def _match_start(pattern: re.Pattern[str]) -> Callable[[_Candidate], bool]:
    return lambda seen: pattern.match(seen.text) is not None


SURE_SIGNS: tuple[tuple[Role, Callable[[_Candidate], bool]], ...] = (
    (Role.END, _match_whole(section_markers.END)),
    (Role.END, _match_whole(section_markers.SIGN)),
    (Role.END, _is_end),
    (Role.RULE, _match_whole(section_markers.RULE)),
    (Role.IMMEDIATE, lambda seen: classify_line(seen.text) is LineKind.IMMEDIATE),
    (Role.EMBARGO, _is_embargo),
    (Role.HOUSEKEEPING, _match_start(section_markers.HOUSEKEEPING)),
)
"""Signs that count even in an entry of a list; the first that matches gives the role."""
LIKELY_SIGNS: tuple[tuple[Role, Callable[[_Candidate], bool]], ...] = (
    (Role.PAGE, _match_whole(section_markers.PAGE)),
    (Role.NOTES, _match_whole(section_markers.NOTES)),
    (Role.CONTACTS, _match_whole(section_markers.CONTACT)),
    (Role.FURNITURE, _match_whole(page_furniture.FURNITURE)),
    (Role.FURNITURE, _match_start(page_furniture.COOKIES)),
    (Role.OTHERS, _match_start(section_markers.OTHER_ENQUIRIES)),
    (Role.LABEL, _is_label),
    (Role.DATE, _is_date),
    (Role.LETTERHEAD, lambda seen: REGISTERED.search(seen.text) is not None),
    (Role.CONTACT, lambda seen: contacts.is_contact(seen.text) and not _is_sentence(seen.text)),
    (Role.ABOUT, _is_about),
    (Role.BYLINE, _match_start(section_markers.BYLINE)),
    (Role.LABEL, _match_start(section_markers.LABELLED)),
    (Role.REFERENCE, _match_whole(section_markers.REFERENCE)),
    (
        Role.LETTERHEAD,
        lambda seen: section_markers.LETTERHEAD.search(seen.text) is not None and not _is_sentence(seen.text),
    ),
    (Role.LETTERHEAD, _is_organisation_name),
    (Role.LINE, lambda seen: not _is_sentence(seen.text) and not seen.set_in),
)
"""Signs that count in any other paragraph."""
