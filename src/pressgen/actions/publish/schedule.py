"""Set a lift to its hour, or take it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.approve.allowed import see_approved, see_embargo_holds, shown, zone_of
from pressgen.actions.distribute.message import see_unchanged
from pressgen.actions.publish.lasting import keep_office
from pressgen.actions.publish.newsroom import reconcile_release
from pressgen.actions.publish.waking import wake
from pressgen.actions.workspace.folder import take
from pressgen.actions.workspace.office import open_ledger, stands, take_office
from pressgen.actions.workspace.permissions import acting, one_line
from pressgen.errors import MachineLacks, StateForbids
from pressgen.model.event import Scheduled, Unscheduled
from pressgen.model.standing import State

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.ledger.transaction import Turn
    from pressgen.model.standing import Standing


def schedule(workspace: Workspace, path: Path, who: str | None, now: datetime) -> Standing:
    """Have the release at `path` lifted when its embargo ends; from here on nothing of it may change.

    Returns: where it stands then; `lift_at` is the hour.

    Raises:
        StateForbids: it is not approved, has its hour already, has none, or its hour has passed.
        Refused: an approved file is not in the ledger as it was approved, or the release is at fault now.
        MachineLacks: the ledger or the engine cannot be written.
    """
    actor = acting(take_office(workspace), who, "head", to="schedule a lift")
    with open_ledger(workspace) as ledger:
        before = stands(ledger, path)
        see_approved(before)
        see_kept(ledger, before)
        keep_office(workspace)  # lifts go on with this reading, should the file be at fault then
        see_unchanged(take(workspace, workspace.root / "releases" / before.slug), before.version, before)
        with ledger.exclusive(before.reference, before.slug) as turn:
            was = turn.standing.revision
            hour = _hour(turn.standing, now)
            turn.append(Scheduled(revision=was + 1, lift_at=hour), actor=actor, at=now)
    wake(workspace, turn.standing, was, now)
    return turn.standing


def unschedule(workspace: Workspace, path: Path, who: str | None, reason: str, now: datetime) -> Standing:
    """Take the lift of the release at `path` off, until it is scheduled anew; where it stands then.

    Raises:
        StateForbids: it is not scheduled.
        MachineLacks: the ledger or the engine cannot be written.
    """
    office = take_office(workspace)
    actor = acting(office, who, "head", to="take a lift off")
    why = one_line(reason, "--because")
    with open_ledger(workspace) as ledger:
        before = stands(ledger, path)
        with ledger.exclusive(before.reference, before.slug) as turn:
            was = turn.standing.revision
            if not turn.standing.scheduled:
                raise StateForbids(f"{before.reference} is not scheduled: there is nothing to take off")
            see_embargo_holds(turn.standing)
            turn.append(Unscheduled(revision=was + 1, reason=why), actor=actor, at=now)
        uncleared = reconcile_release(workspace, office, ledger, before.reference, lambda: now)
    wake(workspace, turn.standing, was, now)
    if uncleared:
        message = f"{before.reference} is off, but a worker may have shown it already: {uncleared}"
        raise MachineLacks(f"{message}; mend that, then run: pressgen engine resync")
    return turn.standing


def bring_due(workspace: Workspace, path: Path, who: str | None, now: datetime) -> Standing:
    """See that the release at `path` is due: its hour has come, or it has none and is lifted at once.

    Raises:
        StateForbids: it is not approved, or its hour has not come.
        Refused, MachineLacks: as `schedule`.
    """
    actor = acting(take_office(workspace), who, "head", to="lift a release")
    with open_ledger(workspace) as ledger:
        before = stands(ledger, path)
        see_kept(ledger, before)
        with ledger.exclusive(before.reference, before.slug) as turn:
            see_approved(turn.standing)
            hour = turn.standing.lift_at or (before.version.hour if before.version else None)
            if hour is not None and hour > now:
                raise StateForbids(_too_early(turn.standing, hour))
            was = turn.standing.revision
            schedule_due(turn, hour, actor, now)
    wake(workspace, turn.standing, was, now)
    return turn.standing


def schedule_due(turn: Turn, hour: datetime | None, actor: str, now: datetime) -> None:
    """Schedule a release that is due, unless its lift is scheduled and has not failed: then nothing is recorded."""
    if turn.standing.lift_at is None or turn.standing.state is State.FAILED:
        turn.append(Scheduled(revision=turn.standing.revision + 1, lift_at=hour or now), actor=actor, at=now)


def see_kept(ledger: Ledger, standing: Standing) -> None:
    """See that every approved file is kept as it was approved.

    Raises:
        Refused: one is missing, or is another.
    """
    for digest in standing.version.files.values() if standing.version else ():
        ledger.fetch(digest)


def _too_early(standing: Standing, hour: datetime) -> str:
    version, slug = standing.version, standing.slug
    held = "under embargo" if version and version.embargo and version.embargo >= hour else "not to be public"
    return (
        f"{standing.reference} is {held} until {shown(hour, zone_of(standing))}: then a worker lifts it, if it is"
        f" scheduled; to end that now, by decision: pressgen lift {slug} --before-embargo --because TEXT; to another"
        f" time: pressgen move {slug} --to TIME --because TEXT"
    )


def _hour(standing: Standing, now: datetime) -> datetime:
    see_approved(standing)
    name, slug, version = standing.reference, standing.slug, standing.version
    if standing.lift_at is not None:
        at = shown(standing.lift_at, zone_of(standing))
        raise StateForbids(f"{name} is scheduled for {at}; another time: pressgen move {slug} --to TIME --because TEXT")
    hour = version.hour if version else None
    if hour is None:
        raise StateForbids(f"{name} is for immediate release: lift it with: pressgen lift {slug}")
    if hour <= now:
        at = shown(hour, zone_of(standing))
        raise StateForbids(f"{name} was to be lifted at {at}: lift it now, with: pressgen lift {slug}")
    return hour
