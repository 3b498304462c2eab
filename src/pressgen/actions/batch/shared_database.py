"""The scheduler database that senders and builders share.

It is the PostgreSQL that PRESSGEN_DATABASE names, and no other.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pressgen.actions.workspace.office import DATABASE
from pressgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.scheduler.batches import Batch, BatchClient
    from pressgen.scheduler.store import SchedulerDatabase


def open_store() -> SchedulerDatabase:
    """Open the job store that all machines share.

    Its tables are created if they are missing.

    Raises:
        UsageError: no PostgreSQL is named.
        EnvironmentFailureError: it does not answer, or its driver is not installed.
    """
    address = os.environ.get(DATABASE, "")
    if not address.startswith(("postgresql:", "postgresql+psycopg:", "postgres:")):
        is_ = "names a file on one machine" if address.startswith("sqlite") else "names none"
        raise UsageError(
            f"several machines can only share work through PostgreSQL, and {DATABASE} {is_}; set it to"
            " postgresql://USER@HOST/NAME on each, or build on this machine alone: pressgen build, without --queue"
        )
    from pressgen.scheduler.store import SchedulerDatabase

    store = SchedulerDatabase(Path(), address.replace("postgres:", "postgresql:", 1))
    store.prepare()
    return store


@contextmanager
def open_batches() -> Iterator[BatchClient]:
    """Open the batches in the shared job store.

    Raises:
        UsageError, EnvironmentFailureError: as `open_store`.
    """
    store = open_store()
    from pressgen.scheduler.batches import BatchClient

    with BatchClient(store) as batches:
        yield batches


def find_batch(batches: BatchClient, name: str | None) -> Batch:
    """Find the batch of a name, or the latest without a name.

    Raises:
        UsageError: there is none.
    """
    found = batches.batch(name) if name else next(reversed(batches.batches()), None)
    if found is None:
        raise UsageError(
            f"there is no batch {name}"
            if name
            else "no batch was sent yet; send one with: pressgen build --all --queue"
        )
    return found
