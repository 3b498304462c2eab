"""Order a worker to issue a release at its time of issue.

The order can be cancelled; the worker carries it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.approve.standing_checks import find_time_zone, format_instant
from pressgen.actions.distribute.issue import plan_issue_from_folder, require_issue_channel
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.distribute.reader_copies import CopyOptions
from pressgen.actions.publish.list_mailings import ListMailer
from pressgen.actions.publish.newsroom_folder import WORKER_ACTOR
from pressgen.actions.publish.office_snapshot import read_office_for_lifts, save_office_snapshot
from pressgen.actions.publish.scheduler_access import make_unsynced_error, open_scheduler_client
from pressgen.actions.workspace.office import load_office, open_ledger, require_standing
from pressgen.actions.workspace.permissions import authorise_actor, require_one_line
from pressgen.errors import EnvironmentFailureError, InputError, StateError, UsageError
from pressgen.model.issue_order import IssueOrdered, IssueOrderEnded
from pressgen.scheduler.handlers import DueJob, PermanentFailureError, TemporaryFailureError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.issue_order import Ending
    from pressgen.model.standing import PendingIssue, Standing


def schedule_issue(workspace: Workspace, path: Path, order: IssueRequest, who: str | None, now: datetime) -> Standing:
    """Schedule the issue of a release to a list.

    A worker sends it at its time of issue, in the version that is approved then.

    Returns:
        its standing after that; `issue_at` is the hour.

    Raises:
        StateError: as `issue_release`; or it names no time of issue, that has passed, or the same is ordered
            already.
        UsageError: as `issue_release`; or copies are to be locked, and nobody would have the password at the time.
        InputError: as `issue_release`.
        EnvironmentFailureError: the ledger or the scheduler cannot be written.
    """
    office = load_office(workspace)
    actor = authorise_actor(office, who, "head", to="order an issue")
    require_issue_channel(office)
    if order.copying.password is not None:
        raise UsageError("pressgen does not store passwords: issue locked copies by hand at the time of issue")
    with open_ledger(workspace) as ledger:
        plan_issue_from_folder(workspace, office, ledger, path, order, now)
        save_office_snapshot(workspace)
        before = require_standing(ledger, path)
        with ledger.exclusive(before.reference, before.slug) as transaction:
            at = _require_issue_hour(transaction.standing, order.list, now)
            number = transaction.standing.issue_orders + 1
            event = IssueOrdered(number=number, list=order.list, marked=order.copying.marked, note=order.note)
            transaction.append(event, actor=actor, at=now)
    try:
        with open_scheduler_client(workspace) as client:
            client.resync([DueJob(at, before.reference, number, "issue")], now)
    except EnvironmentFailureError as lack:
        raise make_unsynced_error(lack) from None
    return transaction.standing


def cancel_scheduled_issue(
    workspace: Workspace, path: Path, name: str, who: str | None, reason: str, now: datetime
) -> Standing:
    """Cancel the scheduled issue of the release at `path` to a list.

    Raises:
        StateError: nothing of that kind is ordered.
        EnvironmentFailureError: the ledger cannot be written.
    """
    actor = authorise_actor(load_office(workspace), who, "head", to="cancel an order")
    why = require_one_line(reason, "--because")
    with open_ledger(workspace) as ledger:
        before = require_standing(ledger, path)
        with ledger.exclusive(before.reference, before.slug) as transaction:
            order = next((each for each in transaction.standing.pending_issues if each.list == name), None)
            if order is None:
                raise StateError(
                    f"no issue of {before.reference} to “{name}” is ordered, so there is nothing to cancel"
                )
            transaction.append(_create_ended_event(order, "cancelled", why), actor=actor, at=now)
    return transaction.standing  # the scheduler wakes, reads this, and does nothing


def list_due_issues(standing: Standing, before: datetime) -> list[DueJob]:
    """List the issues that a worker has to send before an instant."""
    at = standing.issue_at
    if at is None or at > before:
        return []
    return [DueJob(at, standing.reference, each.number, "issue") for each in standing.pending_issues]


@dataclass(frozen=True, slots=True)
class ScheduledIssueSender:
    """Sends scheduled issues in the name of the worker.

    Attributes:
        clock: gives the present instant, aware.
    """

    workspace: Workspace
    ledger: Ledger
    clock: Callable[[], datetime]

    def send(self, reference: str, number: int, at_ms: int) -> str:
        """Issue what was ordered, if it is still to be issued.

        The ledger and the office's file, read now, decide. Returns what was done, or "".

        Raises:
            PermanentFailureError: it may not go any more, or some of it is refused permanently; a person must
                decide.
            TemporaryFailureError: the clock is before the hour, or some of it was not accepted; the next call tries
                only that.
            PressgenError: another program is sending this release, or the ledger cannot be written.
        """
        standing = self.ledger.standing(reference)
        order = _find_pending_issue(standing, number)
        if standing is None or order is None:
            return ""
        now, at = self.clock(), standing.issue_at
        if at is None:
            raise PermanentFailureError(f"{reference} no longer has a time of issue")
        if round(at.timestamp() * 1000) != at_ms:
            return ""  # it has another hour now; the scheduler wakes then, too
        if now < at:
            raise TemporaryFailureError(f"the clock says {now.isoformat()}, which is before the time of issue")
        self._see_embargo(standing, now)
        mailer = ListMailer(self.workspace, read_office_for_lifts(self.workspace).office, self.ledger, self.clock)
        wanted = IssueRequest(order.list, CopyOptions(marked=order.marked), note=order.note)
        try:
            require_issue_channel(mailer.office)
            plan = mailer.plan(standing, wanted)
        except (StateError, UsageError, InputError) as refusal:
            raise PermanentFailureError("; ".join(refusal.lines())) from None
        outcome = mailer.carry_out(plan, mailer.office.at_issue)
        if not outcome.ok:
            raise PermanentFailureError(outcome.detail) if outcome.permanent else TemporaryFailureError(outcome.detail)
        self.end(reference, number, "sent", outcome.detail)
        return f"{reference}: issued to {order.list}; {outcome.detail}"

    def end(self, reference: str, number: int, ending: Ending, detail: str) -> None:
        """Record that an order has ended, unless that is recorded already."""
        standing = self.ledger.standing(reference)
        if standing is None or _find_pending_issue(standing, number) is None:
            return
        with self.ledger.exclusive(reference, standing.slug) as transaction:
            if order := _find_pending_issue(transaction.standing, number):
                transaction.append(_create_ended_event(order, ending, detail), actor=WORKER_ACTOR, at=self.clock())

    def _see_embargo(self, standing: Standing, now: datetime) -> None:
        if standing.embargo is not None and now >= standing.embargo:
            ended = format_instant(standing.embargo, find_time_zone(standing))
            raise PermanentFailureError(
                f"T13 the embargo of {standing.reference} ended at {ended}, before everybody had received it;"
                " once it is"
                f" public, a person may issue it as public: pressgen issue {standing.slug} --list NAME"
            )


def _find_pending_issue(standing: Standing | None, number: int) -> PendingIssue | None:
    return next((each for each in standing.pending_issues if each.number == number), None) if standing else None


def _create_ended_event(order: PendingIssue, ending: Ending, detail: str) -> IssueOrderEnded:
    return IssueOrderEnded(number=order.number, list=order.list, ending=ending, detail=detail)


def _require_issue_hour(standing: Standing, name: str, now: datetime) -> datetime:
    at, slug = standing.issue_at, standing.slug
    if at is None:
        raise StateError(
            f"{standing.reference} has no time of issue: add issue: to its times and have it approved, or"
            f" issue it now, with: pressgen issue {slug} --list {name}"
        )
    if at <= now:
        hour = format_instant(at, find_time_zone(standing))
        raise StateError(
            f"the time of issue of {standing.reference}, {hour}, has passed; to issue it now: pressgen issue {slug}"
            f" --list {name}"
        )
    if any(each.list == name for each in standing.pending_issues):
        hour = format_instant(at, find_time_zone(standing))
        raise StateError(
            f"the issue of {standing.reference} to “{name}” at {hour} is already ordered; to cancel it: pressgen"
            f" unschedule {slug} --list {name} --because TEXT"
        )
    return at
