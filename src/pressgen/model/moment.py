"""A wall-clock time in a zone, and the instant that it names.

Neither `datetime` nor `zoneinfo` refuses a wall time that a clock change skips or repeats; this module does (newsroom
practice: an outlet that reads an ambiguous embargo the other way breaks it).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from pressgen.model.release import Release

WALL = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})")
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years that a release can mean; 2926 is a typing error, and calendars end somewhere."""
SHAPE = (
    "write the date and the 24-hour time as 2019-05-08 00:01, without an offset: the zone is given once, in times.zone"
)


class WallTimeError(ValueError):
    """A wall time that names no instant, or two.

    The message says which and what to write.

    `doubled` is True where the wall time occurs twice, so that `fold` would settle it.
    """

    def __init__(self, message: str, *, doubled: bool = False) -> None:
        super().__init__(message)
        self.doubled = doubled


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """An instant, with the wall clock that it was stated in.

    Attributes:
        instant: aware, in UTC; moments are ordered by it.
        zone: the IANA name of the zone, such as `Europe/London`.
    """

    instant: datetime
    zone: str

    @property
    def local(self) -> datetime:
        """The same instant as an aware time in its `zone`."""
        return self.instant.astimezone(ZoneInfo(self.zone))

    def __str__(self) -> str:
        return f"{self.local.replace(tzinfo=None).isoformat(' ', 'minutes')} {self.zone}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """The times of a release, each None where it has none."""

    embargo: Moment | None
    issue: Moment | None
    publish: Moment | None


def read_moments(release: Release) -> Moments:
    """Return the times of a release.

    Its wall times exist and occur once.

    Raises:
        WallTimeError: one does not; loading a release refuses it first.
    """
    times = release.times

    def read(text: str | None) -> Moment | None:
        return None if text is None else read_moment(text, times.zone, times.fold)

    return Moments(embargo=read(times.embargo), issue=read(times.issue), publish=read(times.publish))


def read_moment(text: str, zone: str, fold: str | None = None) -> Moment:
    """Read a wall time `YYYY-MM-DD HH:MM` in a zone.

    Args:
        text: the wall time as typed.
        zone: an IANA zone name that exists.
        fold: `first` or `second`, which of the two is meant where clocks go back.

    Raises:
        WallTimeError: the text has another shape, the date or the time does not exist, or it occurs twice and `fold`
            does not say which is meant.
    """
    match = WALL.fullmatch(text)
    if match is None or not text.isascii():
        raise WallTimeError(f"“{text}” is not a wall time: {SHAPE}")
    try:
        wall = datetime(*map(int, match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - the zone follows
    except ValueError as error:
        if following := _find_following_day(match[1], match[2], match[3]) if match[4] + match[5] == "2400" else "":
            message = f"“{text}” does not exist: write {following} 00:00 for the end of that day, or {following} 00:01"
            raise WallTimeError(message) from None
        raise WallTimeError(f"“{text}” does not exist: {error}") from None
    if not FIRST_YEAR <= wall.year <= LAST_YEAR:
        raise WallTimeError(f"“{text}” is out of range; write a year from {FIRST_YEAR} to {LAST_YEAR}")
    clock = ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=clock, fold=n).astimezone(UTC) for n in (0, 1))
    if first.astimezone(clock).replace(tzinfo=None) != wall:
        raise WallTimeError(_describe_gap(wall, clock))
    if first != second and fold is None:
        raise WallTimeError(_describe_ambiguity(text, first, second, clock), doubled=True)
    return Moment(second if fold == "second" else first, zone)


def _find_following_day(year: str, month: str, day: str) -> str:
    """Return the date after a date, or nothing."""
    try:
        return (date(int(year), int(month), int(day)) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return ""


def is_ambiguous_time(text: str, zone: str) -> bool:
    """Return whether a wall time occurs twice in a zone.

    False for what is not a wall time.
    """
    try:
        read_moment(text, zone)
    except WallTimeError as fault:
        return fault.doubled
    return False


def _describe_gap(wall: datetime, clock: ZoneInfo) -> str:
    """Describe where the clocks jump over a wall time.

    It goes back to the last minute that exists, then on by the width of the gap.
    """
    width = (_round_trip(wall, clock, 0) - _round_trip(wall, clock, 1)) / 2
    start = wall
    while _round_trip(start - timedelta(minutes=1), clock, 0) != start - timedelta(minutes=1):
        start -= timedelta(minutes=1)
    end = start + width
    return (
        f"{wall:%H:%M} does not exist on {wall:%Y-%m-%d} in {clock.key}: clocks go from {start:%H:%M} to {end:%H:%M};"
        f" write a time before {start:%H:%M} or from {end:%H:%M}"
    )


def _round_trip(wall: datetime, clock: ZoneInfo, fold: int) -> datetime:
    """Return what the clock shows at the assumed instant."""
    return wall.replace(tzinfo=clock, fold=fold).astimezone(UTC).astimezone(clock).replace(tzinfo=None)


def _describe_ambiguity(text: str, first: datetime, second: datetime, clock: ZoneInfo) -> str:
    readings = " or ".join(
        f"{each.astimezone(clock):%H:%M %Z} ({each:%H:%M} UTC, fold: {name})"
        for each, name in ((first, "first"), (second, "second"))
    )
    return f"“{text}” occurs twice in {clock.key}: {readings}; add times.fold"
