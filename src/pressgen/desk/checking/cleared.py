"""What the ledger holds of a release's cleared words, as the rules want it."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.desk.office.office import DATABASE, LEDGER, STATE, has_ledger, open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pressgen.check.subject import Clearing
    from pressgen.desk.workspace.folder import Desk, Workspace
    from pressgen.model.standing import Clearance

    Clearances = tuple[Clearance, ...]


def cleared(workspace: Workspace, desk: Desk) -> Mapping[str, Clearing]:
    """How each quotation stands to what its speaker cleared, by its path; only of speakers who cleared any.

    Nothing where there is no ledger; none is made.

    Raises:
        MachineLacks, Refused: the ledger cannot be read.
    """
    clearances = _clearances(workspace, desk.release.reference)
    return dict(_compared(desk, clearances)) if clearances else {}


def _compared(desk: Desk, clearances: Clearances) -> Iterator[tuple[str, Clearing]]:
    from pressgen.check.subject import Clearing, Wording  # noqa: PLC0415 - few releases have cleared words
    from pressgen.desk.office.said import said  # noqa: PLC0415

    by_speaker = {each.speaker: each for each in clearances}
    for quotation in said([desk]):
        clearance = by_speaker.get(quotation.speaker)
        if clearance is None:
            continue
        if quotation.digest in clearance.quotes.values():
            wording = Wording.CLEARED
        else:
            wording = Wording.CHANGED if quotation.path in clearance.quotes else Wording.ADDED
        day = clearance.at.astimezone(ZoneInfo(desk.release.times.zone)).date()
        yield quotation.path.rpartition(": ")[2], Clearing(day, wording)


def _clearances(workspace: Workspace, reference: str) -> Clearances:
    """The clearances of one release."""
    if not has_ledger(workspace):
        return ()
    if os.environ.get(DATABASE):
        with open_ledger(workspace) as ledger:
            standing = ledger.standing(reference)
        return standing.clearances if standing else ()
    file = workspace.root / STATE / LEDGER
    written = tuple(_written(file.with_name(f"{LEDGER}{end}")) for end in ("", "-wal"))
    return _all(workspace, written).get(reference, ())


def _written(file: Path) -> tuple[int, int]:
    """When a file was written last, and its size; nothing where there is none."""
    try:
        status = file.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=1)  # ten thousand releases are checked in a row
def _all(workspace: Workspace, _written: tuple[tuple[int, int], ...]) -> dict[str, Clearances]:
    """The clearances of every release that has any, by reference, as of when the ledger was written last."""
    with open_ledger(workspace) as ledger:
        return {key: each.clearances for key, each in ledger.standings().items() if each.clearances}
