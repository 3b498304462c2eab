"""Mailings of public releases to the lists of `at_lift`.

Everybody on them without an embargoed copy gets one mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.distribute.issue_plan import IssueRequest, execute_issue_plan, plan_issue
from pressgen.actions.distribute.message_sender import MessageSender, SendOptions
from pressgen.actions.publish.newsroom_folder import WORKER_ACTOR
from pressgen.actions.review.versions import load_approved_version
from pressgen.channels.outcome import DeliveryOutcome
from pressgen.channels.retry import RetryPolicy
from pressgen.errors import UsageError
from pressgen.model.office import PostChannel
from pressgen.model.outcome import ARRIVED
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from pressgen.actions.distribute.issue_plan import IssuePlan
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Sent
    from pressgen.model.office import Office
    from pressgen.model.standing import Standing


@dataclass(frozen=True, slots=True)
class ListMailer:
    """Mails releases to lists in the name of the worker.

    It sends the files that the ledger keeps, and ignores the release's folder.

    Attributes:
        clock: gives the present instant, aware.
    """

    workspace: Workspace
    office: Office
    ledger: Ledger
    clock: Callable[[], datetime]

    def send_public(self, standing: Standing, name: str) -> DeliveryOutcome:
        """Send a public release to the list `name`.

        The next call tries what was not accepted now.

        Raises:
            StateError: the release was changed at this moment, or another program is sending it.
            InputError: a kept file is not what was approved.
            EnvironmentFailureError: a secret is missing, or the ledger cannot be written.
        """
        ways = (*self.office.lift_channels, *self.office.at_issue)
        mail = next((each for each in ways if isinstance(self.office.channels[each], PostChannel)), None)
        if mail is None:
            return DeliveryOutcome(
                ok=False, detail=f"the office has no mail channel for the list {name}", permanent=True
            )
        try:
            return self.carry_out(self.plan(standing, IssueRequest(name)), (mail,))
        except UsageError as fault:  # the list is not in the office's file any more
            return DeliveryOutcome(ok=False, detail=str(fault), permanent=True)

    def plan(self, standing: Standing, order: IssueRequest) -> IssuePlan:
        """Plan an issue of the approved release.

        Raises:
            StateError, UsageError, InputError: as `plan_issue`.
        """
        languages = load_approved_version(self.ledger, standing.version, standing.slug) if standing.version else []
        return plan_issue(self.office, self.ledger, standing, languages, order, self.clock())

    def carry_out(self, plan: IssuePlan, by: tuple[str, ...]) -> DeliveryOutcome:
        """Send a planned issue by some channels.

        The next call tries what was not accepted now.

        Raises:
            StateError: the release was changed at this moment, or another program is sending it.
            EnvironmentFailureError: as `send_public`.
        """
        watch = SendOptions(clock=self.clock, tell=lambda _: None, patience=RetryPolicy(tries=1))
        sending = MessageSender(
            workspace=self.workspace, office=self.office, ledger=self.ledger, actor=WORKER_ACTOR, watch=watch, by=by
        )
        return _summarise_outcomes(execute_issue_plan(sending, plan))


def _summarise_outcomes(done: Sequence[Sent]) -> DeliveryOutcome:
    """Combine the outcomes of all mails into one.

    It may be tried again as long as one of them may.
    """
    missed = [each for each in done if each.outcome not in ARRIVED]
    if missed:
        lasting = all(each.outcome == "failed" for each in missed)
        have = "has" if len(missed) == 1 else "have"
        detail = f"{len(missed)} {have} not received it: {missed[0].address}: {missed[0].detail}"
        return DeliveryOutcome(ok=False, detail=detail, permanent=lasting)
    doubted = sum(each.outcome == "unknown" for each in done)
    doubt = f", {doubted} of which may not have arrived; see pressgen status" if doubted else ""
    sent = f"{format_count(len(done), 'mail')}{doubt}" if done else "everybody already has it"
    return DeliveryOutcome(ok=True, detail=sent)
