"""The engine of a workspace, from the desk: have a lift waken, or let it sleep. The ledger always says so first."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pressgen.actions.workspace.office import DATABASE, state_folder
from pressgen.errors import MachineLacks
from pressgen.scheduler.handlers import Due

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.standing import Standing
    from pressgen.scheduler.client import Timetable
    from pressgen.scheduler.store import Store


def store_of(workspace: Workspace) -> Store:
    """Where the engine of a workspace keeps its record, made if need be.

    Raises:
        MachineLacks: it cannot be written.
    """
    from pressgen.scheduler.store import Store  # noqa: PLC0415 - DBOS is slow to import

    store = Store(state_folder(workspace), os.environ.get(DATABASE, ""))
    store.prepare()
    return store


@contextmanager
def timetable(workspace: Workspace) -> Iterator[Timetable]:
    """What the engine holds.

    Raises:
        MachineLacks: its record cannot be read or written.
    """
    store = store_of(workspace)
    from pressgen.scheduler.client import Timetable  # noqa: PLC0415 - as above

    with Timetable(store) as held:
        yield held


def wake(workspace: Workspace, after: Standing, was: int, now: datetime) -> None:
    """Have the engine follow the ledger: wake the lift at the hour it has now, and not at the one of revision `was`.

    Raises:
        MachineLacks: the engine's record cannot be written; the ledger stands, and a worker follows it.
    """
    try:
        with timetable(workspace) as held:
            if was != after.revision:
                held.withdraw(after.reference, was)
            if after.lift_at is not None:
                held.resync([Due(after.lift_at, after.reference, after.revision)], now)
    except MachineLacks as lack:
        message = f"it is in the ledger, but not yet with the engine: {lack}; then run: pressgen engine resync"
        raise MachineLacks(message) from None
