"""What the ledger holds that checks ask for: cleared words, and where releases stand; read once for many releases."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pressgen.actions.workspace.office import DATABASE, LEDGER, STATE, has_ledger, known, open_ledger

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Desk, Workspace
    from pressgen.model.standing import Clearance, State

    Clearances = tuple[Clearance, ...]


def clearances(workspace: Workspace, reference: str) -> Clearances:
    """The clearances of a release; none where there is no ledger, and none is made.

    Raises:
        MachineLacks, Refused: the ledger cannot be read.
    """
    if (held := _held(workspace)) is not None:
        return held.clearances.get(reference, ())
    if not has_ledger(workspace):
        return ()
    with open_ledger(workspace) as ledger:
        standing = ledger.standing(reference)
    return standing.clearances if standing else ()


def state(workspace: Workspace, desk: Desk) -> State | None:
    """Where a release stands, known by its folder's name; None where nothing has happened to it.

    Raises:
        MachineLacks, Refused: the ledger cannot be read.
    """
    if (held := _held(workspace)) is not None:
        return held.states.get(desk.slug)
    if not has_ledger(workspace):
        return None
    with open_ledger(workspace) as ledger:
        standing = known(ledger, desk.folder)
    return standing.state if standing else None


@dataclass(frozen=True, slots=True)
class _Held:
    """Of every release: what was cleared, by reference; its state, by its folder's name, else by its reference."""

    clearances: dict[str, Clearances]
    states: dict[str, State]


def _held(workspace: Workspace) -> _Held | None:
    """The whole of a ledger that is a file, None for any other: whether it has changed is told by the file alone."""
    if os.environ.get(DATABASE) or not has_ledger(workspace):
        return None
    file = workspace.root / STATE / LEDGER
    return _all(workspace, tuple(_written(file.with_name(f"{LEDGER}{end}")) for end in ("", "-wal")))


def _written(file: Path) -> tuple[int, int]:
    """When a file was written last, and its size; nothing where there is none."""
    try:
        status = file.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=1)  # ten thousand releases are checked in a row
def _all(workspace: Workspace, _written: tuple[tuple[int, int], ...]) -> _Held:
    """What the ledger held when it was written last."""
    with open_ledger(workspace) as ledger:
        standings = ledger.standings()
    return _Held(
        {reference: each.clearances for reference, each in standings.items() if each.clearances},
        {reference: each.state for reference, each in standings.items()}
        | {each.slug: each.state for each in standings.values()},
    )
