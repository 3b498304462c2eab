"""Bring the engine and the newsroom back to what the ledger says: after a restore, or a move of databases."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.publish.issue_orders import owed_issues
from pressgen.actions.publish.lasting import read_office_for_lifts
from pressgen.actions.publish.newsroom import Front
from pressgen.actions.publish.waking import timetable
from pressgen.actions.workspace.office import DATABASE, open_ledger
from pressgen.errors import MachineLacks, WrongUse
from pressgen.ledger.migrate import carry
from pressgen.scheduler.handlers import Due

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace


@dataclass(frozen=True, slots=True)
class Resynced:
    """What was found: lifts that are owed, those that the engine lacked, releases that are public."""

    owed: int
    missing: Sequence[Due]
    public: int


def resync(workspace: Workspace, now: datetime) -> Resynced:
    """Give the engine what it lacks, and make the newsroom anew; what is right already stays.

    Raises:
        MachineLacks: the ledger, the engine's record or the newsroom cannot be reached or written.
        Refused: a public file is not in the ledger as it was approved.
    """
    office = read_office_for_lifts(workspace).office
    with open_ledger(workspace) as ledger:
        standings = ledger.standings().values()
        owed = [Due(each.lift_at, each.reference, each.revision) for each in standings if each.lift_at is not None]
        issues = [due for each in standings for due in owed_issues(each, each.issue_at or now)]
        with timetable(workspace) as held:
            missing = held.resync([*owed, *issues], now)
        front = Front(workspace, office, ledger)
        front.tidy()
        front.record_address(now)
        outcome = front.rebuild(now)
    if not outcome.ok:
        raise MachineLacks(f"the newsroom was not made anew: {outcome.detail}")
    return Resynced(len(owed), missing, sum(each.lifted_at is not None for each in standings))


def carry_over(file: Path) -> int:
    """Carry the ledger in a SQLite file over to the database that PRESSGEN_DATABASE names; how many entries.

    Raises:
        WrongUse: it names none.
        StateForbids: there is a ledger in it already.
        Refused: the chain does not hold; nothing is carried.
        MachineLacks: one of the two cannot be reached.
    """
    if not (target := os.environ.get(DATABASE)):
        raise WrongUse(f"{DATABASE} names no database to carry the ledger over to; see the manual")
    return carry(f"sqlite:///{file.resolve()}", target)
