"""The status of releases: signatures, and changes since then."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pressgen.actions.status.display import find_reading_problems
from pressgen.actions.status.report import SignatureStatus, StatusReport
from pressgen.actions.workspace.folder import RELEASE
from pressgen.actions.workspace.office import open_ledger
from pressgen.model.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace


def list_status_reports(workspace: Workspace, paths: Sequence[Path], now: datetime) -> list[StatusReport]:
    """Report on the releases at `paths`, or on all as recorded.

    Those at `paths` are compared with their data. If a release's files cannot be read, its faults are in `problems`,
    and all others are still listed.

    Raises:
        UsageError: there is no release at a path, neither in its folder nor in the ledger.
        EnvironmentFailureError, InputError: the ledger cannot be read.
    """
    with open_ledger(workspace) as ledger:
        if paths:
            from pressgen.actions.status.compared import create_status_report

            return [create_status_report(workspace, ledger, path, now) for path in paths]
        recorded = list(ledger.standings().values())
        failures = ledger.failures([each.reference for each in recorded if each.failures])
        bounces = ledger.bounces([each.reference for each in recorded if each.bounces or each.delays])
    slugs = {each.slug for each in recorded}
    every = [*recorded, *(Standing(reference="", slug=slug) for slug in _list_draft_slugs(workspace, slugs))]
    return [
        StatusReport(
            each,
            each.overdue(now),
            tuple(map(SignatureStatus, each.signatures)),
            problems=find_reading_problems(workspace, each),
            failures=failures.get(each.reference, ()),
            bounces=bounces.get(each.reference, ()),
        )
        for each in sorted(every, key=lambda each: each.slug)
    ]


def _list_draft_slugs(workspace: Workspace, known: set[str]) -> Iterator[str]:
    """Yield the folder names of releases that the ledger does not know."""
    with os.scandir(workspace.root / "releases") as entries:
        for entry in entries:
            if entry.name not in known and os.path.isfile(f"{entry.path}/{RELEASE}"):  # noqa: PTH113 - ten thousand
                yield entry.name
