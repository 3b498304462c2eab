"""Issue an approved release to the people of a list: under its embargo, each by a mail of his own, and each once."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pressgen.desk.issuing.copies import Copying, key_of
from pressgen.desk.issuing.deliveries import Reader
from pressgen.desk.issuing.note import as_notice, note_for
from pressgen.desk.issuing.parcel import parcel, see_unchanged
from pressgen.desk.issuing.readers import holder_of, in_doubt
from pressgen.desk.issuing.sending import Sending, Watch
from pressgen.desk.office.acting import acting, one_line
from pressgen.desk.office.office import open_ledger, stands, take_office
from pressgen.desk.office.readers import redirects_of
from pressgen.desk.signoff.allowed import see_approved, shown, zone_of
from pressgen.desk.workspace.folder import take
from pressgen.errors import StateForbids, WrongUse
from pressgen.model.address import mailbox_of
from pressgen.model.event import Issued, Sent
from pressgen.model.office import MailChannel
from pressgen.model.outcome import ARRIVED
from pressgen.model.readers import IssueFailed, Reissued
from pressgen.model.standing import State
from pressgen.text.expression import near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from pressgen.desk.issuing.parcel import Parcel
    from pressgen.desk.workspace.folder import Workspace
    from pressgen.model.office import MailingList, Office, Recipient
    from pressgen.model.standing import Standing

AGAIN = "issued again"
"""The act of sending it to one reader once more; behind it stands which time it is."""
OUT = {State.LIFTED, State.CORRECTED}


@dataclass(frozen=True, slots=True)
class IssueOrder:
    """To whom a release is issued, and in which copies.

    Attributes:
        note: is said above it instead of the office's own.
        again: the id of the one reader on the list who is sent it once more; empty for those who have not had it.
        because: why that is.
    """

    list: str
    copying: Copying = field(default_factory=Copying)
    note: str | None = None
    again: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class _Issuing:
    """An issue that may go ahead: the release as it is sent under a note, to the people of a list, until an instant."""

    sending: Sending
    standing: Standing
    goods: Parcel
    note: str
    people: MailingList
    until: datetime | None


def issue(workspace: Workspace, path: Path, order: IssueOrder, who: str | None, watch: Watch) -> list[Sent]:
    """Issue the release at `path`; what became of each sending. Nobody gets it who has it, in whatever version.

    Run again after a failure or a crash, it sends to those who have not got it yet. If nothing of it arrives anywhere,
    the release is not issued. Whoever may have it, since the
    answer of the mail server was lost, is not sent it again, and is among what is returned.

    Raises:
        StateForbids: it is not approved as it lies there, is not for these people, or its embargo has ended.
        WrongUse: there is no such list, or no channel to issue by; or nobody on the list has the id in `order.again`.
        Refused: a kept file is not what was approved, or the list or a channel is at fault in the office file.
        MachineLacks: a secret is not to be had; nothing was sent.
    """
    with _issuing(workspace, path, order, who, watch) as it:
        if order.again:
            return _issue_again(it, order)
        ledger, standing = it.sending.ledger, it.standing
        channels = it.sending.office.at_issue
        issued = Issued(version=it.goods.version, list=order.list, channels=channels, note=it.note)
        _record(it.sending, standing, issued)

        def readers() -> list[Reader]:
            have = {mailbox_of(copy.address) for copy in stands(ledger, path).copies}
            return [each for each in _readers(it, order) if mailbox_of(each.address) not in have]

        done = it.sending.send(it.goods, readers, it.until, lambda: _record_failure(it.sending, standing, issued))
        told = {each.key for each in done}
        return [*(each for each in in_doubt(ledger, standing, it.people) if each.key not in told), *done]


def _issue_again(it: _Issuing, order: IssueOrder) -> list[Sent]:
    """Send it once more to one reader, by mail; after a failure or a crash this does not begin another time."""
    reason = one_line(order.because, "--because")
    reader = next((each for each in _readers(it, order) if each.id == order.again), None)
    if reader is None:
        known = [each.id for each in it.people.recipients]
        raise WrongUse(f"“{order.again}” is not on the list “{order.list}”, or was forgotten{near(order.again, known)}")
    office, watch = it.sending.office, it.sending.watch
    mails = [name for name in office.at_issue if isinstance(office.channels[name], MailChannel)]

    def keys(number: int) -> frozenset[str]:
        about = (it.standing.reference, f"{AGAIN} {number}", it.goods.version)
        return frozenset(key_of(*about, name, reader.address) for name in mails)

    event = Reissued(
        version=it.goods.version, list=order.list, recipient=reader.id, address=reader.address, number=1, reason=reason
    )
    number = _record_again(it.sending, it.standing, event, keys)
    only = frozenset(keys(number) if watch.only is None else keys(number) & watch.only)
    sending = replace(it.sending, watch=replace(watch, only=only))
    return sending.send(replace(it.goods, act=f"{AGAIN} {number}"), lambda: [reader], it.until)


def is_issued(workspace: Workspace, path: Path) -> bool:
    """Whether the release at `path` has been issued, so that somebody may have it."""
    with open_ledger(workspace) as ledger:
        return stands(ledger, path).issued_at is not None


@contextmanager
def _issuing(workspace: Workspace, path: Path, order: IssueOrder, who: str | None, watch: Watch) -> Iterator[_Issuing]:
    """See that the release may go to these people now, and have it ready."""
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
        yield _Issuing(sending, standing, goods, note, people, None if public else version.embargo)


def _readers(it: _Issuing, order: IssueOrder) -> list[Reader]:
    """The people of the list at their addresses of now, without those who were forgotten."""
    redirects = redirects_of(it.sending.ledger)
    found: dict[str, Reader] = {}
    for each in it.people.recipients:
        address = redirects.address_for(each.email)
        if address is not None:
            found.setdefault(mailbox_of(address), _reader(each, address, order.copying))
    return list(found.values())


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
        known = any(_same(stamp.event, event) for stamp in ledger.entries(standing.reference))
        if not known or turn.standing.state is State.APPROVED:  # that of an issue which failed counts no more
            turn.append(event, actor=sending.actor, at=sending.watch.clock())


def _record_failure(sending: Sending, standing: Standing, event: Issued) -> None:
    """Record that nothing of the release has arrived anywhere, if that is so; where that is in doubt, it is not."""
    ledger = sending.ledger
    with ledger.exclusive(standing.reference, standing.slug) as turn:
        events = [stamp.event for stamp in ledger.entries(standing.reference)]
        sent = [each for each in events if isinstance(each, Sent)]
        if sent and turn.standing.issued_at and not any(each.outcome in ARRIVED for each in sent):
            failed = IssueFailed(version=event.version, list=event.list)
            turn.append(failed, actor=sending.actor, at=sending.watch.clock())


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


def _same(event: object, issued: Issued) -> bool:
    return isinstance(event, Issued) and (event.version, event.list, event.note) == (
        issued.version,
        issued.list,
        issued.note,
    )


def _reader(recipient: Recipient, address: str, copying: Copying) -> Reader:
    return Reader(
        id=recipient.id,
        name=recipient.name,
        holder=holder_of(recipient),
        address=address,
        copying=copying,
    )
