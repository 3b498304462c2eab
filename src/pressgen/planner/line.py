"""A line of the grid: a release with its times, wherever they are known from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

What = Literal["issue", "embargo", "publish"]
OVER = frozenset({"lifted", "corrected", "withdrawn"})
"""The states in which nothing is pending any more."""


class Time(NamedTuple):
    """What happens, and when, on the release's own clock."""

    what: What
    local: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A release on the grid.

    Attributes:
        state: as `pressgen status` names it; `scheduled` where its lift is set, `faulty` where its file cannot be read.
        zone: the IANA zone of its times; empty where it has none.
        times: in their order; publication only where it is not at the lift.
        country: whose bank holidays count, by ISO 3166 (`GB-ENG`); empty for nobody's.
        sequence: counted up whenever its times may have changed.
        changed: when that was last.
        ordered: the lists to which a worker issues it at its time of issue.
        unsent: why an issue that was ordered did not go, or cannot, a sentence each without a final stop.
        overdue: whether something should have happened to it by now and did not.
        cancelled: whether it was withdrawn before it was public, so that nothing of it goes out any more.
        fault: why its file cannot be read; empty where it can.
    """

    reference: str
    slug: str
    headline: str
    state: str
    changed: datetime
    zone: str = ""
    times: tuple[Time, ...] = ()
    country: str = ""
    sequence: int = 0
    ordered: tuple[str, ...] = ()
    unsent: tuple[str, ...] = ()
    overdue: bool = False
    cancelled: bool = False
    fault: str = ""

    @property
    def lift(self) -> Time | None:
        """When the public may have it: at the embargo, or without one when it is published."""
        return next((each for each in self.times if each.what != "issue"), None)

    @property
    def pending(self) -> bool:
        """Whether anything is still to happen to it."""
        return self.state not in OVER


def times(zone: str, *, issue: datetime | None, embargo: datetime | None, publish: datetime | None) -> tuple[Time, ...]:
    """The times of a release, from instants, on the clock of `zone`."""
    clock = ZoneInfo(zone)
    named: list[tuple[What, datetime | None]] = [("issue", issue), ("embargo", embargo)]
    if publish != embargo:
        named.append(("publish", publish))
    return tuple(Time(what, at.astimezone(clock)) for what, at in named if at)
