"""Order that a worker issues a release at its time of issue, take that back, and carry it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.approve.allowed import shown, zone_of
from pressgen.actions.distribute.copies import Copying
from pressgen.actions.distribute.issue import plan_from_desk, see_ways
from pressgen.actions.distribute.plan import IssueOrder
from pressgen.actions.publish.lasting import keep_office, read_office_for_lifts
from pressgen.actions.publish.lift_lists import ListMailer
from pressgen.actions.publish.publish import ROBOT, NotNow
from pressgen.actions.publish.waking import timetable
from pressgen.actions.workspace.office import open_ledger, stands, take_office
from pressgen.actions.workspace.permissions import acting, one_line
from pressgen.errors import MachineLacks, Refused, StateForbids, WrongUse
from pressgen.model.issue_order import IssueOrdered, IssueOrderEnded
from pressgen.scheduler.handlers import Due, Hopeless

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.issue_order import Ending
    from pressgen.model.standing import PendingIssue, Standing


def order_issue(workspace: Workspace, path: Path, order: IssueOrder, who: str | None, now: datetime) -> Standing:
    """Have a worker issue the release at `path` to a list at its time of issue, as it is approved then.

    Returns: where it stands then; `issue_at` is the hour.

    Raises:
        StateForbids: as `issue`; or it names no time of issue, that has passed, or the same is ordered already.
        WrongUse: as `issue`; or copies are to be locked, whose password nobody would have at the time.
        Refused: as `issue`.
        MachineLacks: the ledger or the engine cannot be written.
    """
    office = take_office(workspace)
    actor = acting(office, who, "head", to="order an issue")
    see_ways(office)
    if order.copying.password is not None:
        raise WrongUse("a password is not kept until the time of issue: issue locked copies by hand, then")
    with open_ledger(workspace) as ledger:
        plan_from_desk(workspace, office, ledger, path, order, now)
        keep_office(workspace)
        before = stands(ledger, path)
        with ledger.exclusive(before.reference, before.slug) as turn:
            at = _hour(turn.standing, order.list, now)
            number = turn.standing.issue_orders + 1
            event = IssueOrdered(number=number, list=order.list, marked=order.copying.marked, note=order.note)
            turn.append(event, actor=actor, at=now)
    try:
        with timetable(workspace) as held:
            held.resync([Due(at, before.reference, number, "issue")], now)
    except MachineLacks as lack:
        message = f"it is in the ledger, but not yet with the engine: {lack}; then run: pressgen engine resync"
        raise MachineLacks(message) from None
    return turn.standing


def cancel_issue(workspace: Workspace, path: Path, name: str, who: str | None, reason: str, now: datetime) -> Standing:
    """Take back that the release at `path` is issued to the list `name` at its time of issue.

    Raises:
        StateForbids: nothing of that kind is ordered.
        MachineLacks: the ledger cannot be written.
    """
    actor = acting(take_office(workspace), who, "head", to="take an order back")
    why = one_line(reason, "--because")
    with open_ledger(workspace) as ledger:
        before = stands(ledger, path)
        with ledger.exclusive(before.reference, before.slug) as turn:
            order = next((each for each in turn.standing.pending_issues if each.list == name), None)
            if order is None:
                raise StateForbids(
                    f"no issue of {before.reference} to “{name}” is ordered: there is nothing to take back"
                )
            turn.append(_ended(order, "cancelled", why), actor=actor, at=now)
    return turn.standing  # the engine wakes, reads this in the ledger, and does nothing


def owed_issues(standing: Standing, before: datetime) -> list[Due]:
    """What a worker is to issue before an instant."""
    at = standing.issue_at
    if at is None or at > before:
        return []
    return [Due(at, standing.reference, each.number, "issue") for each in standing.pending_issues]


@dataclass(frozen=True, slots=True)
class OrderedIssues:
    """Carries out orders in the name of the worker.

    Attributes:
        clock: gives the present instant, aware.
    """

    workspace: Workspace
    ledger: Ledger
    clock: Callable[[], datetime]

    def send(self, reference: str, number: int, at_ms: int) -> str:
        """Issue what was ordered if the ledger and the office's file, read now, still say so; what was done, or "".

        Raises:
            Hopeless: it may not go any more, or some of it is refused for good; a person must decide.
            NotNow: the clock is before the hour, or some of it was not taken; the next call tries those alone.
            PressgenError: another program is sending this release, or the ledger cannot be written.
        """
        standing = self.ledger.standing(reference)
        order = _pending(standing, number)
        if standing is None or order is None:
            return ""
        now, at = self.clock(), standing.issue_at
        if at is None:
            raise Hopeless(f"{reference} names no time of issue any more")
        if round(at.timestamp() * 1000) != at_ms:
            return ""  # it is another hour now, at which the engine is woken as well
        if now < at:
            raise NotNow(f"the clock says {now.isoformat()}, which is before the time of issue")
        self._see_embargo(standing, now)
        mailer = ListMailer(self.workspace, read_office_for_lifts(self.workspace).office, self.ledger, self.clock)
        wanted = IssueOrder(order.list, Copying(marked=order.marked), note=order.note)
        try:
            see_ways(mailer.office)
            plan = mailer.plan(standing, wanted)
        except (StateForbids, WrongUse, Refused) as refusal:
            raise Hopeless("; ".join(refusal.lines())) from None
        outcome = mailer.carry_out(plan, mailer.office.at_issue)
        if not outcome.ok:
            raise Hopeless(outcome.detail) if outcome.permanent else NotNow(outcome.detail)
        self.end(reference, number, "sent", outcome.detail)
        return f"{reference}: issued to {order.list}; {outcome.detail}"

    def end(self, reference: str, number: int, ending: Ending, detail: str) -> None:
        """Record that an order has ended, unless it has."""
        standing = self.ledger.standing(reference)
        if standing is None or _pending(standing, number) is None:
            return
        with self.ledger.exclusive(reference, standing.slug) as turn:
            if order := _pending(turn.standing, number):
                turn.append(_ended(order, ending, detail), actor=ROBOT, at=self.clock())

    def _see_embargo(self, standing: Standing, now: datetime) -> None:
        if standing.embargo is not None and now >= standing.embargo:
            ended = shown(standing.embargo, zone_of(standing))
            raise Hopeless(
                f"T13 the embargo of {standing.reference} ended at {ended}, before everybody was sent it; once it is"
                f" public, a person may issue it as public: pressgen issue {standing.slug} --list NAME"
            )


def _pending(standing: Standing | None, number: int) -> PendingIssue | None:
    return next((each for each in standing.pending_issues if each.number == number), None) if standing else None


def _ended(order: PendingIssue, ending: Ending, detail: str) -> IssueOrderEnded:
    return IssueOrderEnded(number=order.number, list=order.list, ending=ending, detail=detail)


def _hour(standing: Standing, name: str, now: datetime) -> datetime:
    at, slug = standing.issue_at, standing.slug
    if at is None:
        raise StateForbids(
            f"{standing.reference} names no time of issue: write issue: into its times, and have that approved; or"
            f" issue it now, with: pressgen issue {slug} --list {name}"
        )
    if at <= now:
        hour = shown(at, zone_of(standing))
        raise StateForbids(
            f"the time of issue of {standing.reference}, {hour}, has passed: issue it now, with: pressgen issue {slug}"
            f" --list {name}"
        )
    if any(each.list == name for each in standing.pending_issues):
        hour = shown(at, zone_of(standing))
        raise StateForbids(
            f"the issue of {standing.reference} to “{name}” at {hour} is ordered already; take that back with: pressgen"
            f" unschedule {slug} --list {name} --because TEXT"
        )
    return at
