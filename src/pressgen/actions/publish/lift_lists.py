"""Send a release that has become public to the lists of `at_lift`: to whoever had no embargoed copy, each once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.distribute.plan import IssueOrder, carry_out, plan_issue
from pressgen.actions.distribute.sending import Sending, Watch
from pressgen.actions.publish.publish import ROBOT
from pressgen.actions.review.versions import read_kept
from pressgen.channels.outcome import Outcome
from pressgen.channels.retry import Patience
from pressgen.errors import WrongUse
from pressgen.model.office import PostChannel
from pressgen.model.outcome import ARRIVED
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from pressgen.actions.distribute.plan import IssuePlan
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Sent
    from pressgen.model.office import Office
    from pressgen.model.standing import Standing


@dataclass(frozen=True, slots=True)
class ListMailer:
    """Mails releases to lists in the name of the worker: what the ledger keeps, whatever lies in the folder by then.

    Attributes:
        clock: gives the present instant, aware.
    """

    workspace: Workspace
    office: Office
    ledger: Ledger
    clock: Callable[[], datetime]

    def send_public(self, standing: Standing, name: str) -> Outcome:
        """Send a public release to the list `name`; what is not taken now is tried by the next call.

        Raises:
            StateForbids: the release was changed at this moment, or another program is sending it.
            Refused: a kept file is not what was approved.
            MachineLacks: a secret is not to be had, or the ledger cannot be written.
        """
        ways = (*self.office.lift_channels, *self.office.at_issue)
        mail = next((each for each in ways if isinstance(self.office.channels[each], PostChannel)), None)
        if mail is None:
            return Outcome(ok=False, detail=f"the office has no mail channel for the list {name}", permanent=True)
        try:
            return self.carry_out(self.plan(standing, IssueOrder(name)), (mail,))
        except WrongUse as fault:  # no command was mistyped: the list is not in the office's file any more
            return Outcome(ok=False, detail=str(fault), permanent=True)

    def plan(self, standing: Standing, order: IssueOrder) -> IssuePlan:
        """Plan an issue of the approved release.

        Raises:
            StateForbids, WrongUse, Refused: as `plan_issue`.
        """
        desks = read_kept(self.ledger, standing.version, standing.slug) if standing.version else []
        return plan_issue(self.office, self.ledger, standing, desks, order, self.clock())

    def carry_out(self, plan: IssuePlan, by: tuple[str, ...]) -> Outcome:
        """Send by some channels what is planned; what is not taken now is tried by the next call.

        Raises:
            StateForbids: the release was changed at this moment, or another program is sending it.
            MachineLacks: as `send_public`.
        """
        watch = Watch(clock=self.clock, tell=lambda _: None, patience=Patience(tries=1))
        sending = Sending(
            workspace=self.workspace, office=self.office, ledger=self.ledger, actor=ROBOT, watch=watch, by=by
        )
        return _outcome_of(carry_out(sending, plan))


def _outcome_of(done: Sequence[Sent]) -> Outcome:
    """What became of all of them: no more than that the worst of them may be tried again."""
    missed = [each for each in done if each.outcome not in ARRIVED]
    if missed:
        lasting = all(each.outcome == "failed" for each in missed)
        detail = f"{len(missed)} have not got it: {missed[0].address}: {missed[0].detail}"
        return Outcome(ok=False, detail=detail, permanent=lasting)
    doubted = sum(each.outcome == "unknown" for each in done)
    doubt = f", {doubted} of which may not have arrived; see pressgen status" if doubted else ""
    sent = f"{format_count(len(done), 'mail')}{doubt}" if done else "everybody has it already"
    return Outcome(ok=True, detail=sent)
