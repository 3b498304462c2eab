"""When an old release might be used: its embargo line, read with the date that the release bears."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.importer.draft import Sure
from pressgen.importer.roles import Role
from pressgen.text.embargo.days import day_of
from pressgen.text.embargo.reading import Embargo, Immediate, NoEmbargo, Open, read_embargo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pressgen.importer.draft import Note, Taken
    from pressgen.importer.front import Front, Sorted
    from pressgen.importer.tail import Tail
    from pressgen.text.embargo.reading import Reading

YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Timing:
    """What is said about it.

    Attributes:
        stated: the line that says so, empty for none.
        doubts: what a person should look at, a sentence each.
    """

    reading: Reading | None
    zone: str
    stated: str = ""
    line: int = 0
    doubts: tuple[str, ...] = ()
    sure: Sure = Sure.ABSENT


def read_timing(
    paras: Sequence[Sorted], around: tuple[Front, Tail], notes: Sequence[Note], zone: str, dateline: Sequence[Taken]
) -> Timing:
    """The embargo of a release, or that it is for immediate release.

    Args:
        paras: the whole release.
        around: what stands above and below the text.
        notes: its notes, which may say when a report is available.
        zone: the office's IANA zone.
        dateline: the dateline, whose date the release bears.
    """
    front, tail = around
    dated = _dated([*front.taken, *tail.taken], [each.text for each in dateline], zone)
    stated = [(para.text, para.line) for para, role in paras if role is Role.EMBARGO]
    readings = [(read_embargo(text, zone, dated), text, line) for text, line in stated]
    binding = [each for each in readings if isinstance(each[0], Embargo)] or [
        each for each in readings if isinstance(each[0], Open)
    ]
    if binding:
        differing = {reading.moment.instant for reading, _, _ in binding if isinstance(reading, Embargo)}
        return _timing(*binding[0], zone, paras, contradicted=len(differing) > 1)
    if any(role is Role.IMMEDIATE for _, role in paras):
        return Timing(Immediate(), zone, sure=Sure.SURE)
    for note in notes:
        reading = read_embargo(note.text, zone, dated)
        if isinstance(reading, Embargo | Open):
            return _timing(reading, note.text, note.line, zone, paras)
    return Timing(None, zone)


def _timing(
    reading: Reading, text: str, line: int, zone: str, paras: Sequence[Sorted], *, contradicted: bool = False
) -> Timing:
    match reading:
        case Embargo(moment, doubts):
            said = [str(doubt) for doubt in doubts]
            if contradicted:
                said.append("other lines give another embargo")
            return Timing(reading, moment.zone, text, line, tuple(said), Sure.LIKELY if said else Sure.SURE)
        case Open(why):
            said = [str(why)]
            years = sorted({int(each) for para, _ in paras for each in YEAR.findall(para.text)})
            fitting = [wall for year in years if (wall := reading.in_year(year))]
            if fitting:
                said.append(f"years that the text names would make it {' or '.join(fitting)}")
            if reading.available:
                said.append("the line says when something is available, not “embargo”")
            return Timing(reading, reading.zone, text, line, tuple(said), Sure.OPEN)
        case Immediate() | NoEmbargo() | None:
            return Timing(None, zone)


def _dated(paras: Sequence[object], datelines: Sequence[str], zone: str) -> date | None:
    """The one date that the release bears, above, below or in its dateline."""
    for text in (*datelines, *(getattr(para, "text", "") for para in paras)):
        day, _ = day_of(text, zone)
        if len(day.dates) == 1:
            return day.dates[0]
    return None
