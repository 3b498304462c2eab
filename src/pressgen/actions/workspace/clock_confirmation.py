"""Confirm the clock although the ledger is ahead of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.workspace.office import load_office, open_ledger
from pressgen.actions.workspace.permissions import authorise_actor, require_one_line
from pressgen.errors import StateError
from pressgen.model.upkeep import ClockSet

if TYPE_CHECKING:
    from datetime import datetime

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Stamp


def confirm_clock(workspace: Workspace, who: str | None, because: str, now: datetime) -> Stamp:
    """Record that the clock is right although the last entry is later.

    Return the entry. Otherwise, one entry made under a wrong clock would block everybody until that time has come.

    Raises:
        StateError: no entry is ahead of the clock.
    """
    actor = authorise_actor(load_office(workspace), who, "head", to="confirm that the clock is right")
    reason = require_one_line(because, "--because")
    with open_ledger(workspace) as ledger:
        last = ledger.last()
        if last is None or last.latest <= now:
            raise StateError("no entry of the ledger is ahead of the clock, so there is nothing to confirm")
        with ledger.exclusive(last.reference, last.slug) as transaction:
            return transaction.append(ClockSet(was=last.latest, reason=reason), actor=actor, at=now)


def find_clock_conflict(workspace: Workspace, now: datetime) -> str:
    """Describe a conflict between clock and ledger; empty for none.

    The text says what to do.

    Raises:
        EnvironmentFailureError, InputError: the ledger cannot be read.
    """
    from pressgen.ledger.transaction import describe_clock_conflict

    with open_ledger(workspace) as ledger:
        return describe_clock_conflict(ledger.last(), now)
