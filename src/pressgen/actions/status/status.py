"""Where releases stand: who put his name to what, and what has changed since."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pressgen.actions.status.display import find_faults
from pressgen.actions.status.report import Report, Signed
from pressgen.actions.workspace.folder import RELEASE
from pressgen.actions.workspace.office import open_ledger
from pressgen.model.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace


def status(workspace: Workspace, paths: Sequence[Path], now: datetime) -> list[Report]:
    """Where the releases at `paths` stand, compared with their data; without paths, where all do, as recorded.

    A release whose files cannot be read has its faults as `problems`, and hides no other.

    Raises:
        WrongUse: there is no release at a path, neither in its folder nor in the ledger.
        MachineLacks, Refused: the ledger cannot be read.
    """
    with open_ledger(workspace) as ledger:
        if paths:
            from pressgen.actions.status.compared import compared  # noqa: PLC0415 - reads releases, which a list does not

            return [compared(workspace, ledger, path, now) for path in paths]
        recorded = list(ledger.standings().values())
        failures = ledger.failures([each.reference for each in recorded if each.failures])
        bounces = ledger.bounces([each.reference for each in recorded if each.bounces or each.delays])
    slugs = {each.slug for each in recorded}
    every = [*recorded, *(Standing(reference="", slug=slug) for slug in _drafts(workspace, slugs))]
    return [
        Report(
            each,
            each.overdue(now),
            tuple(map(Signed, each.signatures)),
            problems=find_faults(workspace, each),
            failures=failures.get(each.reference, ()),
            bounces=bounces.get(each.reference, ()),
        )
        for each in sorted(every, key=lambda each: each.slug)
    ]


def _drafts(workspace: Workspace, known: set[str]) -> Iterator[str]:
    """The names of the releases' folders of which the ledger knows nothing."""
    with os.scandir(workspace.root / "releases") as entries:
        for entry in entries:
            if entry.name not in known and os.path.isfile(f"{entry.path}/{RELEASE}"):  # noqa: PTH113 - ten thousand
                yield entry.name
