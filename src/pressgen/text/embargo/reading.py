"""An embargo line read: an instant with its zone, immediate release, no embargo, or an open question with its reason.

Never a guess that looks like a fact: what the line does not settle stays open, because an embargo that reads two ways
is broken by the outlet that reads it the other way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo

from pressgen.model.moment import Moment, NotAMoment, read_moment
from pressgen.text.embargo.clocks import Clock, clocks
from pressgen.text.embargo.days import Day, day_of
from pressgen.text.embargo.names import zone_of
from pressgen.text.embargo.sense import Sense, binding, sense_of
from pressgen.text.embargo.zones import zones_in

DAY_HOURS = 24
STAMP = re.compile(
    r"(?<![\d-])(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?(?![\d:])", re.IGNORECASE
)
"""A timestamp as programs write it (RFC 3339)."""
LONGEST = 2000  # characters; nobody states an embargo further into a line


class Why(StrEnum):
    """Why a line names no instant, in words for its author."""

    YEAR = "the year is missing"
    DATE = "the date is missing or cannot be read"
    TIME = "the time of day is missing or cannot be read"
    ZONE = "its times and zones contradict each other"
    SEASON = "the zone's abbreviation is of the other half of the year"
    MIDNIGHT = "“midnight” is the beginning of the day or its end"
    WEEKDAY = "the date does not fall on that weekday"
    EVENT = "it waits for an event, not for an hour"
    CLOCKS = "clocks change then, so that the time does not exist or occurs twice"


class Doubt(StrEnum):
    """What was taken from elsewhere than the line."""

    ZONE = "the zone is not on the line: the office's is taken"
    YEAR = "the year is not on the line: the nearest to the date of the release is taken"
    DATE = "the date is not on the line, or only in part: it is taken from the date of the release"
    GREENWICH = "GMT is taken literally, though the office's clocks are an hour ahead of it then"
    MISREAD = "characters that were misread are mended"
    AVAILABLE = "the line does not say “embargo”: it says when something is available"


@dataclass(frozen=True, slots=True)
class Embargo:
    """The line names an instant."""

    moment: Moment
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """The line holds an embargo that is not settled.

    Attributes:
        wall: what is known of the wall time, such as `YYYY-05-08 00:01`.
        zone: the IANA zone in which it would be.
        day: what the line states of the day, so that a year can be tried.
        available: whether the line only says when something is available.
    """

    why: Why
    wall: str
    zone: str
    day: Day
    available: bool = False

    def in_year(self, year: int) -> str | None:
        """The wall time if the year were `year`; None where it would fall on another weekday than is printed."""
        wall = self.wall.replace("YYYY", f"{year:04}")
        try:
            there = date.fromisoformat(wall[:10])
        except ValueError:
            return None
        return wall if self.day.fits(there) else None


@dataclass(frozen=True, slots=True)
class Immediate:
    """The line releases the text at once."""


@dataclass(frozen=True, slots=True)
class NoEmbargo:
    """The line says nothing about when this text may be used."""


Reading = Embargo | Open | Immediate | NoEmbargo


def read_embargo(line: str, zone: str, dated: date | None = None) -> Reading:
    """What a line says about when the text that it stands in may be used.

    Args:
        line: as printed, wraps joined.
        zone: the IANA zone of the office that issued it, taken where the line names none.
        dated: the day that the release bears elsewhere, for a year, or a “today”, that the line leaves to it.
    """
    line = STAMP.sub(r"\1 \2 \3", line[:LONGEST])
    sense = sense_of(line)
    if sense is Sense.IMMEDIATE:
        return Immediate()
    if sense is Sense.NONE:
        return NoEmbargo()
    stretch = binding(line)
    reading = _read(stretch, zone, dated)
    if isinstance(reading, Open) and stretch != line and reading.why in (Why.DATE, Why.TIME):
        reading = _read(line, zone, dated)
    if sense is Sense.EVENT:
        return Open(Why.EVENT, "YYYY-MM-DD HH:MM", zone, Day())
    return reading if sense is Sense.EMBARGO else _available(reading)


def _available(reading: Reading) -> Reading:
    """Of a line that does not say “embargo”, only what has an hour and a day."""
    match reading:
        case Embargo(moment, doubts):
            return Embargo(moment, (*doubts, Doubt.AVAILABLE))
        case Open(Why.YEAR, wall, zone, day):
            return Open(Why.YEAR, wall, zone, day, available=True)
        case _:
            return NoEmbargo()


def _read(line: str, zone: str, dated: date | None) -> Embargo | Open:
    day, rest = day_of(line, zone)
    times = clocks(rest)
    doubts: list[Doubt] = [Doubt.MISREAD] if any(each.misread for each in times) else []
    on = _settle(day, dated, doubts)
    clock = times[0] if times else None
    wall = _wall(day, on if isinstance(on, date) else None, clock)

    def unsettled(why: Why) -> Open:
        hour_is_known = why not in (Why.ZONE, Why.SEASON)
        return Open(why, wall if hour_is_known else f"{wall[:10]} HH:MM", zone, day)

    if isinstance(on, Why):
        return unsettled(on if clock or on is Why.WEEKDAY else Why.TIME)
    if clock is None:
        return unsettled(Why.TIME)
    if any(each.midnight for each in times):
        return unsettled(Why.MIDNIGHT)
    found = _instants(times, zones_in(rest), on, zone, doubts)
    return unsettled(found) if isinstance(found, Why) else Embargo(found, tuple(doubts))


def _settle(day: Day, dated: date | None, doubts: list[Doubt]) -> date | Why:
    """The one date, or why there is none."""
    named = day.dates
    if len(named) == 1:
        return named[0] if day.fits(named[0]) else Why.WEEKDAY
    if dated is None:
        return Why.YEAR if day.month and day.days and not day.year else Why.DATE
    near = day.within(dated)
    if near:
        doubts.append(Doubt.YEAR if day.month and len(day.days) == 1 else Doubt.DATE)
        return near[0]
    return Why.WEEKDAY if day.days and day.month else Why.DATE


def _wall(day: Day, on: date | None, clock: Clock | None) -> str:
    """As much of the wall time as is known."""
    days = f"{day.days[0]:02}" if len(day.days) == 1 else "DD"
    month = f"{day.month:02}" if day.month else "MM"
    if on is None and day.dates:
        days = "DD"  # the date is whole, and its weekday is another: which of them is wrong is not known
    stated = on.isoformat() if on else f"{day.year or 'YYYY'}-{month}-{days}"
    known = clock is not None and not clock.midnight and clock.hour < DAY_HOURS
    return f"{stated} {clock.hour:02}:{clock.minute:02}" if known and clock else f"{stated} HH:MM"


def _instants(times: list[Clock], loose: list[str], on: date, zone: str, doubts: list[Doubt]) -> Moment | Why:
    """The one instant of a line's times, or why they name none or several."""
    if len(loose) == 1 and not any(clock.zone for clock in times):
        times = [Clock(clock.hour, clock.minute, loose[0]) for clock in times[:1]]
    zoned = [clock for clock in times if clock.zone]
    bare = [clock for clock in times if not clock.zone]
    if not zoned:
        doubts.append(Doubt.ZONE)
        zoned, bare = bare[:1], bare[1:]
    found = [_moment(clock, on, zone, doubts) for clock in zoned]
    if whys := [each for each in found if isinstance(each, Why)]:
        return Why.ZONE if len(found) > 1 else whys[0]
    moments = [each for each in found if isinstance(each, Moment)]
    walls = {(clock.hour, clock.minute) for clock in zoned}
    if len({each.instant for each in moments}) > 1 or any((each.hour, each.minute) not in walls for each in bare):
        return Why.ZONE
    return next((each for each in moments if each.zone == zone), moments[0])


def _moment(clock: Clock, on: date, zone: str, doubts: list[Doubt]) -> Moment | Why:
    """The instant that one stated time names, shown on the office's clock where that agrees with the printed zone."""
    there = on + timedelta(days=1) if clock.hour == DAY_HOURS else on
    wall = f"{there.isoformat()} {clock.hour % DAY_HOURS:02}:{clock.minute:02}"
    meant = zone_of(clock.zone, zone) if clock.zone else None
    offset = meant.offset if meant else _offset(clock.zone)
    if offset is None:
        try:
            return read_moment(wall, meant.name if meant else zone)
        except NotAMoment:
            return Why.CLOCKS
    naive = datetime.fromisoformat(wall)
    instant = naive.replace(tzinfo=timezone(timedelta(minutes=offset))).astimezone(UTC)
    home = instant.astimezone(ZoneInfo(zone))
    if home.replace(tzinfo=None) == naive:
        return Moment(instant, zone)
    if meant is None or meant.name == "UTC":
        if meant and home.replace(tzinfo=None) - naive == timedelta(hours=1) and zone == "Europe/London":
            doubts.append(Doubt.GREENWICH)
        return Moment(instant, "UTC")
    shown = instant.astimezone(ZoneInfo(meant.name))
    return Moment(instant, meant.name) if shown.replace(tzinfo=None) == naive else Why.SEASON


def _offset(printed: str) -> int | None:
    """Minutes east of Greenwich of `+01:00`, `GMT+1` and the like."""
    sign = max(printed.find("+"), printed.find("-"))
    if sign < 0:
        return None
    hours, _, minutes = printed[sign + 1 :].strip().partition(":")
    if len(hours) > 2:  # noqa: PLR2004 - +0100
        hours, minutes = hours[:2], hours[2:]
    return (int(hours) * 60 + int(minutes or 0)) * (-1 if printed[sign] == "-" else 1)
