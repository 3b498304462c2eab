"""The plan of an issue to a list: message and readers.

The command, its preview, and the worker that sends later use it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from pressgen.actions.approve.standing_checks import find_time_zone, format_instant, require_approved
from pressgen.actions.distribute.covering_note import choose_note, convert_note_to_notice
from pressgen.actions.distribute.deliveries import Reader
from pressgen.actions.distribute.message import compose_message
from pressgen.actions.distribute.reader_copies import CopyOptions
from pressgen.actions.distribute.release_holders import find_uncertain_mails, format_holder
from pressgen.actions.workspace.reader_addresses import read_redirects
from pressgen.errors import StateError, UsageError
from pressgen.model.address import normalise_mailbox
from pressgen.model.event import Issued, Sent
from pressgen.model.outcome import ARRIVED
from pressgen.model.readers import IssueFailed
from pressgen.model.standing import PUBLIC_STATES, State
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pressgen.actions.distribute.message import OutgoingMessage
    from pressgen.actions.distribute.message_sender import MessageSender
    from pressgen.actions.workspace.folder import LoadedRelease
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version
    from pressgen.model.office import MailingList, Office, Recipient
    from pressgen.model.standing import Standing


NO_LIST: Final = "; it has none yet: write one into releases/pressgen.yaml, or read one with pressgen lists import FILE"
"""The message where an office has no list at all."""


@dataclass(frozen=True, slots=True)
class IssueRequest:
    """The list to issue a release to, and the kind of copies.

    Attributes:
        note: printed above it; None for the previous note of this list, else the office's own.
        again: the id of the one reader on the list who gets it again; empty for those who have not had it.
        because: the reason for that.
    """

    list: str
    copying: CopyOptions = field(default_factory=CopyOptions)
    note: str | None = None
    again: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePlan:
    """The planned issue of a release: its message and its readers.

    Attributes:
        standing: the release's standing at the time of planning.
        version: the version to send.
        public: whether it goes out as a public one.
        note: the covering note in the message.
    """

    order: IssueRequest
    people: MailingList
    standing: Standing
    version: Version
    public: bool
    parcel: OutgoingMessage
    note: str

    def listed(self, ledger: Ledger) -> list[Reader]:
        """Return the people of the list at their present addresses.

        Those who were forgotten are left out.
        """
        redirects = read_redirects(ledger)
        found: dict[str, Reader] = {}
        for each in self.people.recipients:
            address = redirects.address_for(each.email)
            if address is not None:
                found.setdefault(normalise_mailbox(address), _create_reader(each, address, self.order.copying))
        return list(found.values())

    def readers(self, ledger: Ledger) -> list[Reader]:
        """Return the listed people who need a copy.

        Those who have any version of the release, or may have it, are left out.
        """
        have = {normalise_mailbox(copy.address) for copy in ledger.copies(self.standing.reference)}
        return [each for each in self.listed(ledger) if normalise_mailbox(each.address) not in have]

    def until(self) -> datetime | None:
        """Return the instant from which nothing may be sent any more."""
        return None if self.public else self.version.embargo


def plan_issue(
    office: Office,
    ledger: Ledger,
    standing: Standing,
    languages: Sequence[LoadedRelease],
    order: IssueRequest,
    now: datetime,
) -> IssuePlan:
    """Plan the issue of a release to a list.

    Args:
        office: has the list.
        ledger: keeps the approved files.
        standing: the release's.
        languages: the release as it was approved, and its translations.
        order: to whom, and how.
        now: the present instant.

    Raises:
        StateError: it is not approved, is not for these people, or its embargo has ended and it is not public yet.
        UsageError: there is no such list.
        InputError: a kept file is not what was approved, or the list is at fault in the office file.
    """
    people = _find_mailing_list(office, order.list)
    public = _check_issuable(standing, order.list, people, now)
    version = standing.version
    if version is None:
        raise StateError(f"{standing.reference} has no approved version")
    goods = compose_message(languages, version, ledger, public=public)
    own = order.note if order.note is not None else _find_previous_note(ledger, standing, order.list)
    note = choose_note(office, people, own, goods.language)
    locked = order.copying.password is not None
    return IssuePlan(
        order=order,
        people=people,
        standing=standing,
        version=version,
        public=public,
        parcel=replace(goods, locked=locked, notice=convert_note_to_notice(note, goods.language)),
        note=note,
    )


def execute_issue_plan(sending: MessageSender, plan: IssuePlan) -> list[Sent]:
    """Record that the release is issued, and send it to new readers.

    Return the outcome of each sending. If nothing of it arrives anywhere, that is recorded, and it is not issued.

    Raises:
        StateError: the release was changed meanwhile, or another program is sending it.
        EnvironmentFailureError: a secret is missing, and nothing was sent; or the ledger cannot be written.
    """
    ledger, version = sending.ledger, plan.version
    event = Issued(version=version.digest, list=plan.order.list, channels=sending.channels, note=plan.note)
    _record_issue(sending, plan.standing, event)
    done = sending.send(
        plan.parcel,
        lambda: plan.readers(ledger),
        plan.until(),
        lambda: _record_failure(sending, plan.standing, event),
    )
    keys = {each.key for each in done}
    return [*(each for each in find_uncertain_mails(ledger, plan.standing, plan.people) if each.key not in keys), *done]


def _find_mailing_list(office: Office, name: str) -> MailingList:
    if name not in office.lists:
        office.need("lists")
        among = suggest_name(name, office.lists) or (
            f"; there is {', '.join(office.lists)}" if office.lists else NO_LIST
        )
        raise UsageError(f"“{name}” is not a list of the office{among}")
    return office.lists[name]


def _find_previous_note(ledger: Ledger, standing: Standing, list_: str) -> str | None:
    """Return the note last sent to the list with this version.

    Return None where it was not sent.
    """
    digest = standing.version.digest if standing.version else ""
    issued = [event for stamp in ledger.entries(standing.reference) if isinstance(event := stamp.event, Issued)]
    return next((each.note for each in reversed(issued) if (each.version, each.list) == (digest, list_)), None)


def _check_issuable(standing: Standing, name: str, people: MailingList, now: datetime) -> bool:
    """Return whether it is issued as public, if it may be issued."""
    if standing.state in PUBLIC_STATES:
        return True
    version = standing.version
    require_embargo_not_ended(standing, now)
    require_approved(standing)
    audience = version.audience if version else "nobody"
    if audience == "nobody":
        raise StateError(f"{standing.reference} must not be sent to anybody before its lift (audience: nobody)")
    if audience == "named" and people.audience != "named":
        raise StateError(
            f"{standing.reference} may be sent to named people only (audience: named): “{name}”"
            " is a press list; issue it to a list with audience: named"
        )
    return version is not None and version.embargo is None


def require_embargo_not_ended(standing: Standing, now: datetime) -> None:
    """Raise an error where the embargo ended before the release was public.

    Raises:
        StateError: it ended (T13).
    """
    if standing.version is not None and standing.embargo is not None and now >= standing.embargo:
        ended = format_instant(standing.embargo, find_time_zone(standing))
        raise StateError(
            f"T13 the embargo of {standing.reference} ended at {ended}, but it is not public yet, and nothing"
            " can be issued"
            f" under an embargo that has ended; publish it first (pressgen lift {standing.slug}), then issue"
            " it as public"
        )


def _record_issue(sending: MessageSender, standing: Standing, event: Issued) -> None:
    """Record the issue before the first mail, once for version and list."""
    ledger = sending.ledger
    with ledger.exclusive(standing.reference, standing.slug) as transaction:
        if transaction.standing.version != standing.version or transaction.standing.state is State.WITHDRAWN:
            raise StateError(f"{standing.reference} was changed by somebody else in the meantime; see pressgen status")
        known = any(_is_same_issue(stamp.event, event) for stamp in ledger.entries(standing.reference))
        if not known or transaction.standing.state is State.APPROVED:  # an issue that failed does not count
            transaction.append(event, actor=sending.actor, at=sending.watch.clock())


def _record_failure(sending: MessageSender, standing: Standing, event: Issued) -> None:
    """Record that nothing of the release has arrived, where that is certain."""
    ledger = sending.ledger
    with ledger.exclusive(standing.reference, standing.slug) as transaction:
        events = [stamp.event for stamp in ledger.entries(standing.reference)]
        sent = [each for each in events if isinstance(each, Sent)]
        if sent and transaction.standing.issued_at and not any(each.outcome in ARRIVED for each in sent):
            failed = IssueFailed(version=event.version, list=event.list)
            transaction.append(failed, actor=sending.actor, at=sending.watch.clock())


def _is_same_issue(event: object, issued: Issued) -> bool:
    return isinstance(event, Issued) and (event.version, event.list, event.note) == (
        issued.version,
        issued.list,
        issued.note,
    )


def _create_reader(recipient: Recipient, address: str, copying: CopyOptions) -> Reader:
    return Reader(
        id=recipient.id,
        name=recipient.name,
        holder=format_holder(recipient),
        address=address,
        copying=copying,
    )
