"""The engine's record that senders and makers share: the PostgreSQL that PRESSGEN_DATABASE names, and no other."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pressgen.actions.workspace.office import DATABASE
from pressgen.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.scheduler.batches import Batch, Batches
    from pressgen.scheduler.store import Store


def record() -> Store:
    """The record, made if need be.

    Raises:
        WrongUse: no PostgreSQL is named.
        MachineLacks: it does not answer, or its driver is not installed.
    """
    address = os.environ.get(DATABASE, "")
    if not address.startswith(("postgresql:", "postgresql+psycopg:", "postgres:")):
        is_ = "names a file, which is one machine's" if address.startswith("sqlite") else "names none"
        raise WrongUse(
            f"several machines share their work by a PostgreSQL, and {DATABASE} {is_}; set it to"
            " postgresql://USER@HOST/NAME on each, or on this machine alone: pressgen build, without --queue"
        )
    from pressgen.scheduler.store import Store  # noqa: PLC0415 - DBOS is slow to import

    store = Store(Path(), address.replace("postgres:", "postgresql:", 1))
    store.prepare()
    return store


@contextmanager
def batches() -> Iterator[Batches]:
    """What the engine holds of the archive.

    Raises:
        WrongUse, MachineLacks: as `record`.
    """
    store = record()
    from pressgen.scheduler.batches import Batches  # noqa: PLC0415 - as above

    with Batches(store) as held:
        yield held


def batch_of(held: Batches, name: str | None) -> Batch:
    """The batch of this name; without one, the latest.

    Raises:
        WrongUse: there is none.
    """
    found = held.batch(name) if name else next(reversed(held.batches()), None)
    if found is None:
        raise WrongUse(f"there is no batch {name}" if name else "no batch was sent yet; pressgen build --all --queue")
    return found
