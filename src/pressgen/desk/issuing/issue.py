"""Issue an approved release to the people of a list: under its embargo, each by a mail of his own, and each once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pressgen.desk.issuing.copies import Copying
from pressgen.desk.issuing.deliveries import Reader
from pressgen.desk.issuing.note import as_notice, note_for
from pressgen.desk.issuing.parcel import parcel, see_unchanged
from pressgen.desk.issuing.readers import holder_of, in_doubt
from pressgen.desk.issuing.sending import Sending, Watch
from pressgen.desk.office.acting import acting
from pressgen.desk.office.office import open_ledger, stands, take_office
from pressgen.desk.signoff.allowed import see_approved, shown, zone_of
from pressgen.desk.workspace.folder import take
from pressgen.errors import StateForbids, WrongUse
from pressgen.model.address import mailbox_of
from pressgen.model.event import Issued, Sent
from pressgen.model.standing import State
from pressgen.text.expression import near

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.desk.workspace.folder import Workspace
    from pressgen.model.office import MailingList, Office, Recipient
    from pressgen.model.standing import Standing

OUT = {State.LIFTED, State.CORRECTED}


@dataclass(frozen=True, slots=True)
class IssueOrder:
    """To whom a release is issued, and in which copies; `note` is said above it instead of the office's own."""

    list: str
    copying: Copying = field(default_factory=Copying)
    note: str | None = None


def issue(workspace: Workspace, path: Path, order: IssueOrder, who: str | None, watch: Watch) -> list[Sent]:
    """Issue the release at `path`; what became of each sending. Nobody gets it who has it, in whatever version.

    Run again after a failure or a crash, it sends to those who have not got it yet. Whoever may have it, since the
    answer of the mail server was lost, is not sent it again, and is among what is returned.

    Raises:
        StateForbids: it is not approved as it lies there, is not for these people, or its embargo has ended.
        WrongUse: there is no such list, or no channel to issue by.
        Refused: a kept file is not what was approved, or the list or a channel is at fault in the office file.
        MachineLacks: a secret is not to be had; nothing was sent.
    """
    office = take_office(workspace)
    actor = acting(office, who, "head", to="issue")
    people = _list_of(office, order.list)
    with open_ledger(workspace) as ledger:
        sending = Sending(workspace=workspace, office=office, ledger=ledger, actor=actor, watch=watch)
        standing = stands(ledger, path)
        public = _see_issuable(standing, order.list, people, watch.clock())
        desks = take(workspace, workspace.root / "releases" / standing.slug)
        version = see_unchanged(desks, standing.version, standing)
        goods = replace(parcel(desks, version, ledger, public=public), locked=order.copying.password is not None)
        note = note_for(office, people, order.note, goods.language)
        goods = replace(goods, notice=as_notice(note, goods.language))
        _record(sending, standing, Issued(version=version.digest, list=order.list, channels=office.at_issue, note=note))

        def readers() -> list[Reader]:
            have = {mailbox_of(copy.address) for copy in stands(ledger, path).copies}
            return [_reader(each, order.copying) for each in people.recipients if mailbox_of(each.email) not in have]

        done = sending.send(goods, readers, until=None if public else version.embargo)
        told = {each.key for each in done}
        return [*(each for each in in_doubt(ledger, standing, people) if each.key not in told), *done]


def _list_of(office: Office, name: str) -> MailingList:
    office.need("at_issue")
    if name not in office.lists:
        office.need("lists")
        among = near(name, office.lists) or f"; there is {', '.join(office.lists) or 'none'}"
        raise WrongUse(f"“{name}” is none of the office's lists{among}")
    if not office.at_issue:
        raise WrongUse("the office has no channel to issue by; write at_issue: [mail] into releases/pressgen.yaml")
    return office.lists[name]


def _see_issuable(standing: Standing, name: str, people: MailingList, now: datetime) -> bool:
    """Whether the release goes out as a public one, if it may go to these people now at all."""
    version = standing.version
    if version is None or standing.state not in OUT or version.embargo is not None:
        _see_no_retrobargo(standing, now)
        see_approved(standing)
    if standing.state in OUT:
        return True
    audience = version.audience if version else "nobody"
    if audience == "nobody":
        raise StateForbids(
            f"{standing.reference} is for nobody before its lift (audience: nobody), and a banner is not permission"
        )
    if audience == "named" and people.audience != "named":
        raise StateForbids(
            f"{standing.reference} is for named people only (audience: named), and a banner is not permission: “{name}”"
            " is a list of the press; issue it to a list with audience: named"
        )
    return version is not None and version.embargo is None


def _see_no_retrobargo(standing: Standing, now: datetime) -> None:
    if standing.version is not None and standing.embargo is not None and now >= standing.embargo:
        ended = shown(standing.embargo, zone_of(standing))
        raise StateForbids(
            f"T13 the embargo of {standing.reference} ended at {ended}: nothing is issued under an embargo that has"
            " passed; from its lift on, everybody finds it in the newsroom"
        )


def _record(sending: Sending, standing: Standing, event: Issued) -> None:
    """Record that it is issued, before the first mail goes; once for a version and a list."""
    ledger = sending.ledger
    with ledger.exclusive(standing.reference, standing.slug) as turn:
        if turn.standing.version != standing.version or turn.standing.state is State.WITHDRAWN:
            raise StateForbids(f"{standing.reference} was changed by somebody else meanwhile; see pressgen status")
        if not any(_same(stamp.event, event) for stamp in ledger.entries(standing.reference)):
            turn.append(event, actor=sending.actor, at=sending.watch.clock())


def _same(event: object, issued: Issued) -> bool:
    return isinstance(event, Issued) and (event.version, event.list, event.note) == (
        issued.version,
        issued.list,
        issued.note,
    )


def _reader(recipient: Recipient, copying: Copying) -> Reader:
    return Reader(
        id=recipient.id,
        name=recipient.name,
        holder=holder_of(recipient),
        address=recipient.email,
        copying=copying,
    )
