"""Announcements of a lift to channels, and failure mails to the office."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pressgen.actions.approve.standing_checks import find_time_zone
from pressgen.actions.distribute.message import OutgoingMessage, create_html_part_writer, read_page_language
from pressgen.actions.distribute.message_sender import IN_DOUBT, DeliveryAttempt, create_lease_request
from pressgen.actions.distribute.office_channels import (
    build_unsubscribe_options,
    create_bounce_key,
    create_mail_sender,
    create_webhook,
    get_office_return_path,
    get_sender_mailbox,
)
from pressgen.actions.distribute.reader_copies import compute_delivery_key
from pressgen.actions.distribute.release_holders import find_first_mails
from pressgen.actions.publish.newsroom_folder import WORKER_ACTOR
from pressgen.actions.workspace.permissions import list_people_with_role
from pressgen.actions.workspace.reader_addresses import read_redirects
from pressgen.channels.letter import Letter, Mailbox
from pressgen.channels.outcome import DeliveryOutcome
from pressgen.channels.webhook import post_to_webhook
from pressgen.errors import EnvironmentFailureError
from pressgen.model.address import normalise_mailbox
from pressgen.model.event import Lifted, Sent
from pressgen.model.moment import Moment
from pressgen.model.office import FolderChannel, GraphChannel, MailChannel, PostChannel, WebhookChannel
from pressgen.model.outcome import ARRIVED
from pressgen.text.notices import make_early_lift_notice, make_lift_notice
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.checked_mail import MailSender
    from pressgen.ledger.lease import Lease
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.decision import EmbargoEnded
    from pressgen.model.event import Event
    from pressgen.model.office import Office
    from pressgen.model.readers import Redirects
    from pressgen.model.standing import Copy, Standing

LEASE_WAIT = 30.0
"""Seconds to wait for another program that is sending the same release; the scheduler tries again afterwards."""


@dataclass(frozen=True, slots=True)
class LiftAnnouncement:
    """What to announce: a release that has become public, and its page.

    Attributes:
        address: of its page.
        text: the public release as plain text.
        pages: its approved web pages; empty where the ledger has none.
        early: the decision that ended its embargo early; None where it ended at its hour.
    """

    standing: Standing
    address: str
    text: str
    pages: tuple[str, ...] = ()
    early: EmbargoEnded | None = None

    @property
    def headline(self) -> str:
        """The headline as printed, without markup."""
        return self.standing.version.headline if self.standing.version else self.standing.reference


@dataclass(frozen=True, slots=True)
class Announcer:
    """Announces lifts to channels, each once, and records it.

    Attributes:
        clock: gives the present instant, aware.
    """

    workspace: Workspace
    office: Office
    ledger: Ledger
    clock: Callable[[], datetime]

    def announce(self, news: LiftAnnouncement, name: str) -> DeliveryOutcome:
        """Announce the lift to the channel `name`.

        If it is a mail channel, everybody who had the release under embargo gets a mail.

        Raises:
            EnvironmentFailureError: a secret is missing, or the ledger cannot be written.
        """
        match self.office.channels.get(name):
            case MailChannel() | GraphChannel() as channel:
                with create_mail_sender(self.workspace, name, channel) as way:
                    return self._mail(news, name, way)
            case WebhookChannel() as channel:
                key = compute_delivery_key(news.standing.reference, str(news.standing.revision), name)
                return post_to_webhook(
                    create_webhook(self.workspace, name, channel), _create_webhook_payload(news), key, self.clock()
                )
            case FolderChannel() | None:
                return DeliveryOutcome(ok=False, detail=f"{name} is not a channel that can be notified", permanent=True)

    def mail_office(self, subject: str, text: str, key: str) -> list[DeliveryOutcome]:
        """Mail the office's own address and its heads.

        It uses the office's first channel that accepts the mail.

        Raises:
            EnvironmentFailureError: a secret is missing, for any channel.
        """
        heads = [self.office.people[each] for each in list_people_with_role(self.office, "head")]
        boxes = {each.email: Mailbox(each.name, each.email) for each in heads}
        boxes[self.office.office.sender] = get_sender_mailbox(self.office.office)
        letters = [self._letter(box, subject, text, compute_delivery_key(key, box.address)) for box in boxes.values()]
        outcomes: dict[str, DeliveryOutcome] = {}
        lack: EnvironmentFailureError | None = None
        for name, channel in self.office.channels.items():
            left = [each for each in letters if each.key not in outcomes or outcomes[each.key].word not in ARRIVED]
            if left and isinstance(channel, PostChannel):
                try:
                    with create_mail_sender(self.workspace, name, channel) as way:
                        outcomes |= {each.key: way.send(each) for each in left}
                except EnvironmentFailureError as error:
                    lack = error
        if lack and not outcomes:
            raise lack
        return list(outcomes.values())

    def _mail(self, news: LiftAnnouncement, name: str, way: MailSender) -> DeliveryOutcome:
        """Mail each reader who had a copy before the lift.

        A reader who got this mail already, or may have got it, gets no other.
        """
        reference, slug = news.standing.reference, news.standing.slug
        goods = _compose_announcement(news)
        html = create_html_part_writer(goods)("")
        request = create_lease_request(reference, slug, WORKER_ACTOR, clock=self.clock, wait=LEASE_WAIT)
        with self.ledger.lease(request) as lease:
            events = [each.event for each in self.ledger.entries(reference)]
            sent = [each for each in events if isinstance(each, Sent)]
            tried = {each.key: each.outcome for each in sent}
            first = find_first_mails(_list_events_before_lift(events))
            listed = [each for people in self.office.lists.values() for each in people.recipients]
            names = {normalise_mailbox(each.email): each.name for each in listed}
            failed: list[DeliveryOutcome] = []
            doubted = 0
            early = [each for each in self.ledger.copies(reference) if normalise_mailbox(each.address) in first]
            copies = _apply_redirects(early, read_redirects(self.ledger))
            for copy in copies:
                key = compute_delivery_key(reference, str(news.standing.revision), name, copy.recipient)
                word = tried.get(key)
                if word not in ARRIVED:
                    mailbox = normalise_mailbox(copy.address)
                    box = Mailbox(names.get(mailbox, copy.recipient), copy.address)
                    bounce_key = create_bounce_key(self.office)
                    letter = replace(
                        self._letter(box, goods.subject(), goods.text(), key),
                        html=html,
                        return_path=get_office_return_path(self.office, bounce_key),
                    )
                    letter = self._threaded(letter, first[mailbox].key if mailbox in first else "")
                    to_event = partial(_create_sent_event, copy, name, key, bounce_key)
                    outcome = self._send(lease, partial(way.send, letter), to_event, again=word is not None)
                    word = outcome.word
                    failed += [] if word in ARRIVED else [outcome]
                    if outcome.blocked:
                        break
                doubted += word == "unknown"
        if failed:
            lasting = all(each.permanent for each in failed)
            return DeliveryOutcome(ok=False, detail=f"{len(failed)} not told: {failed[0].detail}", permanent=lasting)
        doubt = f", {doubted} of which may not have arrived; see pressgen status" if doubted else ""
        return DeliveryOutcome(ok=True, detail=f"{format_count(len(copies), 'mail')}{doubt}")

    def _send(
        self,
        lease: Lease,
        send: Callable[[], DeliveryOutcome],
        to_event: Callable[[DeliveryOutcome], Sent],
        *,
        again: bool,
    ) -> DeliveryOutcome:
        """Send one mail and record the outcome, a failure only once."""
        outcome = DeliveryAttempt(lease, to_event(IN_DOUBT), WORKER_ACTOR, self.clock).make(send)
        if outcome.word in ARRIVED or not again:
            lease.settle(to_event(outcome), actor=WORKER_ACTOR, at=self.clock())
        else:
            lease.drop()
        return outcome

    def _letter(self, box: Mailbox, subject: str, text: str, key: str) -> Letter:
        office = self.office.office
        return Letter(
            sender=get_sender_mailbox(office),
            to=box,
            subject=subject,
            text=text,
            key=key,
            reply_to=office.reply_to or "",
            at=self.clock(),
        )

    def _threaded(self, letter: Letter, answers: str) -> Letter:
        """Return `letter` in its mail thread, with the unsubscribe address.

        The thread begins with the mail that brought the release.
        """
        leave = build_unsubscribe_options(self.office.office, letter.to.address, letter.key)
        return replace(letter, answers=answers, unsubscribe=leave.addresses, one_click=leave.one_click)


def _apply_redirects(copies: Sequence[Copy], redirects: Redirects) -> list[Copy]:
    """Return the copies at current addresses, one for each mailbox.

    Readers who were forgotten are left out.
    """
    found: dict[str, Copy] = {}
    for copy in copies:
        address = redirects.address_for(copy.address)
        if address is not None:
            found.setdefault(normalise_mailbox(address), replace(copy, address=address))
    return list(found.values())


def _list_events_before_lift(events: Sequence[Event]) -> list[Event]:
    """List the events before the lift.

    Mails sent under the embargo count as well, even if they were recorded after it.
    """
    lifted = next((place for place, each in enumerate(events) if isinstance(each, Lifted)), len(events))
    late = (each for each in events[lifted:] if isinstance(each, Sent) and each.embargo is not None)
    return [*events[:lifted], *late]


def _create_sent_event(copy: Copy, name: str, key: str, bounce_key: str, outcome: DeliveryOutcome) -> Sent:
    return Sent(
        version=copy.version,
        recipient=copy.recipient,
        address=copy.address,
        channel=name,
        files={},
        embargo=None,
        outcome=outcome.word,
        detail=outcome.detail,
        key=key,
        bounce_key=bounce_key,
    )


def _compose_announcement(news: LiftAnnouncement) -> OutgoingMessage:
    """Compose the mail to those who had the release under embargo."""
    standing, language = news.standing, read_page_language(news.pages)
    version, zone = standing.version, find_time_zone(standing)
    if news.early is not None:
        was = Moment(version.embargo, zone) if version and version.embargo else None
        notice = make_early_lift_notice(news.headline, was, news.address, news.early.notice, language)
    else:
        ended = Moment(standing.embargo, zone) if standing.embargo else None
        notice = make_lift_notice(ended, news.address, language)
    return OutgoingMessage(
        act="lifted",
        version=version.digest if version else "",
        reference=standing.reference,
        slug=standing.slug,
        headline=news.headline,
        embargo=None,
        label=notice.label,
        notice=notice,
        language=language,
        body=news.text,
        pages=news.pages,
    )


def _create_webhook_payload(news: LiftAnnouncement) -> dict[str, object]:
    """Return a web hook's data: the headline and the page's address."""
    standing = news.standing
    return {
        "event": "lifted",
        "reference": standing.reference,
        "version": standing.version.digest if standing.version else "",
        "headline": news.headline,
        "address": news.address,
        "lifted": standing.lifted_at.isoformat() if standing.lifted_at else None,
    }
