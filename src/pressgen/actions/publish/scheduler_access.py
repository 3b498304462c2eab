"""The scheduler of a workspace.

Tell it to lift at a time, or not to. Record that in the ledger first.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pressgen.actions.workspace.office import DATABASE, prepare_state_folder
from pressgen.errors import EnvironmentFailureError
from pressgen.scheduler.handlers import DueJob

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.standing import Standing
    from pressgen.scheduler.client import SchedulerClient
    from pressgen.scheduler.store import SchedulerDatabase


def prepare_scheduler_database(workspace: Workspace) -> SchedulerDatabase:
    """Return the scheduler's database, and create it where it is missing.

    Raises:
        EnvironmentFailureError: it cannot be written.
    """
    from pressgen.scheduler.store import SchedulerDatabase

    store = SchedulerDatabase(prepare_state_folder(workspace), os.environ.get(DATABASE, ""))
    store.prepare()
    return store


@contextmanager
def open_scheduler_client(workspace: Workspace) -> Iterator[SchedulerClient]:
    """Open the scheduler's client of a workspace for a `with` block.

    Raises:
        EnvironmentFailureError: its record cannot be read or written.
    """
    store = prepare_scheduler_database(workspace)
    from pressgen.scheduler.client import SchedulerClient

    with SchedulerClient(store) as client:
        yield client


def sync_scheduled_lift(workspace: Workspace, after: Standing, was: int, now: datetime) -> None:
    """Tell the scheduler the lift's hour as recorded in the ledger now.

    The lift of revision `was` is cancelled.

    Raises:
        EnvironmentFailureError: the scheduler's database cannot be written; the ledger has the hour, and a worker
            follows it.
    """
    try:
        with open_scheduler_client(workspace) as client:
            if was != after.revision:
                client.withdraw(after.reference, was)
            if after.lift_at is not None:
                client.resync([DueJob(after.lift_at, after.reference, after.revision)], now)
    except EnvironmentFailureError as lack:
        raise make_unsynced_error(lack) from None


def make_unsynced_error(lack: EnvironmentFailureError) -> EnvironmentFailureError:
    """Return the error for what the ledger has and the scheduler lacks."""
    return EnvironmentFailureError(
        f"it is recorded, but the scheduler does not know it yet: {lack}; then run: pressgen engine resync"
    )
