"""Refused releases of a batch, with every reason.

Builders write them to the object store.

Reasons may quote a release that is under embargo, so they are kept there; the scheduler's database has only numbers.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pressgen.channels.object_store import QUEUE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pressgen.channels.object_store import ObjectStore
    from pressgen.scheduler.batches import Batch, Chunk


def write_refusals(storage: ObjectStore, chunk: Chunk, refused: Mapping[str, Sequence[str]]) -> None:
    """Write the refused releases of a chunk to the object store.

    They are listed by slug, each with a line for each problem.

    Raises:
        StoreUnreachableError: the object store cannot be written.
    """
    storage.put(
        _get_refusals_path(chunk), json.dumps(dict(sorted(refused.items())), indent=2, ensure_ascii=False).encode()
    )


def read_refusals(storage: ObjectStore, batch: Batch) -> dict[str, list[str]]:
    """Read the releases of a batch that were refused so far.

    They are listed by slug, each with a line for each problem.

    Raises:
        StoreUnreachableError: the object store does not answer.
    """
    chunks = [each.chunk for each in batch.sent if each.tally and each.tally.refused]
    found = storage.get_many(map(_get_refusals_path, chunks))
    refused: dict[str, list[str]] = {}
    for chunk in chunks:
        refused |= json.loads(found[_get_refusals_path(chunk)] or b"{}")
    return refused


def delete_refusals(storage: ObjectStore, batch: Batch) -> None:
    """Delete the list of refused releases of a batch.

    Raises:
        StoreUnreachableError: the object store does not answer.
    """
    for each in batch.sent:
        storage.take_away(_get_refusals_path(each.chunk))


def _get_refusals_path(chunk: Chunk) -> str:
    """Return the path of a chunk's refusals in the object store."""
    return f"{QUEUE}/{chunk.batch}/{chunk.number:05}.json"
