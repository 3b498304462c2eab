"""Standings written by the previous version, which had no index.

They listed what is indexed now. This module checks one against its entries.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from pressgen.model.index import IndexKind, to_bounce, to_copy, to_failure
from pressgen.model.standing import Bounce, Copy, Failure, count_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.model.event import Stamp
    from pressgen.model.fold import ReleaseProjection

_LIST = TypeAdapter(list[Copy | Failure | Bounce])


def is_earlier_standing_correct(text: str, fold: ReleaseProjection, stamps: Sequence[Stamp]) -> bool:
    """Return whether a standing in the earlier form agrees with its entries."""
    entries = {stamp.number: stamp for stamp in stamps}
    numbers: dict[IndexKind, list[int]] = {kind: [] for kind in IndexKind}
    for (kind, _), (_, number) in fold.index.places.items():
        numbers[kind].append(number)
    came_back = sorted(numbers[IndexKind.BOUNCE] + numbers[IndexKind.DELAY])
    lists: dict[str, list[Copy | Failure | Bounce]] = {
        "copies": [to_copy(entries[number]) for number in sorted(numbers[IndexKind.COPY])],
        "failures": [to_failure(entries[number]) for number in sorted(numbers[IndexKind.FAILURE])],
        "bounces": [to_bounce(entries[number]) for number in came_back],
    }
    told = json.loads(text)
    return bool(count_lists(text) == json.loads(fold.standing.to_json())) and all(
        told.get(name, []) == _LIST.dump_python(each, mode="json") for name, each in lists.items()
    )
