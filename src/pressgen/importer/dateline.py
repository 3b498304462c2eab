"""Read the dateline before the lead: place, day and agency.

It ends at its dash or at the full stop after its year.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pressgen.importer.countries import REGIONS
from pressgen.text.embargo.days import parse_stated_day

DASHED = re.compile(r"(?P<line>[(A-ZÀ-Þ].{1,110}?)\s*(?:--+|[–—]|\s-|\.-|(?<=\b\d{4})[.:])\s+(?=\S)")
AGENCY = re.compile(
    r"/[^/]{2,40}/|\((?:[\w\s]*(?:wire|newswire|business\s+wire|globe|press)[\w\s]*)\)|\[[^\]]+\](?:\([^)]*\))?",
    re.IGNORECASE,
)
EDGE = " \t,;:()–—-./"
PLACE = re.compile(
    r"[A-ZÀ-Þ][\w’'.-]+(?:[\s,]+(?:of|the|de|la|del|y|and|am|an\s+der|[A-ZÀ-Þ][\w’'.-]*|\([A-Z][\w\s]+\)))*"
)
MOST_WORDS = 7
STATES = frozenset(name for names in REGIONS["US"].values() for name in names.split("|") if name.endswith("."))
"""The states as the Associated Press's stylebook abbreviates them after a town."""


class Dateline(NamedTuple):
    """A dateline as printed, its place, and the lead."""

    printed: str
    place: str
    rest: str


def read_dateline(text: str, zone: str) -> Dateline | None:
    """Read the dateline that a lead begins with; None if none.

    Args:
        text: the first paragraph.
        zone: the office's IANA zone, which decides how dates in numerals are read.
    """
    at, place = 0, ""
    while match := DASHED.match(text, at):
        named = _find_place(match["line"], zone)
        if named is None:
            break
        place = place or named
        at = match.end()
    return Dateline(text[:at].strip(), place, text[at:]) if at and place else None


def _find_place(line: str, zone: str) -> str | None:
    """Return the place in a part of a dateline.

    It is empty where the part only names a day or an agency, and None for something else.
    """
    bare = AGENCY.sub(" ", line)
    day, rest = parse_stated_day(bare, zone)
    if day.days:
        rest = re.sub(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:le|den|am)\b", " ", rest)
    words = " ".join(rest.split()).rstrip(EDGE.replace(".", ""))
    rest = words.strip(EDGE)
    if not rest:
        return "" if day.days or bare.strip() != line.strip() else None
    whole = PLACE.fullmatch(rest) is not None and len(rest.split()) <= MOST_WORDS
    sure = day.days or rest.isupper() or line.startswith("(") or rest.split(",")[0].split()[0].isupper()
    if not (whole and sure):
        return None
    return f"{rest}." if words.split()[-1] in STATES else rest
