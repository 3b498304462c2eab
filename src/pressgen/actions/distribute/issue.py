"""Issue a release to the people of a list: under its embargo or as public, each by a mail of their own, each once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.actions.distribute.copies import key_of
from pressgen.actions.distribute.message import see_unchanged
from pressgen.actions.distribute.plan import IssueOrder, carry_out, plan_issue
from pressgen.actions.distribute.readers import find_bounced
from pressgen.actions.distribute.sending import Sending, Watch
from pressgen.actions.workspace.folder import take
from pressgen.actions.workspace.office import open_ledger, stands, take_office
from pressgen.actions.workspace.permissions import acting, one_line
from pressgen.errors import WrongUse
from pressgen.model.event import Sent
from pressgen.model.office import PostChannel
from pressgen.model.outcome import ARRIVED
from pressgen.model.readers import Reissued
from pressgen.text.expression import near

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.distribute.plan import IssuePlan
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.office import Office
    from pressgen.model.standing import Bounce, Standing

AGAIN = "issued again"
"""The act of sending it to one reader once more; behind it stands which time it is."""


def issue(workspace: Workspace, path: Path, order: IssueOrder, who: str | None, watch: Watch) -> list[Sent]:
    """Issue the release at `path`; what became of each sending. Nobody gets it who has it, in whatever version.

    Run again after a failure or a crash, it sends to those who have not got it yet. If nothing of it arrives anywhere,
    the release is not issued. Whoever may have it, since the answer of the mail server was lost, is not sent it again,
    and is among what is returned.

    Raises:
        StateForbids: it is not approved as it lies there, is not for these people, or its embargo has ended and it is
            not public yet.
        WrongUse: there is no such list, or no channel to issue by; or nobody on the list has the id in `order.again`.
        Refused: a kept file is not what was approved, or the list or a channel is at fault in the office file.
        MachineLacks: a secret is not to be had; nothing was sent.
    """
    office = take_office(workspace)
    actor = acting(office, who, "head", to="issue")
    see_ways(office)
    with open_ledger(workspace) as ledger:
        sending = Sending(workspace=workspace, office=office, ledger=ledger, actor=actor, watch=watch)
        plan = plan_from_desk(workspace, office, ledger, path, order, watch.clock())
        return _issue_again(sending, plan) if order.again else carry_out(sending, plan)


def plan_from_desk(
    workspace: Workspace, office: Office, ledger: Ledger, path: Path, order: IssueOrder, now: datetime
) -> IssuePlan:
    """Plan the issue of the release at `path`, if it lies there as it was approved.

    Raises:
        StateForbids, WrongUse, Refused: as `issue`.
    """
    standing = stands(ledger, path)
    desks = take(workspace, workspace.root / "releases" / standing.slug)
    plan = plan_issue(office, ledger, standing, desks, order, now)
    see_unchanged(desks, standing.version, standing)
    return plan


def see_ways(office: Office) -> None:
    """See that the office has a channel to issue by.

    Raises:
        Refused: one is at fault in the office file.
        WrongUse: it has none.
    """
    office.need("at_issue")
    if not office.at_issue:
        raise WrongUse("the office has no channel to issue by; write at_issue: [mail] into releases/pressgen.yaml")


def is_issued(workspace: Workspace, path: Path) -> bool:
    """Whether the release at `path` has been issued, so that somebody may have it."""
    with open_ledger(workspace) as ledger:
        return stands(ledger, path).issued_at is not None


def find_bounced_mails(workspace: Workspace, path: Path, name: str) -> list[Bounce]:
    """Return the mails of the release at `path` to people of the list `name` that came back, or are delayed."""
    people = take_office(workspace).lists.get(name)
    with open_ledger(workspace) as ledger:
        return find_bounced(ledger, stands(ledger, path), people) if people else []


def _issue_again(sending: Sending, plan: IssuePlan) -> list[Sent]:
    """Send it once more to one reader, by mail; after a failure or a crash this does not begin another time."""
    order = plan.order
    reason = one_line(order.because, "--because")
    reader = next((each for each in plan.listed(sending.ledger) if each.id == order.again), None)
    if reader is None:
        known = [each.id for each in plan.people.recipients]
        raise WrongUse(f"“{order.again}” is not on the list “{order.list}”, or was forgotten{near(order.again, known)}")
    office, watch = sending.office, sending.watch
    mails = [name for name in office.at_issue if isinstance(office.channels[name], PostChannel)]

    def keys(number: int) -> frozenset[str]:
        about = (plan.standing.reference, f"{AGAIN} {number}", plan.parcel.version)
        return frozenset(key_of(*about, name, reader.address) for name in mails)

    event = Reissued(
        version=plan.parcel.version,
        list=order.list,
        recipient=reader.id,
        address=reader.address,
        number=1,
        reason=reason,
    )
    number = _record_again(sending, plan.standing, event, keys)
    only = frozenset(keys(number) if watch.only is None else keys(number) & watch.only)
    narrowed = replace(sending, watch=replace(watch, only=only))
    return narrowed.send(replace(plan.parcel, act=f"{AGAIN} {number}"), lambda: [reader], plan.until())


def _record_again(sending: Sending, standing: Standing, event: Reissued, keys: Callable[[int], frozenset[str]]) -> int:
    """Record that a reader is sent the release again; the number of that time, the last one if that did not arrive."""
    ledger, blank = sending.ledger, replace(event, reason="", number=1)
    with ledger.exclusive(standing.reference, standing.slug) as turn:
        events = [stamp.event for stamp in ledger.entries(standing.reference)]
        same = [each for each in events if isinstance(each, Reissued) and replace(each, reason="", number=1) == blank]
        times = [each.number for each in same]
        had = {each.key for each in events if isinstance(each, Sent) and each.outcome in ARRIVED}
        if times and not keys(times[-1]) & had:
            return times[-1]
        number = len(times) + 1
        turn.append(replace(event, number=number), actor=sending.actor, at=sending.watch.clock())
        return number
