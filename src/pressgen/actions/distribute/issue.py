"""Issue a release to the people of a list.

It goes under its embargo or as public. Each person gets one mail.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.actions.approve.standing_checks import format_instant
from pressgen.actions.distribute.issue_plan import IssueRequest, execute_issue_plan, plan_issue
from pressgen.actions.distribute.message import require_unchanged
from pressgen.actions.distribute.message_sender import MessageSender, SendOptions
from pressgen.actions.distribute.reader_copies import compute_delivery_key
from pressgen.actions.distribute.release_holders import find_list_bounces
from pressgen.actions.workspace.folder import load_release
from pressgen.actions.workspace.office import find_standing, load_office, open_ledger, require_standing
from pressgen.actions.workspace.permissions import authorise_actor, require_one_line
from pressgen.errors import UsageError
from pressgen.model.event import Sent
from pressgen.model.office import PostChannel
from pressgen.model.outcome import ARRIVED
from pressgen.model.readers import Reissued
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.distribute.issue_plan import IssuePlan
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.office import Office
    from pressgen.model.standing import Bounce, Standing

AGAIN = "issued again"
"""The act of sending it to one reader again; a number follows."""


def issue_release(
    workspace: Workspace, path: Path, order: IssueRequest, who: str | None, watch: SendOptions
) -> list[Sent]:
    """Send the release at `path` to a list, and return each outcome.

    People who have any version of the release already do not get it again.

    A second run after a failure or a crash sends to those who have not got it yet. If nothing of it arrives anywhere,
    the release is not issued. Where the answer of the mail server was lost, the reader may have it: it is not sent
    again, and is in the result.

    Raises:
        StateError: it is not approved in its present form, is not for these people, or its embargo has ended and it
            is not public yet.
        UsageError: there is no such list, or no channel to issue by; or nobody on the list has the id in
            `order.again`.
        InputError: a kept file is not what was approved, or the list or a channel is at fault in the office file.
        EnvironmentFailureError: a secret is missing; nothing was sent.
    """
    office = load_office(workspace)
    actor = authorise_actor(office, who, "head", to="issue")
    require_issue_channel(office)
    with open_ledger(workspace) as ledger:
        sending = MessageSender(workspace=workspace, office=office, ledger=ledger, actor=actor, watch=watch)
        plan = plan_issue_from_folder(workspace, office, ledger, path, order, watch.clock())
        return _reissue_to_reader(sending, plan) if order.again else execute_issue_plan(sending, plan)


def plan_issue_from_folder(
    workspace: Workspace, office: Office, ledger: Ledger, path: Path, order: IssueRequest, now: datetime
) -> IssuePlan:
    """Plan the issue of a release that is unchanged since its approval.

    `path` is its folder, its `release.yaml`, or its reference.

    Raises:
        StateError, UsageError, InputError: as `issue_release`.
    """
    standing = require_standing(ledger, path)
    languages = load_release(workspace, workspace.root / "releases" / standing.slug)
    plan = plan_issue(office, ledger, standing, languages, order, now)
    require_unchanged(languages, standing.version, standing)
    return plan


def require_issue_channel(office: Office) -> None:
    """Raise an error unless the office has a channel to issue by.

    Raises:
        InputError: a channel is at fault in the office file.
        UsageError: it has none.
    """
    office.need("at_issue")
    if not office.at_issue:
        raise UsageError(
            "the office has no channel to issue releases; write at_issue: [mail] in releases/pressgen.yaml"
        )


def read_standing(workspace: Workspace, path: Path) -> Standing:
    """Return what the ledger says of the release at `path`."""
    with open_ledger(workspace) as ledger:
        return require_standing(ledger, path)


def describe_early_issue(workspace: Workspace, path: Path, now: datetime) -> str:
    """Say that the release's own time of issue has not come.

    It is empty where it has, or where there is none.
    """
    with open_ledger(workspace) as ledger:
        standing = find_standing(ledger, path)
    version = standing.version if standing else None
    if (
        standing is None
        or version is None
        or version.issue is None
        or version.issue <= now
        or standing.issued_at is not None
    ):
        return ""
    at = format_instant(version.issue, version.zone)
    return f"{standing.reference} names {at} as its time of issue, and that has not come"


def find_bounced_mails(workspace: Workspace, path: Path, name: str) -> list[Bounce]:
    """Return the mails to a list that came back or are delayed."""
    people = load_office(workspace).lists.get(name)
    with open_ledger(workspace) as ledger:
        return find_list_bounces(ledger, require_standing(ledger, path), people) if people else []


def _reissue_to_reader(sending: MessageSender, plan: IssuePlan) -> list[Sent]:
    """Send the release to one reader again, by mail.

    A run after a failure or a crash continues this sending, and starts no other.
    """
    order = plan.order
    reason = require_one_line(order.because, "--because")
    reader = next((each for each in plan.listed(sending.ledger) if each.id == order.again), None)
    if reader is None:
        known = [each.id for each in plan.people.recipients]
        raise UsageError(
            f"“{order.again}” is not on the list “{order.list}”, or was forgotten{suggest_name(order.again, known)}"
        )
    office, watch = sending.office, sending.watch
    mails = [name for name in office.at_issue if isinstance(office.channels[name], PostChannel)]

    def keys(number: int) -> frozenset[str]:
        about = (plan.standing.reference, f"{AGAIN} {number}", plan.parcel.version)
        return frozenset(compute_delivery_key(*about, name, reader.address) for name in mails)

    event = Reissued(
        version=plan.parcel.version,
        list=order.list,
        recipient=reader.id,
        address=reader.address,
        number=1,
        reason=reason,
    )
    number = _record_reissue(sending, plan.standing, event, keys)
    only = frozenset(keys(number) if watch.only is None else keys(number) & watch.only)
    narrowed = replace(sending, watch=replace(watch, only=only))
    return narrowed.send(replace(plan.parcel, act=f"{AGAIN} {number}"), lambda: [reader], plan.until())


def _record_reissue(
    sending: MessageSender, standing: Standing, event: Reissued, keys: Callable[[int], frozenset[str]]
) -> int:
    """Record that a reader is sent the release again; return its number.

    It is the last number again where the last sending did not arrive.
    """
    ledger, blank = sending.ledger, replace(event, reason="", number=1)
    with ledger.exclusive(standing.reference, standing.slug) as transaction:
        events = [stamp.event for stamp in ledger.entries(standing.reference)]
        same = [each for each in events if isinstance(each, Reissued) and replace(each, reason="", number=1) == blank]
        times = [each.number for each in same]
        had = {each.key for each in events if isinstance(each, Sent) and each.outcome in ARRIVED}
        if times and not keys(times[-1]) & had:
            return times[-1]
        number = len(times) + 1
        transaction.append(replace(event, number=number), actor=sending.actor, at=sending.watch.clock())
        return number
