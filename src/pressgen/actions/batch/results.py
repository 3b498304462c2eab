"""What became of a batch: refused releases, with every reason, as their makers put it into the depot.

Reasons may quote a release that is under embargo, so they lie there, and the engine's record has numbers alone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pressgen.channels.object_store import QUEUE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pressgen.channels.object_store import Depot
    from pressgen.scheduler.batches import Batch
    from pressgen.scheduler.chunks import Chunk


def tell(depot: Depot, chunk: Chunk, refused: Mapping[str, Sequence[str]]) -> None:
    """Put down which releases of a chunk were refused, by slug, each with a line a problem.

    Raises:
        Unreachable: the depot cannot be written.
    """
    depot.put(_path(chunk), json.dumps(dict(sorted(refused.items())), indent=2, ensure_ascii=False).encode())


def refused(depot: Depot, batch: Batch) -> dict[str, list[str]]:
    """The releases of a batch that were refused so far, by slug, each with a line a problem.

    Raises:
        Unreachable: the depot does not answer.
    """
    chunks = [each.chunk for each in batch.sent if each.tally and each.tally.refused]
    found = depot.get_many(map(_path, chunks))
    told: dict[str, list[str]] = {}
    for chunk in chunks:
        told |= json.loads(found[_path(chunk)] or b"{}")
    return told


def forget(depot: Depot, batch: Batch) -> None:
    """Take away what was put down of a batch.

    Raises:
        Unreachable: the depot does not answer.
    """
    for each in batch.sent:
        depot.take_away(_path(each.chunk))


def _path(chunk: Chunk) -> str:
    return f"{QUEUE}/{chunk.batch}/{chunk.number:05}.json"
