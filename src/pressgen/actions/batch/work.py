"""A service of the archive on this machine: take chunks, and make them, until it is stopped or nothing is left."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING, Final

from pressgen.actions.batch.make import Making
from pressgen.actions.batch.record import record
from pressgen.errors import MachineLacks, StateForbids
from pressgen.files.modes import make_folder
from pressgen.scheduler.batches import Batches
from pressgen.scheduler.chunks import duty
from pressgen.scheduler.service import ROUND, Service
from pressgen.scheduler.worker_lock import take

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from pressgen.scheduler.store import Store

ENDING: Final = 30.0
"""Seconds that what is being made has, when the service is stopped."""


def work(
    name: str, scratch: Path, jobs: int | None, say: Callable[[str], None], stopped: threading.Event, *,
    until_empty: bool = False,
) -> None:  # fmt: skip
    """Make chunks until `stopped`, or until nothing is left.

    Args:
        name: of the service, which no other living one may have; empty for the machine's.
        scratch: a folder for what is being made; each service has its own within.
        jobs: how many processes make releases; None for one a core.
        say: gets a line for each thing done.
        stopped: set by whoever ends it.
        until_empty: whether it ends when no chunk waits and none is being made, here or elsewhere.

    Raises:
        WrongUse: no PostgreSQL is named.
        StateForbids: a living service has the name.
        MachineLacks: the record cannot be reached, or this machine cannot do the work: no depot, no library.
    """
    store = record()
    name = name or f"{socket.gethostname()}-archive"
    seat = take(store, name)
    if seat is None:
        raise StateForbids(f"a worker “{name}” is running already; give this one a name of its own with --id")
    folder = scratch / name
    make_folder(folder, own=True)  # what is under embargo is for its owner only
    making = Making(folder / "chunk", jobs, say, stopped)
    with Service(store, name, seat, duty(making)) as service:
        say(f"worker {name}: ready")
        while not stopped.wait(ROUND):
            service.look_after(say)
            if making.unfit:
                raise MachineLacks(f"{making.unfit}; what was begun here is made by others, or by this one again")
            if until_empty and service.idle() and _empty(store):
                return
        end = time.monotonic() + ENDING
        while not service.idle() and time.monotonic() < end:
            time.sleep(0.1)


def _empty(store: Store) -> bool:
    with Batches(store) as held:
        return not any(each.under_way for each in held.batches())
