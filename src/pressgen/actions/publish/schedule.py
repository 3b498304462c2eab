"""Schedule a lift for its hour, or cancel it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.approve.standing_checks import (
    find_time_zone,
    format_instant,
    require_approved,
    require_embargo_in_force,
)
from pressgen.actions.distribute.message import require_unchanged
from pressgen.actions.publish.newsroom_folder import reconcile_release
from pressgen.actions.publish.office_snapshot import save_office_snapshot
from pressgen.actions.publish.scheduler_access import sync_scheduled_lift
from pressgen.actions.workspace.folder import load_release
from pressgen.actions.workspace.office import load_office, open_ledger, require_standing
from pressgen.actions.workspace.permissions import authorise_actor, require_one_line
from pressgen.errors import EnvironmentFailureError, StateError
from pressgen.model.event import Scheduled, Unscheduled
from pressgen.model.standing import State

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.ledger.transaction import LedgerTransaction
    from pressgen.model.standing import Standing


def schedule_lift(workspace: Workspace, path: Path, who: str | None, now: datetime) -> Standing:
    """Schedule the lift of the release for the end of its embargo.

    From then on nothing of the release may change.

    Returns: its standing after that; `lift_at` is the hour.

    Raises:
        StateError: it is not approved, has its hour already, has none, or its hour has passed.
        InputError: an approved file is not in the ledger as it was approved, or the release is at fault now.
        EnvironmentFailureError: the ledger or the scheduler cannot be written.
    """
    actor = authorise_actor(load_office(workspace), who, "head", to="schedule a lift")
    with open_ledger(workspace) as ledger:
        before = require_standing(ledger, path)
        require_approved(before)
        require_approved_files(ledger, before)
        save_office_snapshot(workspace)  # lifts use this version if the file is faulty then
        require_unchanged(load_release(workspace, workspace.root / "releases" / before.slug), before.version, before)
        with ledger.exclusive(before.reference, before.slug) as transaction:
            was = transaction.standing.revision
            hour = _require_lift_hour(transaction.standing, now)
            transaction.append(Scheduled(revision=was + 1, lift_at=hour), actor=actor, at=now)
    sync_scheduled_lift(workspace, transaction.standing, was, now)
    return transaction.standing


def unschedule_lift(workspace: Workspace, path: Path, who: str | None, reason: str, now: datetime) -> Standing:
    """Cancel the scheduled lift of the release; return its standing.

    Raises:
        StateError: it is not scheduled.
        EnvironmentFailureError: the ledger or the scheduler cannot be written.
    """
    office = load_office(workspace)
    actor = authorise_actor(office, who, "head", to="cancel a lift")
    why = require_one_line(reason, "--because")
    with open_ledger(workspace) as ledger:
        before = require_standing(ledger, path)
        with ledger.exclusive(before.reference, before.slug) as transaction:
            was = transaction.standing.revision
            if not transaction.standing.scheduled:
                raise StateError(f"{before.reference} is not scheduled, so there is nothing to cancel")
            require_embargo_in_force(transaction.standing)
            transaction.append(Unscheduled(revision=was + 1, reason=why), actor=actor, at=now)
        uncleared = reconcile_release(workspace, office, ledger, before.reference, lambda: now)
    sync_scheduled_lift(workspace, transaction.standing, was, now)
    if uncleared:
        message = f"{before.reference} is off the schedule, but a worker may already have published it: {uncleared}"
        raise EnvironmentFailureError(f"{message}; fix that, then run: pressgen engine resync")
    return transaction.standing


def schedule_immediate_lift(workspace: Workspace, path: Path, who: str | None, now: datetime) -> Standing:
    """Schedule the lift for now, if the hour allows it.

    The hour has come, or the release has none.

    Raises:
        StateError: it is not approved, or its hour has not come.
        InputError, EnvironmentFailureError: as `schedule_lift`.
    """
    actor = authorise_actor(load_office(workspace), who, "head", to="lift a release")
    with open_ledger(workspace) as ledger:
        before = require_standing(ledger, path)
        require_approved_files(ledger, before)
        with ledger.exclusive(before.reference, before.slug) as transaction:
            require_approved(transaction.standing)
            hour = transaction.standing.lift_at or (before.version.hour if before.version else None)
            if hour is not None and hour > now:
                raise StateError(_explain_too_early(transaction.standing, hour))
            was = transaction.standing.revision
            record_due_lift(transaction, hour, actor, now)
    sync_scheduled_lift(workspace, transaction.standing, was, now)
    return transaction.standing


def record_due_lift(transaction: LedgerTransaction, hour: datetime | None, actor: str, now: datetime) -> None:
    """Record the schedule of a due lift, unless it is recorded already.

    A lift that failed is recorded again.
    """
    if transaction.standing.lift_at is None or transaction.standing.state is State.FAILED:
        transaction.append(
            Scheduled(revision=transaction.standing.revision + 1, lift_at=hour or now), actor=actor, at=now
        )


def require_approved_files(ledger: Ledger, standing: Standing) -> None:
    """Raise an error unless the ledger keeps every file as approved.

    Raises:
        InputError: one is missing, or was changed.
    """
    for digest in standing.version.files.values() if standing.version else ():
        ledger.fetch(digest)


def _explain_too_early(standing: Standing, hour: datetime) -> str:
    version, slug = standing.version, standing.slug
    held = "under embargo" if version and version.embargo and version.embargo >= hour else "not to be public"
    return (
        f"{standing.reference} is {held} until {format_instant(hour, find_time_zone(standing))}: a worker lifts it"
        f" then, if it is scheduled; to end the embargo now: pressgen lift {slug} --before-embargo --because TEXT;"
        f" to change the time: pressgen move {slug} --to TIME --because TEXT"
    )


def _require_lift_hour(standing: Standing, now: datetime) -> datetime:
    require_approved(standing)
    name, slug, version = standing.reference, standing.slug, standing.version
    if standing.lift_at is not None:
        at = format_instant(standing.lift_at, find_time_zone(standing))
        raise StateError(
            f"{name} is scheduled for {at}; to change the time: pressgen move {slug} --to TIME --because TEXT"
        )
    hour = version.hour if version else None
    if hour is None:
        raise StateError(f"{name} is for immediate release; to publish it: pressgen lift {slug}")
    if hour <= now:
        at = format_instant(hour, find_time_zone(standing))
        raise StateError(f"{name} was due to be lifted at {at}; to publish it now: pressgen lift {slug}")
    return hour
