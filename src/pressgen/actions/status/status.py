"""The status of releases: signatures, and changes since then."""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.actions.status.report import SignatureStatus, StatusReport
from pressgen.actions.workspace.folder import RELEASE, list_translations
from pressgen.actions.workspace.office import open_ledger
from pressgen.actions.workspace.read_files import read_file
from pressgen.errors import InputError
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
            from pressgen.actions.status.changes_since_signing import create_status_report

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
            problems=_find_reading_problems(workspace, each),
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


def _find_reading_problems(workspace: Workspace, standing: Standing) -> tuple[str, ...]:
    """Find the reasons why a release's files cannot be read.

    Each is one line, `file:line:col: CODE message`; there are none where the files are readable.

    A file that equals a signed one byte for byte was readable then, and is not read again. A missing folder or
    `release.yaml` is no fault here.
    """
    folder = workspace.root / "releases" / standing.slug
    try:
        names = {RELEASE, *list_translations(str(folder))} if (folder / RELEASE).exists() else set()
    except OSError as error:
        return (f"{workspace.shown(folder)}: K01 cannot be read: {error.strerror}",)
    versions = [each for each in (standing.correction, standing.version, standing.proposed) if each is not None]
    return tuple(
        line
        for name in sorted(names)
        for line in _read_file_problems(workspace, folder / name, {each.data.get(name, "") for each in versions})
    )


def _read_file_problems(workspace: Workspace, file: Path, signed: set[str]) -> list[str]:
    from pressgen.load.release import read_release

    shown = workspace.shown(file)
    try:
        data = read_file(workspace.root, file, shown)
        if sha256(data).hexdigest() not in signed:
            read_release(data, shown)
    except InputError as refusal:
        return refusal.lines()
    return []
