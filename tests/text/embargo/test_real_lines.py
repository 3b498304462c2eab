"""The reader against real embargo lines and the readings that people gave them."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from machine import need_shared
from pressgen.text.embargo.line_reader import Embargo, ImmediateRelease, Reading, UnsettledEmbargo, read_embargo

if TYPE_CHECKING:
    from pathlib import Path

REACHED = 0.98
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
ISSUERS = {
    "wragge": "Australia/Sydney",
    "dallas": "America/Chicago",
    "newmediawire": "America/New_York",
    "Grimmer": "America/New_York",
    "phylogenomics": "America/New_York",
    "BLS": "America/New_York",
    "pottblog": "Europe/Berlin",
}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d")
OPEN = re.compile("AMBIG|CONTRA|RELATIVE|time only|date only|UNREAD|event-rel|no year|weekday wrong")


def test_the_lines_are_read_as_people_read_them() -> None:
    rows = list(_rows(need_shared("corpus", "embargo_lines.tsv")))

    missed = [
        f"{line} | {wanted} | {reading}"
        for line, source, wanted in rows
        if not agrees(reading := read_embargo(line, _issuer(source), _dated(source)), wanted, _dated(source))
    ]

    assert len(missed) <= (1 - REACHED) * len(rows), missed


def agrees(reading: Reading, wanted: str, dated: date | None) -> bool:
    """Whether the reading is the one that the table gives."""
    if isinstance(reading, Embargo):
        instants = {datetime.fromisoformat(each).astimezone(UTC) for each in INSTANT.findall(wanted)}
        today = wanted.startswith("RELATIVE") and not instants and reading.moment.local.date() == dated
        return reading.moment.instant in instants or today
    if isinstance(reading, UnsettledEmbargo):
        return OPEN.search(wanted) is not None
    if isinstance(reading, ImmediateRelease):
        return re.search("NOT EMBARGOED|placeholder", wanted) is not None
    return re.search("NOT AN EMBARGO|not an embargo", wanted) is not None


def _rows(table: Path) -> list[list[str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def _issuer(source: str) -> str:
    return next((zone for word, zone in ISSUERS.items() if word in source), "Europe/London")


def _dated(source: str) -> date | None:
    """The day that the name of the source gives the release."""
    for shape in (r"(\d{4})-(\d\d)-(\d\d)", r"/(\d{4})/(\d\d)(\d\d)/", r"/(\d{4})/(\d+)/(\d+)/"):
        if match := re.search(shape, source):
            return date(*map(int, match.groups()))
    if match := re.search(r"/(\d\d)([A-Z][a-z]{2})(\d{4})", source):
        return date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))
    return None
