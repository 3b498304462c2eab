"""A build service on this machine.

It takes and builds chunks until it is stopped or nothing is left.
"""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING, Final

from pressgen.actions.batch.chunk_builder import LocalChunkBuilder
from pressgen.actions.batch.shared_database import open_store
from pressgen.errors import EnvironmentFailureError, StateError
from pressgen.files.atomic import make_folder
from pressgen.scheduler.batches import BatchClient, define_batch_service
from pressgen.scheduler.service import ROUND, SchedulerService
from pressgen.scheduler.worker_lock import acquire_worker_lock

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from pressgen.scheduler.store import SchedulerDatabase

ENDING: Final = 30.0
"""Seconds for running builds to finish when the service is stopped."""


def run_build_service(
    name: str, scratch: Path, jobs: int | None, say: Callable[[str], None], stopped: threading.Event, *,
    until_empty: bool = False,
) -> None:  # fmt: skip
    """Run a build service until it is stopped or nothing is left.

    Args:
        name: of the service, which no other living one may have; empty for the machine's.
        scratch: a folder for unfinished files; each service has its own in it.
        jobs: how many processes build releases; None for one a core.
        say: gets a line for each thing done.
        stopped: set by the caller to end it.
        until_empty: whether it ends when no chunk waits and none is being built, here or elsewhere.

    Raises:
        UsageError: no PostgreSQL is named.
        StateError: a living service has the name.
        EnvironmentFailureError: the database cannot be reached, or this machine cannot do the work: no object
            store, or a library is missing.
    """
    store = open_store()
    name = name or f"{socket.gethostname()}-archive"
    lock = acquire_worker_lock(store, name)
    if lock is None:
        raise StateError(f"a worker “{name}” is already running; give this one another name with --id")
    folder = scratch / name
    make_folder(folder, own=True)  # only the owner may read embargoed files
    builder = LocalChunkBuilder(folder / "chunk", jobs, say, stopped)
    with SchedulerService(store, name, lock, define_batch_service(builder)) as service:
        say(f"worker {name}: ready")
        while not stopped.wait(ROUND):
            service.look_after(say)
            if builder.unfit:
                raise EnvironmentFailureError(
                    f"{builder.unfit}; other workers finish what this one began, or start it again"
                )
            if until_empty and service.idle() and _is_finished(store):
                return
        end = time.monotonic() + ENDING
        while not service.idle() and time.monotonic() < end:
            time.sleep(0.1)


def _is_finished(store: SchedulerDatabase) -> bool:
    """Return whether no batch is in progress."""
    with BatchClient(store) as client:
        return not any(each.under_way for each in client.batches())
