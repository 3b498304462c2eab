"""Withdraw a release.

Take it off the schedule, replace its page in the newsroom by a notice, and send a kill notice to all who have it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.amend.correct import notify_webhooks, update_newsroom
from pressgen.actions.distribute.message import WITHDRAWN, OutgoingMessage, fetch_approved_pages, read_page_language
from pressgen.actions.distribute.message_sender import MessageSender, SendOptions
from pressgen.actions.distribute.release_holders import list_copy_holders
from pressgen.actions.publish.scheduler_access import sync_scheduled_lift
from pressgen.actions.workspace.office import load_office, open_ledger, require_standing
from pressgen.actions.workspace.permissions import authorise_actor, require_one_line
from pressgen.errors import EnvironmentFailureError, StateError
from pressgen.model.event import Withdrawn
from pressgen.model.standing import State
from pressgen.text.notices import make_kill_notice

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Sent
    from pressgen.model.standing import Standing


def withdraw_release(workspace: Workspace, path: Path, because: str, who: str | None, watch: SendOptions) -> list[Sent]:
    """Withdraw the release, and return the outcome of each kill notice.

    Its source file is not needed. The notices go to everybody who has any version of it, even if they are on no list
    any more. A second run after a failure or a crash does only what is left; it keeps the first reason.

    Raises:
        StateError: it was never approved, so that nobody has it.
        EnvironmentFailureError: the newsroom, the scheduler or the ledger cannot be written, or a secret is
            missing.
    """
    office = load_office(workspace)
    actor = authorise_actor(office, who, "head", to="withdraw")
    reason = require_one_line(because, "--because")
    with open_ledger(workspace) as ledger:
        sending = MessageSender(workspace=workspace, office=office, ledger=ledger, actor=actor, watch=watch)
        before = require_standing(ledger, path)
        standing = _record_withdrawal(sending, before, reason)
        late = [
            _cancel_lift(sending, before, standing),
            update_newsroom(sending, standing),
            *notify_webhooks(sending, standing),
        ]
        done: list[Sent] = []
        if standing.issued_at:
            office.need("at_issue")  # only here: a faulty mail server must not keep a false page public
            notice = _compose_kill_notice(ledger, standing)
            done = sending.send(notice, lambda: list_copy_holders(ledger, standing, office))
    if any(late):
        raise EnvironmentFailureError("\n".join(filter(None, late)))
    return done


def _record_withdrawal(sending: MessageSender, before: Standing, reason: str) -> Standing:
    with sending.ledger.exclusive(before.reference, before.slug) as transaction:
        if transaction.standing.state in {State.DRAFT, State.SUBMITTED}:
            raise StateError(
                f"{before.reference} was never approved and nobody has it, so there is nothing to withdraw"
            )
        if transaction.standing.state is not State.WITHDRAWN:
            event = Withdrawn(reason=reason, revision=transaction.standing.revision + 1)
            transaction.append(event, actor=sending.actor, at=sending.watch.clock())
        return transaction.standing


def _cancel_lift(sending: MessageSender, before: Standing, standing: Standing) -> str:
    """Cancel the scheduled lift; return any failure, or an empty text.

    Without a cancellation, the lift itself still finds in the ledger that it is off.
    """
    try:
        if before.scheduled:
            sync_scheduled_lift(sending.workspace, standing, before.revision, sending.watch.clock())
    except EnvironmentFailureError as lack:
        return str(lack)
    return ""


def _compose_kill_notice(ledger: Ledger, standing: Standing) -> OutgoingMessage:
    version = standing.version
    headline = version.headline if version else standing.reference
    pages = fetch_approved_pages(ledger, version)
    language = read_page_language(pages)
    notice = make_kill_notice(headline, standing.reference, standing.withdrawn, language)
    return OutgoingMessage(
        act=WITHDRAWN,
        version=version.digest if version else "",
        reference=standing.reference,
        slug=standing.slug,
        headline=headline,
        embargo=None,
        label=notice.label,
        notice=notice,
        language=language,
        pages=pages,
    )
