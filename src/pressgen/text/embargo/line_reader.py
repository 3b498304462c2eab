"""Read an embargo line into an instant, or into the open question.

The result is an instant with its zone, immediate release, no embargo, or an open question with its reason. It is never
a guess that looks like a fact: what the line does not settle stays open, because an embargo that reads two ways is
broken by the outlet that reads it the other way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo

from pressgen.model.moment import Moment, WallTimeError, read_moment
from pressgen.text.embargo.clocks import StatedTime, find_stated_times
from pressgen.text.embargo.days import StatedDay, parse_stated_day
from pressgen.text.embargo.names import find_zone, find_zones
from pressgen.text.embargo.sense import LineKind, classify_line, cut_to_embargo

DAY_HOURS = 24
STAMP = re.compile(
    r"(?<![\d-])(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?(?![\d:])", re.IGNORECASE
)
"""A timestamp as programs write it (RFC 3339)."""
LONGEST = 2000  # characters; nobody states an embargo further into a line


class UnsettledReason(StrEnum):
    """A reason why a line names no instant, worded for its author."""

    YEAR = "the year is missing"
    DATE = "the date is missing or cannot be read"
    TIME = "the time of day is missing or cannot be read"
    ZONE = "its times and zones contradict each other"
    OFFICE = "the zone is not on the line, and nothing settles which the office's is"
    SEASON = "the zone's abbreviation is of the other half of the year"
    MIDNIGHT = "“midnight” is the beginning of the day or its end"
    WEEKDAY = "the date does not fall on that weekday"
    EVENT = "it waits for an event, not for a time"
    CLOCKS = "clocks change then, so that the time does not exist or occurs twice"


class EmbargoDoubt(StrEnum):
    """A doubt about a line: something that was not taken from it."""

    ZONE = "the zone is not on the line: the office's is taken"
    YEAR = "the year is not on the line: the nearest to the date of the release is taken"
    DATE = "the date is not on the line, or only in part: it is taken from the date of the release"
    GREENWICH = "GMT is taken literally, though the office's clocks are an hour ahead of it then"
    MISREAD = "characters that were misread are mended"
    AVAILABLE = "the line does not say “embargo”: it says when something is available"


@dataclass(frozen=True, slots=True)
class Embargo:
    """An embargo line that names an instant."""

    moment: Moment
    doubts: tuple[EmbargoDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class UnsettledEmbargo:
    """An embargo line that does not name an instant for certain.

    Attributes:
        wall: what is known of the wall time, such as `YYYY-05-08 00:01`.
        zone: the IANA zone in which it would be.
        day: what the line states of the day, so that a year can be tried.
        available: whether the line only says when something is available.
    """

    why: UnsettledReason
    wall: str
    zone: str
    day: StatedDay
    available: bool = False

    def in_year(self, year: int) -> str | None:
        """Return the local time if the year were `year`.

        Return None if it would fall on another weekday than is printed.
        """
        wall = self.wall.replace("YYYY", f"{year:04}")
        try:
            there = date.fromisoformat(wall[:10])
        except ValueError:
            return None
        return wall if self.day.fits(there) else None


@dataclass(frozen=True, slots=True)
class ImmediateRelease:
    """A line that releases the text at once."""


@dataclass(frozen=True, slots=True)
class NoEmbargo:
    """A line that does not say when this text may be used."""


Reading = Embargo | UnsettledEmbargo | ImmediateRelease | NoEmbargo


def read_embargo(line: str, zone: str, dated: date | None = None) -> Reading:
    """Read from a line when the text around it may be used.

    Args:
        line: as printed, wraps joined.
        zone: the IANA zone of the office that issued it, used if the line names none.
        dated: the release's own date, for a year, or a “today”, that the line does not settle.
    """
    line = STAMP.sub(r"\1 \2 \3", line[:LONGEST])
    sense = classify_line(line)
    if sense is LineKind.IMMEDIATE:
        return ImmediateRelease()
    if sense is LineKind.NONE:
        return NoEmbargo()
    stretch = cut_to_embargo(line)
    reading = _read_line(stretch, zone, dated)
    if (
        isinstance(reading, UnsettledEmbargo)
        and stretch != line
        and reading.why in (UnsettledReason.DATE, UnsettledReason.TIME)
    ):
        reading = _read_line(line, zone, dated)
    if sense is LineKind.EVENT:
        return UnsettledEmbargo(UnsettledReason.EVENT, "YYYY-MM-DD HH:MM", zone, StatedDay())
    return reading if sense is LineKind.EMBARGO else _narrow_to_available(reading)


def _narrow_to_available(reading: Reading) -> Reading:
    """Return a reading of a line that does not say “embargo”.

    Only a line with an hour and a day counts.
    """
    match reading:
        case Embargo(moment, doubts):
            return Embargo(moment, (*doubts, EmbargoDoubt.AVAILABLE))
        case UnsettledEmbargo(UnsettledReason.YEAR, wall, zone, day):
            return UnsettledEmbargo(UnsettledReason.YEAR, wall, zone, day, available=True)
        case _:
            return NoEmbargo()


def _read_line(line: str, zone: str, dated: date | None) -> Embargo | UnsettledEmbargo:
    day, rest = parse_stated_day(line, zone)
    times = find_stated_times(rest)
    on, doubt = _settle_date(day, dated)
    reading = _settle_moment(on, times, find_zones(rest), zone)
    if isinstance(reading, Embargo):
        misread = EmbargoDoubt.MISREAD if any(each.misread for each in times) else None
        return Embargo(reading.moment, (*filter(None, (misread, doubt)), *reading.doubts))
    wall = _format_wall_time(day, on if isinstance(on, date) else None, times[0] if times else None)
    hour_is_known = reading not in (UnsettledReason.ZONE, UnsettledReason.SEASON)
    return UnsettledEmbargo(reading, wall if hour_is_known else f"{wall[:10]} HH:MM", zone, day)


def _settle_date(day: StatedDay, dated: date | None) -> tuple[date | UnsettledReason, EmbargoDoubt | None]:
    """Return the date or why not, and a doubt about it."""
    named = day.dates
    if len(named) == 1:
        return (named[0] if day.fits(named[0]) else UnsettledReason.WEEKDAY), None
    if dated is None:
        return (UnsettledReason.YEAR if day.month and day.days and not day.year else UnsettledReason.DATE), None
    if near := day.within(dated):
        return near[0], EmbargoDoubt.YEAR if day.month and len(day.days) == 1 else EmbargoDoubt.DATE
    return (UnsettledReason.WEEKDAY if day.days and day.month else UnsettledReason.DATE), None


def _format_wall_time(day: StatedDay, on: date | None, clock: StatedTime | None) -> str:
    """Return as much of the wall time as is known."""
    days = f"{day.days[0]:02}" if len(day.days) == 1 else "DD"
    month = f"{day.month:02}" if day.month else "MM"
    if on is None and day.dates:
        days = "DD"  # the date is complete, but on another weekday: nobody knows which is wrong
    stated = on.isoformat() if on else f"{day.year or 'YYYY'}-{month}-{days}"
    known = clock is not None and not clock.midnight and clock.hour < DAY_HOURS
    return f"{stated} {clock.hour:02}:{clock.minute:02}" if known and clock else f"{stated} HH:MM"


def _settle_moment(
    on: date | UnsettledReason, times: list[StatedTime], loose: list[str], zone: str
) -> Embargo | UnsettledReason:
    """Return the one moment that a line's times name, or why not.

    `loose` are the zones that stand apart from the times.
    """
    if isinstance(on, UnsettledReason):
        return on if times or on is UnsettledReason.WEEKDAY else UnsettledReason.TIME
    if not times:
        return UnsettledReason.TIME
    if any(each.midnight for each in times):
        return UnsettledReason.MIDNIGHT
    if len(loose) == 1 and not any(clock.zone for clock in times):
        times = [StatedTime(times[0].hour, times[0].minute, loose[0])]
    zoned = [clock for clock in times if clock.zone]
    without_zone = [] if zoned else [EmbargoDoubt.ZONE]
    bare = [clock for clock in times if not clock.zone]
    if not zoned:
        zoned, bare = bare[:1], bare[1:]
    resolved = [_resolve_time(clock, on, zone) for clock in zoned]
    if reasons := [each for each in resolved if isinstance(each, UnsettledReason)]:
        return UnsettledReason.ZONE if len(resolved) > 1 else reasons[0]
    readings = [each for each in resolved if isinstance(each, Embargo)]
    walls = {(clock.hour, clock.minute) for clock in zoned}
    one_instant = len({each.moment.instant for each in readings}) == 1
    if not one_instant or any((each.hour, each.minute) not in walls for each in bare):
        return UnsettledReason.ZONE
    doubts = [*without_zone, *(doubt for each in readings for doubt in each.doubts)]
    moments = [each.moment for each in readings]
    return Embargo(next((each for each in moments if each.zone == zone), moments[0]), tuple(dict.fromkeys(doubts)))


def _resolve_time(clock: StatedTime, on: date, zone: str) -> Embargo | UnsettledReason:
    """Return the moment that one stated time names, or why not.

    It is in the office's zone where that agrees with the printed zone.
    """
    there = on + timedelta(days=1) if clock.hour == DAY_HOURS else on
    wall = f"{there.isoformat()} {clock.hour % DAY_HOURS:02}:{clock.minute:02}"
    meant = find_zone(clock.zone, zone) if clock.zone else None
    offset = meant.offset if meant else _parse_offset(clock.zone)
    if offset is None:
        try:
            return Embargo(read_moment(wall, meant.name if meant else zone))
        except WallTimeError:
            return UnsettledReason.CLOCKS
    naive = datetime.fromisoformat(wall)
    instant = naive.replace(tzinfo=timezone(timedelta(minutes=offset))).astimezone(UTC)
    home = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if home == naive:
        return Embargo(Moment(instant, zone))
    if meant is None or meant.name == "UTC":
        literal = meant is not None and home - naive == timedelta(hours=1) and zone == "Europe/London"
        return Embargo(Moment(instant, "UTC"), (EmbargoDoubt.GREENWICH,) if literal else ())
    shown = instant.astimezone(ZoneInfo(meant.name)).replace(tzinfo=None)
    return Embargo(Moment(instant, meant.name)) if shown == naive else UnsettledReason.SEASON


def _parse_offset(printed: str) -> int | None:
    """Return the minutes east of Greenwich of `+01:00`, `GMT+1` and the like."""
    sign = max(printed.find("+"), printed.find("-"))
    if sign < 0:
        return None
    hours, _, minutes = printed[sign + 1 :].strip().partition(":")
    if len(hours) > 2:  # noqa: PLR2004 - +0100
        hours, minutes = hours[:2], hours[2:]
    return (int(hours) * 60 + int(minutes or 0)) * (-1 if printed[sign] == "-" else 1)
