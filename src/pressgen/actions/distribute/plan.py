"""What an issue to a list would send, and to whom: for the command, its preview, and the worker that sends later."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from pressgen.actions.approve.allowed import see_approved, shown, zone_of
from pressgen.actions.distribute.copies import Copying
from pressgen.actions.distribute.deliveries import Reader
from pressgen.actions.distribute.message import parcel
from pressgen.actions.distribute.note import as_notice, note_for
from pressgen.actions.distribute.readers import holder_of, in_doubt
from pressgen.actions.workspace.readers import redirects_of
from pressgen.errors import StateForbids, WrongUse
from pressgen.model.address import mailbox_of
from pressgen.model.event import Issued, Sent
from pressgen.model.outcome import ARRIVED
from pressgen.model.readers import IssueFailed
from pressgen.model.standing import State
from pressgen.text.expression import near

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pressgen.actions.distribute.message import Parcel
    from pressgen.actions.distribute.sending import Sending
    from pressgen.actions.workspace.folder import Desk
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version
    from pressgen.model.office import MailingList, Office, Recipient
    from pressgen.model.standing import Standing

OUT = {State.LIFTED, State.CORRECTED}

NO_LIST: Final = "; it has none yet: write one into releases/pressgen.yaml, or read one with pressgen lists import FILE"
"""What is said where an office has no list at all."""


@dataclass(frozen=True, slots=True)
class IssueOrder:
    """To whom a release is issued, and in which copies.

    Attributes:
        note: is said above it; None: as before where it was issued to the list before, else the office's own.
        again: the id of the one reader on the list who is sent it once more; empty for those who have not had it.
        because: why that is.
    """

    list: str
    copying: Copying = field(default_factory=Copying)
    note: str | None = None
    again: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePlan:
    """What goes to whom.

    Attributes:
        standing: where the release stood when this was planned.
        version: that goes out.
        public: whether it goes out as a public one.
        note: the covering note that stands in the parcel.
    """

    order: IssueOrder
    people: MailingList
    standing: Standing
    version: Version
    public: bool
    parcel: Parcel
    note: str

    def listed(self, ledger: Ledger) -> list[Reader]:
        """The people of the list at their addresses of now, without those who were forgotten."""
        redirects = redirects_of(ledger)
        found: dict[str, Reader] = {}
        for each in self.people.recipients:
            address = redirects.address_for(each.email)
            if address is not None:
                found.setdefault(mailbox_of(address), _reader(each, address, self.order.copying))
        return list(found.values())

    def readers(self, ledger: Ledger) -> list[Reader]:
        """Those of them who do not have the release, nor may have it, in whatever version."""
        have = {mailbox_of(copy.address) for copy in ledger.copies(self.standing.reference)}
        return [each for each in self.listed(ledger) if mailbox_of(each.address) not in have]

    def until(self) -> datetime | None:
        """The instant from which nothing of it may go any more."""
        return None if self.public else self.version.embargo


def plan_issue(
    office: Office, ledger: Ledger, standing: Standing, desks: Sequence[Desk], order: IssueOrder, now: datetime
) -> IssuePlan:
    """Plan the issue of a release to a list.

    Args:
        office: whose list it is.
        ledger: keeps the approved files.
        standing: where the release stands.
        desks: the release as it was approved, and its translations.
        order: to whom, and how.
        now: the present instant.

    Raises:
        StateForbids: it is not approved, is not for these people, or its embargo has ended and it is not public yet.
        WrongUse: there is no such list.
        Refused: a kept file is not what was approved, or the list is at fault in the office file.
    """
    people = _list_of(office, order.list)
    public = _see_issuable(standing, order.list, people, now)
    version = standing.version
    if version is None:
        raise StateForbids(f"{standing.reference} has no approved version")
    goods = parcel(desks, version, ledger, public=public)
    own = order.note if order.note is not None else _note_before(ledger, standing, order.list)
    note = note_for(office, people, own, goods.language)
    locked = order.copying.password is not None
    return IssuePlan(
        order=order,
        people=people,
        standing=standing,
        version=version,
        public=public,
        parcel=replace(goods, locked=locked, notice=as_notice(note, goods.language)),
        note=note,
    )


def carry_out(sending: Sending, plan: IssuePlan) -> list[Sent]:
    """Record that the release is issued, and send it to whoever has not got it; what became of each sending.

    If nothing of it arrives anywhere, that is recorded, and it is not issued.

    Raises:
        StateForbids: the release was changed meanwhile, or another program is sending it.
        MachineLacks: a secret is not to be had, and nothing was sent; or the ledger cannot be written.
    """
    ledger, version = sending.ledger, plan.version
    event = Issued(version=version.digest, list=plan.order.list, channels=sending.channels, note=plan.note)
    _record(sending, plan.standing, event)
    done = sending.send(
        plan.parcel,
        lambda: plan.readers(ledger),
        plan.until(),
        lambda: _record_failure(sending, plan.standing, event),
    )
    told = {each.key for each in done}
    return [*(each for each in in_doubt(ledger, plan.standing, plan.people) if each.key not in told), *done]


def _list_of(office: Office, name: str) -> MailingList:
    if name not in office.lists:
        office.need("lists")
        among = near(name, office.lists) or (f"; there is {', '.join(office.lists)}" if office.lists else NO_LIST)
        raise WrongUse(f"“{name}” is none of the office's lists{among}")
    return office.lists[name]


def _note_before(ledger: Ledger, standing: Standing, list_: str) -> str | None:
    """What was said above this version when it was last sent to the list; None where it was not."""
    digest = standing.version.digest if standing.version else ""
    issued = [event for stamp in ledger.entries(standing.reference) if isinstance(event := stamp.event, Issued)]
    return next((each.note for each in reversed(issued) if (each.version, each.list) == (digest, list_)), None)


def _see_issuable(standing: Standing, name: str, people: MailingList, now: datetime) -> bool:
    """Whether the release goes out as a public one, if it may go to these people now at all."""
    if standing.state in OUT:
        return True
    version = standing.version
    see_no_retrobargo(standing, now)
    see_approved(standing)
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


def see_no_retrobargo(standing: Standing, now: datetime) -> None:
    """See that the embargo of a release that is not public yet has not ended.

    Raises:
        StateForbids: it has (T13).
    """
    if standing.version is not None and standing.embargo is not None and now >= standing.embargo:
        ended = shown(standing.embargo, zone_of(standing))
        raise StateForbids(
            f"T13 the embargo of {standing.reference} ended at {ended}, and it is not public yet: nothing is issued"
            f" under an embargo that has passed; lift it first (pressgen lift {standing.slug}), then issue it as public"
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
