"""Withdraw a release: off the schedule, a notice in its place in the newsroom, and a kill notice to all who have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.amend.correct import hooks_untold, show
from pressgen.actions.distribute.html_part import approved_pages, language_of
from pressgen.actions.distribute.message import WITHDRAWN, Parcel
from pressgen.actions.distribute.readers import having
from pressgen.actions.distribute.sending import Sending, Watch
from pressgen.actions.publish.waking import wake
from pressgen.actions.workspace.office import open_ledger, stands, take_office
from pressgen.actions.workspace.permissions import acting, one_line
from pressgen.errors import MachineLacks, StateForbids
from pressgen.model.event import Withdrawn
from pressgen.model.standing import State
from pressgen.text.notices import withdrawn

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Sent
    from pressgen.model.standing import Standing


def withdraw(workspace: Workspace, path: Path, because: str, who: str | None, watch: Watch) -> list[Sent]:
    """Withdraw the release at `path`, whatever has become of its file; what became of each kill notice.

    They go to everybody who has any version of it, also to those who are on no list any more. Run again after a
    failure or a crash, it does what has not been done yet; the reason is the first one then.

    Raises:
        StateForbids: it was never approved, so that nobody has it.
        MachineLacks: the newsroom, the engine or the ledger cannot be written, or a secret is not to be had.
    """
    office = take_office(workspace)
    actor = acting(office, who, "head", to="withdraw")
    reason = one_line(because, "--because")
    with open_ledger(workspace) as ledger:
        sending = Sending(workspace=workspace, office=office, ledger=ledger, actor=actor, watch=watch)
        before = stands(ledger, path)
        standing = _record(sending, before, reason)
        late = [_asleep(sending, before, standing), show(sending, standing), *hooks_untold(sending, standing)]
        done: list[Sent] = []
        if standing.issued_at:
            office.need("at_issue")  # only here: what is wrong with a mail server keeps no false page public
            done = sending.send(_notice(ledger, standing), lambda: having(ledger, standing, office))
    if any(late):
        raise MachineLacks("\n".join(filter(None, late)))
    return done


def _record(sending: Sending, before: Standing, reason: str) -> Standing:
    with sending.ledger.exclusive(before.reference, before.slug) as turn:
        if turn.standing.state in {State.DRAFT, State.SUBMITTED}:
            raise StateForbids(f"{before.reference} was never approved, and nobody has it: nothing is to be withdrawn")
        if turn.standing.state is not State.WITHDRAWN:
            event = Withdrawn(reason=reason, revision=turn.standing.revision + 1)
            turn.append(event, actor=sending.actor, at=sending.watch.clock())
        return turn.standing


def _asleep(sending: Sending, before: Standing, standing: Standing) -> str:
    """Have the engine forget the lift; why it does not, or empty. It would read in the ledger that there is none."""
    if not before.scheduled:
        return ""
    try:
        wake(sending.workspace, standing, before.revision, sending.watch.clock())
    except MachineLacks as lack:
        return str(lack)
    return ""


def _notice(ledger: Ledger, standing: Standing) -> Parcel:
    version = standing.version
    headline = version.headline if version else standing.reference
    pages = approved_pages(ledger, version)
    language = language_of(pages)
    notice = withdrawn(headline, standing.reference, standing.withdrawn, language)
    return Parcel(
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
