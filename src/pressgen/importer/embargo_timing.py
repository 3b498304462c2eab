"""Find the embargo of an old release.

Its embargo line is read with the date of the release.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.importer.draft import Confidence
from pressgen.importer.paragraph_roles import Role
from pressgen.text.embargo.days import StatedDay, parse_stated_day
from pressgen.text.embargo.line_reader import (
    Embargo,
    EmbargoDoubt,
    ImmediateRelease,
    NoEmbargo,
    UnsettledEmbargo,
    UnsettledReason,
    read_embargo,
)
from pressgen.text.embargo.names import find_zones

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pressgen.importer.back_matter import BackMatter
    from pressgen.importer.draft import DraftNote, SourceExcerpt
    from pressgen.importer.front_matter import FrontMatter
    from pressgen.importer.issuer import Issuer
    from pressgen.importer.paragraph_roles import Sorted
    from pressgen.text.embargo.line_reader import Reading

YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)(?!\d)")
TWELVE = re.compile(r"(?<![\d.:])12(?:[.:]00)?\s?(?P<half>[ap])\.?\s?m\b", re.IGNORECASE)
NUMERIC = re.compile(r"(?<![\d/.])(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/])")
MONTHS = 12
READ_AS = {"a": "12am is read as the start of the day", "p": "12pm is read as noon"}
OPEN_ZONE = "CITY"
"""The word in a zone that a person must replace; `load` refuses it."""


@dataclass(frozen=True, slots=True)
class EmbargoTiming:
    """The embargo that a release states, with any doubts.

    Attributes:
        zone: the IANA zone of its times, or, where that is open, its region and `CITY`.
        stated: the embargo line, empty for none.
        doubts: what a person should look at, a sentence each.
        zone_doubt: why the zone is not sure, where the embargo depends on it.
    """

    reading: Reading | None
    zone: str
    stated: str = ""
    line: int = 0
    doubts: tuple[str, ...] = ()
    sure: Confidence = Confidence.ABSENT
    zone_doubt: str = ""


def read_timing(
    paras: Sequence[Sorted],
    around: tuple[FrontMatter, BackMatter],
    notes: Sequence[DraftNote],
    issuer: Issuer,
    dateline: Sequence[SourceExcerpt],
) -> EmbargoTiming:
    """Read the embargo of a release, or that it is immediate.

    Args:
        paras: the whole release.
        around: the parts above and below the text.
        notes: its notes, which may say when a report is available.
        issuer: the office, whose zone is taken where the line names none.
        dateline: the dateline, with the date of the release.
    """
    front, tail = around
    zone = issuer.zone
    dated = _find_release_date([*front.taken, *tail.taken], [each.text for each in dateline], zone)
    stated = [(para.text, para.line) for para, role in paras if role is Role.EMBARGO]
    readings = [(read_embargo(text, zone, dated), text, line) for text, line in stated]
    binding = [each for each in readings if isinstance(each[0], Embargo)] or [
        each for each in readings if isinstance(each[0], UnsettledEmbargo)
    ]
    if binding:
        differing = {reading.moment.instant for reading, _, _ in binding if isinstance(reading, Embargo)}
        return _timing(*binding[0], issuer, paras, contradicted=len(differing) > 1)
    if any(role is Role.IMMEDIATE for _, role in paras):
        return EmbargoTiming(ImmediateRelease(), zone, sure=Confidence.SURE)
    for note in notes:
        reading = read_embargo(note.text, zone, dated)
        if isinstance(reading, Embargo | UnsettledEmbargo):
            return _timing(reading, note.text, note.line, issuer, paras)
    return EmbargoTiming(None, zone)


def _timing(
    reading: Reading, text: str, line: int, issuer: Issuer, paras: Sequence[Sorted], *, contradicted: bool = False
) -> EmbargoTiming:
    said = list(_doubt_line(text, issuer))
    match reading:
        case Embargo(moment, doubts):
            said = [*map(str, doubts), *said, *(["other lines give another embargo"] if contradicted else [])]
            sure = Confidence.LIKELY if said else Confidence.SURE
            timing = EmbargoTiming(reading, moment.zone, text, line, tuple(said), sure)
            return _doubt_zone(timing, issuer) if EmbargoDoubt.ZONE in doubts else timing
        case UnsettledEmbargo(why):
            years = sorted({int(each) for para, _ in paras for each in YEAR.findall(para.text)})
            fitting = [wall for year in years if "YYYY" in reading.wall and (wall := reading.in_year(year))]
            if fitting:
                said.insert(0, f"years that the text names would make it {' or '.join(fitting)}")
            if reading.available:
                said.append("the line says when something is available, not “embargo”")
            timing = EmbargoTiming(reading, reading.zone, text, line, (str(why), *said), Confidence.OPEN)
            return timing if find_zones(text) else _doubt_zone(timing, issuer)
        case ImmediateRelease() | NoEmbargo() | None:
            return EmbargoTiming(None, issuer.zone)


def _doubt_line(text: str, issuer: Issuer) -> Iterator[str]:
    """Yield what may be read in two ways on an embargo line."""
    if twelve := TWELVE.search(text):
        yield READ_AS[twelve["half"].lower()]
    date = NUMERIC.search(text)
    if date and issuer.placed is not Confidence.SURE and not issuer.country:
        first, second = int(date[1]), int(date[3])
        if first != second and max(first, second) <= MONTHS:
            order = "month, day" if issuer.zone.startswith("America/") else "day, month"
            yield f"{date[0]} is read as {order}, but nothing says in which order the office writes it"


def _doubt_zone(timing: EmbargoTiming, issuer: Issuer) -> EmbargoTiming:
    """Return a timing that says how far its zone is known."""
    if issuer.placed is Confidence.SURE:
        return timing
    if issuer.placed is not Confidence.OPEN:
        return replace(timing, zone_doubt=issuer.reason)
    reading = timing.reading
    if isinstance(reading, Embargo):
        wall = f"{reading.moment.local:%Y-%m-%d %H:%M}"
        reading = UnsettledEmbargo(UnsettledReason.OFFICE, wall, issuer.zone, StatedDay())
    said = tuple(str(UnsettledReason.OFFICE) if each == EmbargoDoubt.ZONE else each for each in timing.doubts)
    zone = f"{issuer.zone.partition('/')[0]}/{OPEN_ZONE}"
    return replace(timing, reading=reading, zone=zone, doubts=said, sure=Confidence.OPEN, zone_doubt=issuer.reason)


def _find_release_date(paras: Sequence[object], datelines: Sequence[str], zone: str) -> date | None:
    """Return the only date of the release; None if none.

    It is above, below or in its dateline.
    """
    for text in (*datelines, *(getattr(para, "text", "") for para in paras)):
        day, _ = parse_stated_day(text, zone)
        if len(day.dates) == 1:
            return day.dates[0]
    return None
