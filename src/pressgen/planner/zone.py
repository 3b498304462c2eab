"""VTIMEZONE (RFC 5545, 3.6.5): the rules of a zone for the years that a calendar needs, from the IANA database.

Each onset is told as the wall clock showed it *before* the change, as the standard asks; some libraries tell it after.
"""

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


class Rule(NamedTuple):
    """What a clock does from an instant on."""

    offset: timedelta
    name: str
    summer: bool


def time_zone(name: str, first: datetime, last: datetime) -> Timezone:
    """The zone `name` for all instants from `first` to `last`."""
    clock = ZoneInfo(name)
    start = datetime(first.astimezone(clock).year, 1, 1, tzinfo=UTC) - DAY
    end = datetime(last.astimezone(clock).year + 1, 1, 1, tzinfo=UTC) + DAY
    before = _rule(clock, start)
    onsets: dict[tuple[Rule, timedelta], list[datetime]] = defaultdict(list)
    onsets[before, before.offset].append(_wall(start, before.offset))
    for at in _changes(clock, start, end):
        after = _rule(clock, at)
        onsets[after, before.offset].append(_wall(at, before.offset))
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


def _rule(clock: ZoneInfo, at: datetime) -> Rule:
    local = at.astimezone(clock)
    return Rule(local.utcoffset() or timedelta(), local.tzname() or clock.key, bool(local.dst()))


def _wall(at: datetime, offset: timedelta) -> datetime:
    return (at + offset).replace(tzinfo=None)


def _changes(clock: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The instants between two at which the clock changes its rule."""
    days = [start + number * DAY for number in range((end - start).days + 1)]
    for low, high in pairwise(days):
        old = _rule(clock, low)
        if _rule(clock, high) == old:
            continue
        below, above = low, high
        while above - below > SECOND:
            middle = (below + (above - below) / 2).replace(microsecond=0)
            below, above = (middle, above) if _rule(clock, middle) == old else (below, middle)
        yield above
