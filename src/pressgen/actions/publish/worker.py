"""Lift what falls due: as a service, for a while from a timer, or one release by hand."""

from __future__ import annotations

import socket
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pressgen.actions.publish.lift import Lifting
from pressgen.actions.publish.schedule import bring_due
from pressgen.actions.publish.waking import store_of
from pressgen.actions.workspace.office import open_ledger
from pressgen.errors import StateForbids
from pressgen.scheduler.clock import Clock
from pressgen.scheduler.worker import ROUND, Worker
from pressgen.scheduler.worker_lock import take

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.standing import Standing
    from pressgen.scheduler.store import Store
    from pressgen.scheduler.worker_lock import Seat

SLOTS: Final = 9
"""How many runs of a timer may overlap."""
SETTLING: Final = timedelta(seconds=4)
"""So long the engine takes to hand out what is due."""
PATIENCE: Final = timedelta(minutes=1)
"""So long a run of a timer goes on, past its horizon, for channels that do not answer; the next run goes on then. It is
no limit where a lift is ahead: its hour would come while nobody runs."""


def work(workspace: Workspace, name: str, tell: Callable[[str], None], stopped: threading.Event) -> None:
    """Lift what falls due until `stopped`.

    Args:
        workspace: whose.
        name: of the worker, which no other living one may have; empty for the machine's.
        tell: gets a line for each thing done.
        stopped: set by whoever ends it.

    Raises:
        StateForbids: a living worker has the name.
        MachineLacks: the ledger or the engine's record cannot be reached.
    """
    store = store_of(workspace)
    name = name or socket.gethostname()
    seat = take(store, name)
    if seat is None:
        raise StateForbids(f"a worker “{name}” is running already; give this one a name of its own with --id")
    with _working(workspace, store, name, seat, tell) as (worker, lifting):
        tell(f"worker {name}: ready")
        lifting.see_clock()
        lifting.look_after_desk()
        while not stopped.wait(ROUND):
            worker.look_after(tell)
            lifting.look_after_desk()


def lift_due(workspace: Workspace, horizon: timedelta, tell: Callable[[str], None]) -> None:
    """Lift what is due, and what falls due within `horizon`; then end. For a timer, in place of a service.

    A timer begins no run while another goes on. So a run does not end while a lift is ahead within `horizon`.

    Raises:
        StateForbids: so many runs overlap that something is wrong.
        MachineLacks: as `work`.
    """
    until = datetime.now(UTC) + horizon

    def done(lifting: Lifting) -> bool:
        return not lifting.due(until)

    _for_a_while(workspace, done, horizon, tell)


def lift(workspace: Workspace, path: Path, who: str | None, tell: Callable[[str], None], now: datetime) -> Standing:
    """Lift the release at `path` now, which has no embargo, or whose hour has come; where it stands then.

    Raises:
        StateForbids: it is not approved, its hour has not come, or the lift failed.
        Refused: an approved file is not in the ledger as it was approved.
        MachineLacks: as `work`.
    """
    return lift_due_now(workspace, bring_due(workspace, path, who, now), tell)


def lift_due_now(workspace: Workspace, standing: Standing, tell: Callable[[str], None]) -> Standing:
    """Lift a release whose hour the ledger says has come, and announce it; where it stands then.

    Raises:
        StateForbids: the lift failed.
        MachineLacks: as `work`.
    """

    def done(lifting: Lifting) -> bool:
        return all(
            (each.kind, each.reference) != ("lift", standing.reference) for each in lifting.due(datetime.now(UTC))
        )

    _for_a_while(workspace, done, timedelta(), tell)
    with open_ledger(workspace) as ledger:
        after = ledger.standing(standing.reference) or standing
        failures = ledger.failures([standing.reference]).get(standing.reference, [])
    if after.lifted_at is None:
        why = next((each.detail for each in failures), "no worker has come to it")
        raise StateForbids(f"{after.reference} is not public yet: {why}; it is tried on by: pressgen worker")
    return after


def _for_a_while(
    workspace: Workspace, done: Callable[[Lifting], bool], horizon: timedelta, tell: Callable[[str], None]
) -> None:
    store = store_of(workspace)
    name, seat = _slot(store)
    began = datetime.now(UTC)
    with _working(workspace, store, name, seat, tell) as (worker, lifting):
        lifting.look_after_desk()
        while (spent := datetime.now(UTC) - began) < horizon + PATIENCE or _lies_ahead(lifting, horizon):
            worker.look_after(tell)
            if spent > SETTLING and worker.idle() and done(lifting):
                return
            time.sleep(0.5)


def _lies_ahead(lifting: Lifting, horizon: timedelta) -> bool:
    """Whether the hour of something is still to come, within `horizon`."""
    now = datetime.now(UTC)
    return any(each.at > now for each in lifting.due(now + horizon))


def _slot(store: Store) -> tuple[str, Seat]:
    host = socket.gethostname()
    for number in range(1, SLOTS + 1):
        name = f"{host}-due-{number}"
        if seat := take(store, name):
            return name, seat
    raise StateForbids(f"{SLOTS} runs of pressgen lift overlap on this machine: see what holds them up, and end them")


@contextmanager
def _working(
    workspace: Workspace, store: Store, name: str, seat: Seat, tell: Callable[[str], None]
) -> Iterator[tuple[Worker, Lifting]]:
    lifting = Lifting(workspace, tell)
    try:
        with Worker(store, lifting, Clock(tell=tell), name, seat) as worker:
            yield worker, lifting
    finally:
        lifting.close()
