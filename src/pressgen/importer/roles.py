"""What each paragraph is in a release, as far as it says so by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from pressgen.importer import contacts, signs
from pressgen.importer.manuscript import Kind, Para
from pressgen.importer.names import BODIES
from pressgen.text.embargo.days import day_of
from pressgen.text.embargo.names import weekday_of
from pressgen.text.embargo.sense import WORD as EMBARGO_WORD
from pressgen.text.embargo.sense import Sense, sense_of
from pressgen.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT, LONG_LINE, LEAD = 130, 260, 70
"""Characters: of a line that may say what it is, of a headline at most, of a whole sentence at least."""
FEW_WORDS, BODY_WORDS, ISSUER_WORDS = 9, 6, 4
SMALL = frozenset(("of", "the", "and", "for", "&"))
SOON = 45
"""How far into a paragraph an embargo of the release itself is stated."""
OF_A_SHEET = re.compile(r"\b(?:telephone|phone|fax|facsimile|P\.?O\.?\s+Box|website|ABN)\b", re.IGNORECASE)
REGISTERED = re.compile(r"\bABN\b|\bP\.?O\.?\s+Box\b|\b(?:ACT|NSW|Vic|QLD)\b[.,]*\s+\d{4}\b")
DATING = frozenset(("public", "release:", "date:", "dated", "le", "den", "am", "issued", "on"))
TERMINAL = (".", "!", "?", ":", "…", ",")
CLOSING = "\"”’'» )"


class Role(Enum):
    """What a paragraph is."""

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


@dataclass(frozen=True, slots=True)
class _Seen:
    """A paragraph as it is looked at."""

    text: str
    zone: str
    set_in: bool


def role_of(para: Para, zone: str) -> Role:
    """What a paragraph is; a short one that says nothing of itself is a LINE, a longer one PROSE.

    Args:
        para: the paragraph.
        zone: the office's IANA zone, by which dates in numerals are read.
    """
    seen = _Seen(para.text.strip(), zone, para.kind is Kind.BLOCK)
    short = len(seen.text) <= SHORT
    announces = short or _announces(seen.text)
    if not announces and _unended(seen.text):
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
    """Whether a line is a date and little else, such as `Brisbane, 4 June 1983` or `PUBLIC RELEASE: 3-AUG-2016`."""
    if len(text) > LEAD:
        return False
    day, rest = day_of(text, zone)
    left = [word.strip(",.") for word in rest.split() if any(map(str.isalpha, word))]
    strange = [word for word in left if word.lower() not in DATING and weekday_of(word) is None]
    return bool(day.days) and (len(strange) <= 1 or (len(strange) <= ISSUER_WORDS and all(map(str.isupper, strange))))


def _dates(seen: _Seen) -> bool:
    label = signs.LABELLED.match(seen.text)
    return is_date(seen.text, seen.zone) or bool(label and is_date(seen.text[label.end() :], seen.zone))


def _announces(text: str) -> bool:
    """Whether a long paragraph begins with something that a short one would say."""
    head = text[:SOON]
    sheet = head.startswith("---") or signs.LETTERHEAD.match(head) or len(OF_A_SHEET.findall(text)) > 1
    return bool(EMBARGO_WORD.search(head) or signs.HOUSEKEEPING.match(text) or sheet)


def _unended(text: str) -> bool:
    """Whether a long line is one clause without a stop, as a long headline is."""
    plain = text.rstrip(CLOSING)
    return len(text) <= LONG_LINE and plain[-1:].isalnum() and len(sentences(text)) == 1 and "@" not in text


def _embargoes(seen: _Seen) -> bool:
    """Whether an embargo of this text is stated: at once, not of an audio or a report further on in a sentence."""
    if sense_of(seen.text) not in (Sense.EMBARGO, Sense.EVENT):
        return False
    match = EMBARGO_WORD.search(seen.text)
    return match is None or match.start() <= SOON or seen.text.isupper() or "EMBARGO" in seen.text


def _sentence(text: str) -> bool:
    """Whether a text is at least one whole sentence, and not all in capitals."""
    return len(text) > LEAD and not text.isupper() and text.rstrip(CLOSING).endswith(TERMINAL)


def _labels(seen: _Seen) -> bool:
    if seen.text.endswith((",", "!", ":")) and signs.GREETING.fullmatch(seen.text):
        return True
    spaced = signs.SPACED_LABEL.fullmatch(seen.text) and "release" in seen.text.lower().replace(" ", "")
    return bool(signs.LABEL.fullmatch(seen.text) or spaced)


def _is_about(seen: _Seen) -> bool:
    few = len(seen.text.split()) <= FEW_WORDS
    return few and not seen.text.endswith((".", "?", "!", ",")) and bool(signs.ABOUT.fullmatch(seen.text))


def _names_a_body(seen: _Seen) -> bool:
    """Whether a line is only the name of a body, such as the office's own."""
    tokens = seen.text.split()
    named = all(token[:1].isupper() or token in SMALL for token in tokens)
    return len(tokens) <= BODY_WORDS and named and bool(tokens) and tokens[-1] in BODIES


def _whole(pattern: re.Pattern[str]) -> Callable[[_Seen], bool]:
    return lambda seen: pattern.fullmatch(seen.text) is not None


def _at_first(pattern: re.Pattern[str]) -> Callable[[_Seen], bool]:
    return lambda seen: pattern.match(seen.text) is not None


SURE_SIGNS: tuple[tuple[Role, Callable[[_Seen], bool]], ...] = (
    (Role.END, _whole(signs.END)),
    (Role.END, _whole(signs.SIGN)),
    (Role.RULE, _whole(signs.RULE)),
    (Role.IMMEDIATE, lambda seen: sense_of(seen.text) is Sense.IMMEDIATE),
    (Role.EMBARGO, _embargoes),
    (Role.HOUSEKEEPING, _at_first(signs.HOUSEKEEPING)),
)
"""What a paragraph shows even as an entry of a list; the first that it shows is its role."""
LIKELY_SIGNS: tuple[tuple[Role, Callable[[_Seen], bool]], ...] = (
    (Role.PAGE, _whole(signs.PAGE)),
    (Role.NOTES, _whole(signs.NOTES)),
    (Role.CONTACTS, _whole(signs.CONTACT)),
    (Role.FURNITURE, _whole(signs.FURNITURE)),
    (Role.OTHERS, _at_first(signs.OTHER_ENQUIRIES)),
    (Role.LABEL, _labels),
    (Role.DATE, _dates),
    (Role.LETTERHEAD, lambda seen: REGISTERED.search(seen.text) is not None),
    (Role.CONTACT, lambda seen: contacts.is_contact(seen.text) and not _sentence(seen.text)),
    (Role.ABOUT, _is_about),
    (Role.BYLINE, _at_first(signs.BYLINE)),
    (Role.LABEL, _at_first(signs.LABELLED)),
    (Role.REFERENCE, _whole(signs.REFERENCE)),
    (Role.LETTERHEAD, lambda seen: signs.LETTERHEAD.search(seen.text) is not None and not _sentence(seen.text)),
    (Role.LETTERHEAD, _names_a_body),
    (Role.LINE, lambda seen: not _sentence(seen.text) and not seen.set_in),
)
"""What any other paragraph shows."""
