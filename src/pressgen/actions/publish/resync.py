"""Make the scheduler and the newsroom match the ledger again.

This is needed after a restore, or a move of databases.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.publish.newsroom_folder import NewsroomFolder
from pressgen.actions.publish.office_snapshot import read_office_for_lifts
from pressgen.actions.publish.scheduled_issues import list_due_issues
from pressgen.actions.publish.scheduler_access import open_scheduler_client
from pressgen.actions.workspace.office import DATABASE, open_ledger
from pressgen.errors import EnvironmentFailureError, UsageError
from pressgen.ledger.migrate import migrate_ledger
from pressgen.scheduler.handlers import DueJob

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace


@dataclass(frozen=True, slots=True)
class ResyncResult:
    """The lifts due, the lifts added, and the number of public releases."""

    owed: int
    missing: Sequence[DueJob]
    public: int


def sync_with_ledger(workspace: Workspace, now: datetime) -> ResyncResult:
    """Add missing lifts to the scheduler, and rebuild the newsroom.

    What is right already is not changed.

    Raises:
        EnvironmentFailureError: the ledger, the scheduler's database or the newsroom cannot be reached or written.
        InputError: a public file is not in the ledger as it was approved.
    """
    office = read_office_for_lifts(workspace).office
    with open_ledger(workspace) as ledger:
        standings = ledger.standings().values()
        owed = [DueJob(each.lift_at, each.reference, each.revision) for each in standings if each.lift_at is not None]
        issues = [due for each in standings for due in list_due_issues(each, each.issue_at or now)]
        with open_scheduler_client(workspace) as client:
            missing = client.resync([*owed, *issues], now)
        newsroom = NewsroomFolder(workspace, office, ledger)
        newsroom.tidy()
        newsroom.record_address(now)
        outcome = newsroom.rebuild(now)
    if not outcome.ok:
        raise EnvironmentFailureError(f"the newsroom was not rebuilt: {outcome.detail}")
    return ResyncResult(len(owed), missing, sum(each.lifted_at is not None for each in standings))


def migrate_sqlite_ledger(file: Path) -> int:
    """Copy a SQLite ledger into the database that PRESSGEN_DATABASE names.

    Return the number of entries.

    Raises:
        UsageError: it names none.
        StateError: there is a ledger in it already.
        InputError: the chain is broken; nothing is copied.
        EnvironmentFailureError: one of the two cannot be reached.
    """
    if not (target := os.environ.get(DATABASE)):
        raise UsageError(f"{DATABASE} does not name a database to copy the ledger to; see: pressgen manual office")
    return migrate_ledger(f"sqlite:///{file.resolve()}", target)
