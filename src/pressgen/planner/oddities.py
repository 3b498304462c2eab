"""What is odd about the grid, told before it is too late: clashes, days off, clock changes, what is overdue."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from datetime import UTC, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from pressgen.planner.line import Line

CLOSE = 3600
"""Seconds; two releases that become public within them take each other's place in the news."""
SATURDAY = 5
NAMED = 3
"""Clashing releases that are named; of more, their number is told."""


def oddities(lines: Iterable[Line]) -> dict[str, list[str]]:
    """What is odd about each release, by its reference; a sentence each, without a final stop."""
    found: dict[str, list[str]] = defaultdict(list)
    pending = [each for each in lines if each.pending]
    for line in pending:
        if line.fault:
            found[line.reference].append(line.fault)
        if line.overdue:
            found[line.reference].append("overdue")
        found[line.reference] += line.unsent
        found[line.reference] += _days_off(line)
        found[line.reference] += _clock_change(line)
    for reference, others in _clashes(pending):
        found[reference].append(f"becomes public within the hour of {others}")
    return {reference: told for reference, told in found.items() if told}


def _clashes(lines: list[Line]) -> Iterator[tuple[str, str]]:
    """Each release that becomes public close to others, with their names."""
    timed = sorted((each.lift.local.timestamp(), each.reference) for each in lines if each.lift)
    instants = [at for at, _ in timed]
    for at, reference in timed:
        first, end = bisect_right(instants, at - CLOSE), bisect_left(instants, at + CLOSE)
        near = [other for _, other in timed[first : min(end, first + NAMED + 1)] if other != reference][:NAMED]
        if near:
            more = end - first - 1 - len(near)
            yield reference, ", ".join(near) + (f" and {more} more" if more else "")


def _days_off(line: Line) -> Iterator[str]:
    for what, local in line.times:
        if name := day_off(local.date(), line.country):
            yield f"{what} on {name}"


def day_off(day: date, country: str) -> str:
    """Why most people are not at work that day; empty if they are. `country` as ISO 3166 has it, or empty."""
    if country and (name := _holidays(country, day.year).get(day)):
        return f"a bank holiday ({name})"
    return f"a {day:%A}" if day.weekday() >= SATURDAY else ""


@lru_cache(maxsize=256)
def _holidays(country: str, year: int) -> Mapping[date, str]:
    """The bank holidays of a year; none where the country is not known."""
    import holidays  # noqa: PLC0415 - slow to import, and only houses with a country want it

    land, _, part = country.partition("-")
    try:
        return dict(holidays.country_holidays(land, subdiv=part or None, years=year))
    except NotImplementedError:
        return {}


def _clock_change(line: Line) -> Iterator[str]:
    """Whether the clocks change between two of its times: the wait is then an hour longer or shorter than it looks."""
    for (what, one), (after, other) in pairwise(line.times):
        before, later = one.utcoffset(), other.utcoffset()
        if before is None or later is None or before == later:
            continue
        way = "forward" if later > before else "back"
        yield f"clocks go {way} on {_changed(one, other)} between {what} and {after}"


def _changed(one: datetime, other: datetime) -> str:
    """The day on which the clocks change first between two times on one clock."""
    clock, low, high = one.tzinfo, one.astimezone(UTC), other.astimezone(UTC)
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(clock).utcoffset() == one.utcoffset() else (low, middle)
    local = high.astimezone(clock)
    return f"{local.day} {local:%B}"
