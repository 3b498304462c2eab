"""Standings of the version before, which listed what is indexed now: whether one says what its entries say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from pressgen.model.index import Kind, bounce_of, copy_of, failure_of
from pressgen.model.standing import Bounce, Copy, Failure, count_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.model.event import Stamp
    from pressgen.model.fold import Fold

_LIST = TypeAdapter(list[Copy | Failure | Bounce])


def says_the_same(text: str, fold: Fold, stamps: Sequence[Stamp]) -> bool:
    """Whether a standing as the version before wrote it says what the entries of the release, all of them, come to."""
    entries = {stamp.number: stamp for stamp in stamps}
    numbers: dict[Kind, list[int]] = {kind: [] for kind in Kind}
    for (kind, _), (_, number) in fold.index.places.items():
        numbers[kind].append(number)
    came_back = sorted(numbers[Kind.BOUNCE] + numbers[Kind.DELAY])
    lists: dict[str, list[Copy | Failure | Bounce]] = {
        "copies": [copy_of(entries[number]) for number in sorted(numbers[Kind.COPY])],
        "failures": [failure_of(entries[number]) for number in sorted(numbers[Kind.FAILURE])],
        "bounces": [bounce_of(entries[number]) for number in came_back],
    }
    told = json.loads(text)
    return bool(count_lists(text) == json.loads(fold.standing.to_json())) and all(
        told.get(name, []) == _LIST.dump_python(each, mode="json") for name, each in lists.items()
    )
