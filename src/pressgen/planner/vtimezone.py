"""The time zone of an iCalendar file: its changes between two instants."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

if TYPE_CHECKING:
    from collections.abc import Iterator


DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


class ZoneOffset(NamedTuple):
    """The UTC offset and name of a time zone at a time."""

    offset: timedelta
    name: str
    summer: bool


def build_vtimezone(name: str, first: datetime, last: datetime) -> Timezone:
    """Build the VTIMEZONE component of a zone for a period."""
    clock = ZoneInfo(name)
    start = datetime(first.astimezone(clock).year, 1, 1, tzinfo=UTC) - DAY
    end = datetime(last.astimezone(clock).year + 1, 1, 1, tzinfo=UTC) + DAY
    before = _get_offset(clock, start)
    onsets: dict[tuple[ZoneOffset, timedelta], list[datetime]] = defaultdict(list)
    onsets[before, before.offset].append(_convert_to_local(start, before.offset))
    for at in _find_changes(clock, start, end):
        after = _get_offset(clock, at)
        onsets[after, before.offset].append(_convert_to_local(at, before.offset))
        before = after
    zone = Timezone()
    zone.add("tzid", name)
    for (rule, offset), walls in onsets.items():
        part = TimezoneDaylight() if rule.summer else TimezoneStandard()
        part.add("dtstart", walls[0])
        if walls[1:]:
            part.add("rdate", walls[1:])
        part.add("tzname", rule.name)
        part.add("tzoffsetfrom", offset)
        part.add("tzoffsetto", rule.offset)
        zone.add_component(part)
    return zone


def _get_offset(clock: ZoneInfo, at: datetime) -> ZoneOffset:
    """Return the offset that a zone has at a time."""
    local = at.astimezone(clock)
    return ZoneOffset(local.utcoffset() or timedelta(), local.tzname() or clock.key, bool(local.dst()))


def _convert_to_local(at: datetime, offset: timedelta) -> datetime:
    """Convert an instant to local time without a zone."""
    return (at + offset).replace(tzinfo=None)


def _find_changes(clock: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Find the instants at which a zone changes its offset."""
    days = [start + number * DAY for number in range((end - start).days + 1)]
    for low, high in pairwise(days):
        old = _get_offset(clock, low)
        if _get_offset(clock, high) == old:
            continue
        below, above = low, high
        while above - below > SECOND:
            middle = (below + (above - below) / 2).replace(microsecond=0)
            below, above = (middle, above) if _get_offset(clock, middle) == old else (below, middle)
        yield above
