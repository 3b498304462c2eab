"""Warnings about the grid, early enough to act.

They concern clashes, days off, clock changes, and what is overdue.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from datetime import UTC, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from pressgen.planner.grid_entry import GridEntry, What

CLOSE = 3600
"""Seconds; two releases that become public within this time compete for attention."""
SATURDAY = 5
NAMED = 3
"""The most clashing releases that are named; the others are counted."""


class Oddity(NamedTuple):
    """Something odd about a release: a sentence without a full stop.

    `what` is the time that it concerns; None for the release as a whole.
    """

    text: str
    what: What | None = None


def find_schedule_warnings(lines: Iterable[GridEntry]) -> dict[str, list[Oddity]]:
    """Find warnings about the schedule of each release, by reference."""
    found: dict[str, list[Oddity]] = defaultdict(list)
    pending = [each for each in lines if each.pending]
    for line in pending:
        if line.fault:
            found[line.reference].append(Oddity(line.fault))
        if line.overdue:
            found[line.reference].append(Oddity("overdue"))
        found[line.reference] += [Oddity(each, "issue") for each in line.unsent]
        found[line.reference] += _find_days_off(line)
        found[line.reference] += [Oddity(each) for each in _find_clock_change(line)]
    public = {line.reference: line.lift.what for line in pending if line.lift}
    for reference, others in _find_clashes(pending):
        found[reference].append(Oddity(f"becomes public within an hour of {others}", public[reference]))
    return {reference: told for reference, told in found.items() if told}


def _find_clashes(lines: list[GridEntry]) -> Iterator[tuple[str, str]]:
    """Find releases that become public within an hour of others."""
    timed = sorted((each.lift.local.timestamp(), each.reference) for each in lines if each.lift)
    instants = [at for at, _ in timed]
    for at, reference in timed:
        first, end = bisect_right(instants, at - CLOSE), bisect_left(instants, at + CLOSE)
        near = [other for _, other in timed[first : min(end, first + NAMED + 1)] if other != reference][:NAMED]
        if near:
            more = end - first - 1 - len(near)
            yield reference, ", ".join(near) + (f" and {more} more" if more else "")


def _find_days_off(line: GridEntry) -> Iterator[Oddity]:
    """Yield each time that falls on a day off."""
    for what, local in line.times:
        if name := describe_day_off(local.date(), line.country):
            yield Oddity(f"{what} on {name}", what)


def describe_day_off(day: date, country: str) -> str:
    """Describe why a day is a weekend or bank holiday.

    It is empty for a working day. `country` is an ISO 3166 code, or empty.
    """
    if country and (name := _list_holidays(country, day.year).get(day)):
        return f"a bank holiday ({name})"
    return f"a {day:%A}" if day.weekday() >= SATURDAY else ""


@lru_cache(maxsize=256)
def _list_holidays(country: str, year: int) -> Mapping[date, str]:
    """List the bank holidays of a year; none for unknown countries."""
    import holidays

    land, _, part = country.partition("-")
    try:
        return dict(holidays.country_holidays(land, subdiv=part or None, years=year))
    except NotImplementedError:
        return {}


def _find_clock_change(line: GridEntry) -> Iterator[str]:
    """Yield each clock change between two times of a release.

    The wait between them is then an hour longer or shorter than it looks.
    """
    for (what, one), (after, other) in pairwise(line.times):
        before, later = one.utcoffset(), other.utcoffset()
        if before is None or later is None or before == later:
            continue
        way = "forward" if later > before else "back"
        yield f"clocks go {way} on {_find_change_day(one, other)} between {what} and {after}"


def _find_change_day(one: datetime, other: datetime) -> str:
    """Find the day of the first clock change between two times."""
    clock, low, high = one.tzinfo, one.astimezone(UTC), other.astimezone(UTC)
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(clock).utcoffset() == one.utcoffset() else (low, middle)
    local = high.astimezone(clock)
    return f"{local.day} {local:%B}"
