"""Find the embargo of an old release.

Its embargo line is read with the date of the release.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.importer.draft import Confidence
from pressgen.importer.paragraph_roles import Role
from pressgen.text.embargo.days import parse_stated_day
from pressgen.text.embargo.line_reader import Embargo, ImmediateRelease, NoEmbargo, UnsettledEmbargo, read_embargo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pressgen.importer.back_matter import BackMatter
    from pressgen.importer.draft import DraftNote, SourceExcerpt
    from pressgen.importer.front_matter import FrontMatter, Sorted
    from pressgen.text.embargo.line_reader import Reading

YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class EmbargoTiming:
    """The embargo that a release states, with any doubts.

    Attributes:
        stated: the embargo line, empty for none.
        doubts: what a person should look at, a sentence each.
    """

    reading: Reading | None
    zone: str
    stated: str = ""
    line: int = 0
    doubts: tuple[str, ...] = ()
    sure: Confidence = Confidence.ABSENT


def read_timing(
    paras: Sequence[Sorted],
    around: tuple[FrontMatter, BackMatter],
    notes: Sequence[DraftNote],
    zone: str,
    dateline: Sequence[SourceExcerpt],
) -> EmbargoTiming:
    """Read the embargo of a release, or that it is immediate.

    Args:
        paras: the whole release.
        around: the parts above and below the text.
        notes: its notes, which may say when a report is available.
        zone: the office's IANA zone.
        dateline: the dateline, with the date of the release.
    """
    front, tail = around
    dated = _find_release_date([*front.taken, *tail.taken], [each.text for each in dateline], zone)
    stated = [(para.text, para.line) for para, role in paras if role is Role.EMBARGO]
    readings = [(read_embargo(text, zone, dated), text, line) for text, line in stated]
    binding = [each for each in readings if isinstance(each[0], Embargo)] or [
        each for each in readings if isinstance(each[0], UnsettledEmbargo)
    ]
    if binding:
        differing = {reading.moment.instant for reading, _, _ in binding if isinstance(reading, Embargo)}
        return _timing(*binding[0], zone, paras, contradicted=len(differing) > 1)
    if any(role is Role.IMMEDIATE for _, role in paras):
        return EmbargoTiming(ImmediateRelease(), zone, sure=Confidence.SURE)
    for note in notes:
        reading = read_embargo(note.text, zone, dated)
        if isinstance(reading, Embargo | UnsettledEmbargo):
            return _timing(reading, note.text, note.line, zone, paras)
    return EmbargoTiming(None, zone)


def _timing(
    reading: Reading, text: str, line: int, zone: str, paras: Sequence[Sorted], *, contradicted: bool = False
) -> EmbargoTiming:
    match reading:
        case Embargo(moment, doubts):
            said = [str(doubt) for doubt in doubts]
            if contradicted:
                said.append("other lines give another embargo")
            return EmbargoTiming(
                reading, moment.zone, text, line, tuple(said), Confidence.LIKELY if said else Confidence.SURE
            )
        case UnsettledEmbargo(why):
            said = [str(why)]
            years = sorted({int(each) for para, _ in paras for each in YEAR.findall(para.text)})
            fitting = [wall for year in years if (wall := reading.in_year(year))]
            if fitting:
                said.append(f"years that the text names would make it {' or '.join(fitting)}")
            if reading.available:
                said.append("the line says when something is available, not “embargo”")
            return EmbargoTiming(reading, reading.zone, text, line, tuple(said), Confidence.OPEN)
        case ImmediateRelease() | NoEmbargo() | None:
            return EmbargoTiming(None, zone)


def _find_release_date(paras: Sequence[object], datelines: Sequence[str], zone: str) -> date | None:
    """Return the only date of the release; None if none.

    It is above, below or in its dateline.
    """
    for text in (*datelines, *(getattr(para, "text", "") for para in paras)):
        day, _ = parse_stated_day(text, zone)
        if len(day.dates) == 1:
            return day.dates[0]
    return None
