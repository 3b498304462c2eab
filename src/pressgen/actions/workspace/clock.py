"""Say that the clock is right now, where an entry of the ledger is ahead of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.workspace.office import open_ledger, take_office
from pressgen.actions.workspace.permissions import acting, one_line
from pressgen.errors import StateForbids
from pressgen.model.upkeep import ClockSet

if TYPE_CHECKING:
    from datetime import datetime

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Stamp


def clock_is_right(workspace: Workspace, who: str | None, because: str, now: datetime) -> Stamp:
    """Record that the clock, `now`, is right though the last entry is ahead of it; what was recorded.

    Without it, one entry made under a wrong clock would keep everybody waiting until that time has come.

    Raises:
        StateForbids: no entry is ahead of the clock.
    """
    actor = acting(take_office(workspace), who, "head", to="say that the clock is right")
    reason = one_line(because, "--because")
    with open_ledger(workspace) as ledger:
        last = ledger.last()
        if last is None or last.latest <= now:
            raise StateForbids("no entry of the ledger is ahead of the clock: there is nothing to say")
        with ledger.exclusive(last.reference, last.slug) as turn:
            return turn.append(ClockSet(was=last.latest, reason=reason), actor=actor, at=now)


def see_clock(workspace: Workspace, now: datetime) -> str:
    """What is wrong between the clock and the ledger, and what to do; empty where nothing is.

    Raises:
        MachineLacks, Refused: the ledger cannot be read.
    """
    from pressgen.ledger.transaction import clock_doubt  # noqa: PLC0415 - SQLAlchemy is slow to import

    with open_ledger(workspace) as ledger:
        return clock_doubt(ledger.last(), now)
