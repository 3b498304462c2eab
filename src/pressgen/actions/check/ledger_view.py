"""What the ledger says of a release, for its checks.

That is which words were cleared, and its state. The ledger is read once for many releases.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.actions.workspace.office import DATABASE, LEDGER, STATE, find_standing, has_ledger, open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pressgen.actions.workspace.folder import LoadedRelease, Workspace
    from pressgen.check.subject import QuotationClearance
    from pressgen.model.standing import Clearance, State

    Clearances = tuple[Clearance, ...]


def compare_with_clearances(workspace: Workspace, loaded: LoadedRelease) -> Mapping[str, QuotationClearance]:
    """Compare each quotation with the words that its speaker cleared.

    Returns the results by path, only for speakers who cleared any. It returns nothing where there is no ledger, and
    creates none.

    Raises:
        EnvironmentFailureError, InputError: the ledger cannot be read.
    """
    clearances = _read_clearances(workspace, loaded.release.reference)
    return dict(_compare_quotations(loaded, clearances)) if clearances else {}


def _compare_quotations(
    loaded: LoadedRelease, clearances: Sequence[Clearance]
) -> Iterator[tuple[str, QuotationClearance]]:
    """Yield the result for each quotation with cleared words.

    Only speakers who cleared any words are compared.
    """
    from pressgen.actions.workspace.printed_quotations import collect_quotations
    from pressgen.check.subject import ClearanceState, QuotationClearance

    by_speaker = {each.speaker: each for each in clearances}
    for quotation in collect_quotations([loaded]):
        clearance = by_speaker.get(quotation.speaker)
        if clearance is None:
            continue
        if not quotation.digests.isdisjoint(clearance.quotes.values()):
            wording = ClearanceState.CLEARED
        else:
            wording = ClearanceState.CHANGED if quotation.path in clearance.quotes else ClearanceState.ADDED
        day = clearance.at.astimezone(ZoneInfo(loaded.release.times.zone)).date()
        yield quotation.path.rpartition(": ")[2], QuotationClearance(day, wording)


def _read_clearances(workspace: Workspace, reference: str) -> Clearances:
    """Read the clearances of a release from the ledger.

    It returns none where there is no ledger, and creates none.

    Raises:
        EnvironmentFailureError, InputError: the ledger cannot be read.
    """
    if (view := _view_ledger(workspace)) is not None:
        return view.clearances.get(reference, ())
    if not has_ledger(workspace):
        return ()
    with open_ledger(workspace) as ledger:
        standing = ledger.standing(reference)
    return standing.clearances if standing else ()


def read_state(workspace: Workspace, loaded: LoadedRelease) -> State | None:
    """Read the state of a release, found by its folder's name.

    Returns None if the ledger does not know it.

    Raises:
        EnvironmentFailureError, InputError: the ledger cannot be read.
    """
    if (view := _view_ledger(workspace)) is not None:
        return view.states.get(loaded.slug)
    if not has_ledger(workspace):
        return None
    with open_ledger(workspace) as ledger:
        standing = find_standing(ledger, loaded.folder)
    return standing.state if standing else None


@dataclass(frozen=True, slots=True)
class _LedgerView:
    """The clearances and states of all releases.

    Clearances are by reference; states are by the folder's name, else by reference.
    """

    clearances: dict[str, Clearances]
    states: dict[str, State]


def _view_ledger(workspace: Workspace) -> _LedgerView | None:
    """Return a view of a ledger file; None for a database server.

    Whether the ledger has changed shows only with a file.
    """
    if os.environ.get(DATABASE) or not has_ledger(workspace):
        return None
    file = workspace.root / STATE / LEDGER
    return _read_ledger(workspace, tuple(_get_file_stamp(file.with_name(f"{LEDGER}{end}")) for end in ("", "-wal")))


def _get_file_stamp(file: Path) -> tuple[int, int]:
    """Return when a file was last written, and its size.

    Both are 0 if there is no such file.
    """
    try:
        status = file.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=1)  # ten thousand releases are checked in a row
def _read_ledger(workspace: Workspace, _written: tuple[tuple[int, int], ...]) -> _LedgerView:
    """Read the whole ledger, once for each state of its file."""
    with open_ledger(workspace) as ledger:
        standings = ledger.standings()
    return _LedgerView(
        {reference: each.clearances for reference, each in standings.items() if each.clearances},
        {reference: each.state for reference, each in standings.items()}
        | {each.slug: each.state for each in standings.values()},
    )
