"""A line of the grid: a release with its planned times.

The times come from its file or from the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

What = Literal["issue", "embargo", "publish"]
OVER = frozenset({"lifted", "corrected", "withdrawn"})
"""The states in which nothing is pending any more."""


class PlannedTime(NamedTuple):
    """A planned time of a release, on its own clock."""

    what: What
    local: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GridEntry:
    """A release on the grid, with its times and state.

    Attributes:
        state: as `pressgen status` names it; `scheduled` where its lift is set, `faulty` where its file cannot be
            read.
        zone: the IANA zone of its times; empty where it has none.
        times: in their order; publication only where it is not at the lift.
        country: its bank holidays count, by ISO 3166 (`GB-ENG`); empty for none.
        sequence: raised whenever its times may have changed.
        changed: the time of the last change.
        ordered: the lists to which a worker issues it at its time of issue.
        unsent: why an ordered issue did not go, or cannot, a sentence each without a full stop.
        issued: whether journalists have it already, so that its time of issue is past.
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
    times: tuple[PlannedTime, ...] = ()
    country: str = ""
    sequence: int = 0
    ordered: tuple[str, ...] = ()
    unsent: tuple[str, ...] = ()
    issued: bool = False
    overdue: bool = False
    cancelled: bool = False
    fault: str = ""

    @property
    def lift(self) -> PlannedTime | None:
        """When it becomes public.

        This is at the end of its embargo, or without one when it is published.
        """
        return next((each for each in self.times if each.what != "issue"), None)

    @property
    def pending(self) -> bool:
        """Whether anything is still to happen to it."""
        return self.state not in OVER


def list_times(
    zone: str, *, issue: datetime | None, embargo: datetime | None, publish: datetime | None
) -> tuple[PlannedTime, ...]:
    """List the times of a release on the clock of a zone."""
    clock = ZoneInfo(zone)
    named: list[tuple[What, datetime | None]] = [("issue", issue), ("embargo", embargo)]
    if publish != embargo:
        named.append(("publish", publish))
    return tuple(PlannedTime(what, at.astimezone(clock)) for what, at in named if at)
