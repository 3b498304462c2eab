"""What each channel is told when a release has become public, and what the desk is told when a lift fails."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pressgen.actions.approve.allowed import zone_of
from pressgen.actions.distribute.attempt import IN_DOUBT, Attempt, claim
from pressgen.actions.distribute.channels import (
    hook_of,
    new_bounce_key,
    post_of,
    return_path_of,
    sender_of,
    unsubscribe_of,
)
from pressgen.actions.distribute.copies import key_of
from pressgen.actions.distribute.html_part import html_part, language_of
from pressgen.actions.distribute.message import Parcel
from pressgen.actions.distribute.readers import first_mails
from pressgen.actions.publish.publish import ROBOT
from pressgen.actions.workspace.permissions import having
from pressgen.actions.workspace.readers import redirects_of
from pressgen.channels.letter import Letter, Mailbox
from pressgen.channels.outcome import Outcome
from pressgen.channels.webhook import post
from pressgen.errors import MachineLacks
from pressgen.model.address import mailbox_of
from pressgen.model.event import Lifted, Sent
from pressgen.model.moment import Moment
from pressgen.model.office import FolderChannel, GraphChannel, MailChannel, PostChannel, WebhookChannel
from pressgen.model.outcome import ARRIVED
from pressgen.text.notices import embargo_ended, now_public
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.ready import MailSender
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.decision import EmbargoEnded
    from pressgen.model.event import Event
    from pressgen.model.office import Office
    from pressgen.model.readers import Redirects
    from pressgen.model.standing import Copy, Standing

TURN = 30.0
"""Seconds to wait for another program that is sending the same release; the engine tries again afterwards."""


@dataclass(frozen=True, slots=True)
class News:
    """A release that has become public.

    Attributes:
        address: of its page.
        text: the public release as plain text.
        pages: its approved web pages; empty where the ledger has none.
        early: the decision that ended its embargo before the hour; None where it ended at its hour.
    """

    standing: Standing
    address: str
    text: str
    pages: tuple[str, ...] = ()
    early: EmbargoEnded | None = None

    @property
    def headline(self) -> str:
        """As printed, without dress."""
        return self.standing.version.headline if self.standing.version else self.standing.reference


@dataclass(frozen=True, slots=True)
class Announcer:
    """Tells channels; what it told whom is in the ledger, and told once.

    Attributes:
        clock: gives the present instant, aware.
    """

    workspace: Workspace
    office: Office
    ledger: Ledger
    clock: Callable[[], datetime]

    def announce(self, news: News, name: str) -> Outcome:
        """Tell the channel `name`; everybody who had the release under embargo, where it is mail.

        Raises:
            MachineLacks: a secret is not to be had, or the ledger cannot be written.
        """
        match self.office.channels.get(name):
            case MailChannel() | GraphChannel() as channel:
                with post_of(self.workspace, name, channel) as way:
                    return self._mail(news, name, way)
            case WebhookChannel() as channel:
                key = key_of(news.standing.reference, str(news.standing.revision), name)
                return post(hook_of(self.workspace, name, channel), _said(news), key, self.clock())
            case FolderChannel() | None:
                return Outcome(ok=False, detail=f"{name} is no channel that can be told", permanent=True)

    def tell_desk(self, subject: str, text: str, key: str) -> list[Outcome]:
        """Mail the office's own address and its heads, by the first channel of the office that takes the mail.

        Raises:
            MachineLacks: a secret is not to be had, for any channel.
        """
        heads = [self.office.people[each] for each in having(self.office, "head")]
        boxes = {each.email: Mailbox(each.name, each.email) for each in heads}
        boxes[self.office.office.sender] = sender_of(self.office.office)
        letters = [self._letter(box, subject, text, key_of(key, box.address)) for box in boxes.values()]
        outcomes: dict[str, Outcome] = {}
        lack: MachineLacks | None = None
        for name, channel in self.office.channels.items():
            left = [each for each in letters if each.key not in outcomes or outcomes[each.key].word not in ARRIVED]
            if left and isinstance(channel, PostChannel):
                try:
                    with post_of(self.workspace, name, channel) as way:
                        outcomes |= {each.key: way.send(each) for each in left}
                except MachineLacks as error:
                    lack = error
        if lack and not outcomes:
            raise lack
        return list(outcomes.values())

    def _mail(self, news: News, name: str, way: MailSender) -> Outcome:
        """One mail to each who had a copy before the lift; whoever was told already, or may have been, is not again."""
        reference, slug = news.standing.reference, news.standing.slug
        goods = _parcel(news)
        html = html_part(goods)("")
        with self.ledger.lease(claim(reference, slug, ROBOT, clock=self.clock, wait=TURN)) as lease:
            events = [each.event for each in self.ledger.entries(reference)]
            sent = [each for each in events if isinstance(each, Sent)]
            tried = {each.key: each.outcome for each in sent}
            first = first_mails(_before_lift(events))
            listed = [each for people in self.office.lists.values() for each in people.recipients]
            names = {mailbox_of(each.email): each.name for each in listed}
            failed: list[Outcome] = []
            doubted = 0
            early = [each for each in self.ledger.copies(reference) if mailbox_of(each.address) in first]
            copies = _redirected(early, redirects_of(self.ledger))
            for copy in copies:
                key = key_of(reference, str(news.standing.revision), name, copy.recipient)
                word = tried.get(key)
                if word not in ARRIVED:
                    mailbox = mailbox_of(copy.address)
                    box = Mailbox(names.get(mailbox, copy.recipient), copy.address)
                    whole = replace(self._letter(box, goods.subject(), goods.text(), key), html=html)
                    letter = self._threaded(whole, first[mailbox].key if mailbox in first else "")
                    bounce_key = new_bounce_key(self.office)
                    letter = replace(letter, return_path=return_path_of(self.office, bounce_key))
                    attempt = Attempt(lease, _sent(copy, name, key, IN_DOUBT, bounce_key), ROBOT, self.clock)
                    outcome = attempt.make(partial(way.send, letter))
                    if outcome.word in ARRIVED or word is None:  # each further failure says no more than the first
                        lease.settle(_sent(copy, name, key, outcome, bounce_key), actor=ROBOT, at=self.clock())
                    else:
                        lease.drop()
                    word = outcome.word
                    failed += [] if word in ARRIVED else [outcome]
                    if outcome.blocked:
                        break
                doubted += word == "unknown"
        if failed:
            lasting = all(each.permanent for each in failed)
            return Outcome(ok=False, detail=f"{len(failed)} not told: {failed[0].detail}", permanent=lasting)
        doubt = f", {doubted} of which may not have arrived; see pressgen status" if doubted else ""
        return Outcome(ok=True, detail=f"{format_count(len(copies), 'mail')}{doubt}")

    def _letter(self, box: Mailbox, subject: str, text: str, key: str) -> Letter:
        office = self.office.office
        return Letter(
            sender=sender_of(office),
            to=box,
            subject=subject,
            text=text,
            key=key,
            reply_to=office.reply_to or "",
            at=self.clock(),
        )

    def _threaded(self, letter: Letter, answers: str) -> Letter:
        """Return `letter` to a reader: under the mail that brought the release, and with the way off the lists."""
        leave = unsubscribe_of(self.office.office, letter.to.address, letter.key)
        return replace(letter, answers=answers, unsubscribe=leave.addresses, one_click=leave.one_click)


def _redirected(copies: Sequence[Copy], redirects: Redirects) -> list[Copy]:
    """The copies at the addresses of now, one for each mailbox; none of those who were forgotten."""
    found: dict[str, Copy] = {}
    for copy in copies:
        address = redirects.address_for(copy.address)
        if address is not None:
            found.setdefault(mailbox_of(address), replace(copy, address=address))
    return list(found.values())


def _before_lift(events: Sequence[Event]) -> list[Event]:
    """What happened before the lift, and mails under the embargo that were recorded only after it."""
    lifted = next((place for place, each in enumerate(events) if isinstance(each, Lifted)), len(events))
    late = (each for each in events[lifted:] if isinstance(each, Sent) and each.embargo is not None)
    return [*events[:lifted], *late]


def _sent(copy: Copy, name: str, key: str, outcome: Outcome, bounce_key: str) -> Sent:
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


def _parcel(news: News) -> Parcel:
    """What is mailed to those who had it under embargo."""
    standing, language = news.standing, language_of(news.pages)
    version, zone = standing.version, zone_of(standing)
    if news.early is not None:
        was = Moment(version.embargo, zone) if version and version.embargo else None
        notice = embargo_ended(news.headline, was, news.address, news.early.notice, language)
    else:
        ended = Moment(standing.embargo, zone) if standing.embargo else None
        notice = now_public(ended, news.address, language)
    return Parcel(
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


def _said(news: News) -> dict[str, object]:
    """What a web hook is told: no word of the release but its headline, and where the rest is."""
    standing = news.standing
    return {
        "event": "lifted",
        "reference": standing.reference,
        "version": standing.version.digest if standing.version else "",
        "headline": news.headline,
        "address": news.address,
        "lifted": standing.lifted_at.isoformat() if standing.lifted_at else None,
    }
