"""Lift what falls due.

It runs as a service, for a while from a timer, or for one release by hand.
"""

from __future__ import annotations

import socket
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pressgen.actions.publish.lift_handlers import WorkspaceHandlers
from pressgen.actions.publish.schedule import schedule_immediate_lift
from pressgen.actions.publish.scheduler_access import prepare_scheduler_database
from pressgen.actions.workspace.office import open_ledger
from pressgen.errors import StateError
from pressgen.scheduler.clock import TrustedClock
from pressgen.scheduler.worker import ROUND, LiftWorker
from pressgen.scheduler.worker_lock import acquire_worker_lock

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.standing import Standing
    from pressgen.scheduler.store import SchedulerDatabase
    from pressgen.scheduler.worker_lock import WorkerLock

SLOTS: Final = 9
"""How many runs of a timer may overlap."""
SETTLING: Final = timedelta(seconds=4)
"""The time that the scheduler takes to hand out what is due."""
PATIENCE: Final = timedelta(minutes=1)
"""How long a timer's run continues past its horizon for channels that do not answer.

The next run continues then. It is no limit while a lift is ahead: its hour would come when nothing runs.
"""


def run_lift_worker(workspace: Workspace, name: str, tell: Callable[[str], None], stopped: threading.Event) -> None:
    """Lift releases as they fall due until `stopped` is set.

    Args:
        workspace: the workspace.
        name: of the worker, which no other living one may have; empty for the machine's.
        tell: gets a line for each thing done.
        stopped: set by the caller to end it.

    Raises:
        StateError: a living worker has the name.
        EnvironmentFailureError: the ledger or the scheduler's database cannot be reached.
    """
    store = prepare_scheduler_database(workspace)
    name = name or socket.gethostname()
    lock = acquire_worker_lock(store, name)
    if lock is None:
        raise StateError(f"a worker “{name}” is already running; give this one another name with --id")
    with _open_worker(workspace, store, name, lock, tell) as (worker, handlers):
        tell(f"worker {name}: ready")
        handlers.check_clock()
        handlers.check_workspace()
        while not stopped.wait(ROUND):
            worker.look_after(tell)
            handlers.check_workspace()


def lift_due_releases(workspace: Workspace, horizon: timedelta, tell: Callable[[str], None]) -> None:
    """Lift what is due now or within `horizon`, then end.

    It is for a timer, in place of a service. A timer starts no run while another one goes on, so a run does not end
    while a lift is ahead within `horizon`.

    Raises:
        StateError: so many runs overlap that something is wrong.
        EnvironmentFailureError: as `run_lift_worker`.
    """
    until = datetime.now(UTC) + horizon

    def done(handlers: WorkspaceHandlers) -> bool:
        return not handlers.due(until)

    _run_until_done(workspace, done, horizon, tell)


def lift_release(
    workspace: Workspace, path: Path, who: str | None, tell: Callable[[str], None], now: datetime
) -> Standing:
    """Lift the release at `path` now; return its standing.

    It has no embargo, or its hour has come.

    Raises:
        StateError: it is not approved, its hour has not come, or the lift failed.
        InputError: an approved file is not in the ledger as it was approved.
        EnvironmentFailureError: as `run_lift_worker`.
    """
    return lift_scheduled_release(workspace, schedule_immediate_lift(workspace, path, who, now), tell)


def lift_scheduled_release(workspace: Workspace, standing: Standing, tell: Callable[[str], None]) -> Standing:
    """Lift a release that is due by its schedule, and announce it.

    Return its standing after that.

    Raises:
        StateError: the lift failed.
        EnvironmentFailureError: as `run_lift_worker`.
    """

    def done(handlers: WorkspaceHandlers) -> bool:
        return all(
            (each.kind, each.reference) != ("lift", standing.reference) for each in handlers.due(datetime.now(UTC))
        )

    _run_until_done(workspace, done, timedelta(), tell)
    with open_ledger(workspace) as ledger:
        after = ledger.standing(standing.reference) or standing
        failures = ledger.failures([standing.reference]).get(standing.reference, [])
    if after.lifted_at is None:
        why = "".join(f": {each.detail}" for each in failures[:1])
        raise StateError(f"{after.reference} is not public yet{why}; a running worker tries again: pressgen worker")
    return after


def _run_until_done(
    workspace: Workspace, done: Callable[[WorkspaceHandlers], bool], horizon: timedelta, tell: Callable[[str], None]
) -> None:
    store = prepare_scheduler_database(workspace)
    name, lock = _acquire_timer_lock(store)
    began = datetime.now(UTC)
    with _open_worker(workspace, store, name, lock, tell) as (worker, handlers):
        handlers.check_workspace()
        while (spent := datetime.now(UTC) - began) < horizon + PATIENCE or _is_work_ahead(handlers, horizon):
            worker.look_after(tell)
            if spent > SETTLING and worker.idle() and done(handlers):
                return
            time.sleep(0.5)


def _is_work_ahead(handlers: WorkspaceHandlers, horizon: timedelta) -> bool:
    """Return whether a lift or an issue is still ahead, within `horizon`."""
    now = datetime.now(UTC)
    return any(each.at > now for each in handlers.due(now + horizon))


def _acquire_timer_lock(store: SchedulerDatabase) -> tuple[str, WorkerLock]:
    host = socket.gethostname()
    for number in range(1, SLOTS + 1):
        name = f"{host}-due-{number}"
        if lock := acquire_worker_lock(store, name):
            return name, lock
    raise StateError(
        f"{SLOTS} runs of pressgen lift overlap on this machine; find out what holds them up, and end them"
    )


@contextmanager
def _open_worker(
    workspace: Workspace, store: SchedulerDatabase, name: str, lock: WorkerLock, tell: Callable[[str], None]
) -> Iterator[tuple[LiftWorker, WorkspaceHandlers]]:
    handlers = WorkspaceHandlers(workspace, tell)
    try:
        with LiftWorker(store, handlers, TrustedClock(tell=tell), name, lock) as worker:
            yield worker, handlers
    finally:
        handlers.close()
