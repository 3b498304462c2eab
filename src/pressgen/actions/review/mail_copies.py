"""Mail the copies of a round of review.

Each reader gets one mail, even if an earlier run was interrupted.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pressgen.actions.distribute.message_sender import IN_DOUBT, DeliveryAttempt, create_lease_request
from pressgen.actions.distribute.office_channels import (
    create_bounce_key,
    create_mail_sender,
    get_office_return_path,
    get_sender_mailbox,
)
from pressgen.actions.distribute.reader_copies import compute_delivery_key
from pressgen.actions.workspace.office import load_office, open_ledger
from pressgen.actions.workspace.reader_addresses import read_redirects
from pressgen.channels.letter import Letter, Mailbox
from pressgen.channels.retry import RetryPolicy
from pressgen.errors import StateError, UsageError
from pressgen.model.office import PostChannel
from pressgen.model.outcome import ARRIVED
from pressgen.model.readers import Bounced
from pressgen.model.round import Posted
from pressgen.text.expression import suggest_name
from pressgen.text.notices import make_review_notice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.outcome import DeliveryOutcome
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.office import Office

RULE = "=" * 40
"""What stands above the text of the release; `review/mail_lines.py` knows it again."""
TURN = 30.0
"""Seconds to wait for another program that is sending the same release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMailOptions:
    """The options for mailing the copies of a review round.

    Attributes:
        channel: its id in the office's file.
        clock: gives the present instant, aware.
        tell: gets each mail once it is recorded, and uncertain mails of earlier runs.
        patience: how often a mail is tried.
    """

    channel: str
    clock: Callable[[], datetime]
    tell: Callable[[Posted], None]
    patience: RetryPolicy = field(default_factory=RetryPolicy)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMailing:
    """The office, the sender and the readers of a review mailing.

    `readers` have their names and addresses by id.
    """

    workspace: Workspace
    office: Office
    actor: str
    way: ReviewMailOptions
    readers: Mapping[str, Mailbox]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCopies:
    """The review copies to be mailed.

    Attributes:
        language: of the release.
        digest: of the state that the copies show.
        banner: the first line of all; empty where the house prints none.
        text: the release as plain text, to be quoted and changed in an answer.
        files: by name.
    """

    reference: str
    slug: str
    headline: str
    language: str
    round: int
    digest: str
    banner: str
    text: str = field(repr=False)
    files: Mapping[str, bytes] = field(repr=False)


def find_mail_channel(office: Office, name: str) -> PostChannel:
    """Find the office's mail channel of a name.

    Raises:
        UsageError: there is none.
        InputError: channels are at fault in the office file.
    """
    found = office.channels.get(name)
    if isinstance(found, PostChannel):
        return found
    office.need("channels")
    ways = [each for each, channel in office.channels.items() if isinstance(channel, PostChannel)]
    among = suggest_name(name, ways) or (
        f"; its mail channels: {', '.join(ways)}" if ways else "; it has none yet: add one to releases/pressgen.yaml"
    )
    raise UsageError(f"“{name}” is not a mail channel of the office{among}")


def require_known_readers(office: Office, ids: Sequence[str]) -> None:
    """Raise an error unless everybody is in the office or listed.

    Raises:
        UsageError: somebody is not known.
        InputError: people or lists are at fault in the office file.
    """
    known = [*office.people, *(each.id for list_ in office.lists.values() for each in list_.recipients)]
    for each in ids:
        if each not in known:
            office.need("people", "lists")
            raise UsageError(f"“{each}” is not in the office and not on any of its lists{suggest_name(each, known)}")


def find_readers(office: Office, ids: Sequence[str], reference: str, audience: str) -> dict[str, Mailbox]:
    """Find the name and address of each editor by id.

    An editor is a person of the office, or on a list of named people. A draft never goes to a press list. A release
    that is for nobody before its lift goes only to the office.

    Raises:
        UsageError: somebody is not known, or nobody is named.
        StateError: somebody may not have it.
    """
    if not ids:
        raise UsageError("name the people to send the copies to, with --to ID")
    own = {each: Mailbox(member.name, member.email) for each, member in office.people.items()}
    require_known_readers(office, ids)
    lists = [(each, list_) for list_ in office.lists.values() for each in list_.recipients]
    found: dict[str, Mailbox] = {}
    for each in ids:
        listed = [(recipient, list_.audience) for recipient, list_ in lists if recipient.id == each]
        if each in own:
            found[each] = own[each]
        elif audience == "nobody":
            raise StateError(
                f"{reference} must not be sent to anybody before its lift (audience: nobody), including “{each}”"
            )
        elif all(for_ == "press" for _, for_ in listed):
            raise StateError(f"“{each}” is on a press list, and {reference} is a draft, so it is not sent there")
        else:
            found[each] = Mailbox(listed[0][0].name, listed[0][0].email)
    return found


def prepare_mailing(
    workspace: Workspace, way: ReviewMailOptions, actor: str, to: Sequence[str], about: tuple[str, str]
) -> ReviewMailing:
    """Prepare the mailing of a review round, before copies exist.

    Args:
        workspace: the office's.
        way: by which channel.
        actor: the id of the person who sends them.
        to: the ids of the editors.
        about: the reference of the release, and its audience.

    Raises:
        UsageError: there is no such channel, or somebody is not known.
        StateError: somebody may not have it.
    """
    office = load_office(workspace)
    find_mail_channel(office, way.channel)
    with open_ledger(workspace) as ledger:
        redirects = read_redirects(ledger)
    readers: dict[str, Mailbox] = {}
    for id_, reader in find_readers(office, to, *about).items():
        address = redirects.address_for(reader.address)
        if address is None:
            raise StateError(f"“{id_}” was forgotten, so nothing is sent to {reader.address} any more")
        readers[id_] = Mailbox(reader.name, address)
    return ReviewMailing(workspace=workspace, office=office, actor=actor, way=way, readers=readers)


def mail_copies(mailing: ReviewMailing, copies: ReviewCopies) -> list[Posted]:
    """Mail the copies to each reader who has not had them.

    Returns the outcome of each mail. A mail of an earlier run that may have gone is among them, and is not sent again.

    Raises:
        StateError: another program is sending this release.
        EnvironmentFailureError: a secret is missing, and nothing was sent; or the ledger cannot be written.
    """
    way, workspace = mailing.way, mailing.workspace
    sender = create_mail_sender(workspace, way.channel, find_mail_channel(mailing.office, way.channel))
    done: list[Posted] = []
    asked = create_lease_request(copies.reference, copies.slug, mailing.actor, clock=way.clock, wait=TURN)
    with sender as session, open_ledger(workspace) as ledger, ledger.lease(asked) as lease:
        had = _find_delivered_mails(ledger, copies.reference)
        waiting = {
            compute_delivery_key(
                copies.reference, "review", copies.digest, str(copies.round), way.channel, reader.address
            ): each
            for each, reader in mailing.readers.items()
        }
        bounce_keys: dict[str, str] = {}

        def record(key: str, outcome: DeliveryOutcome) -> Posted:
            return Posted(
                round=copies.round, recipient=waiting[key], address=mailing.readers[waiting[key]].address,
                channel=way.channel, outcome=outcome.word, detail=outcome.detail, key=key,
                bounce_key=bounce_keys.get(key, ""),
            )  # fmt: skip

        def attempt(key: str) -> DeliveryOutcome:
            bounce_keys[key] = create_bounce_key(mailing.office)
            whole = _compose_mail(mailing, copies, mailing.readers[waiting[key]], key)
            letter = replace(whole, return_path=get_office_return_path(mailing.office, bounce_keys[key]))
            tried = DeliveryAttempt(lease, record(key, IN_DOUBT), mailing.actor, way.clock)
            return tried.make(lambda: session.send(letter))

        for before in [had[key] for key in waiting if key in had and had[key].outcome == "unknown"]:
            done.append(before)
            way.tell(before)
        left = [key for key in waiting if key not in had]
        for key, outcome in way.patience.try_all(left, attempt, lambda _: way.channel):
            posted = record(key, outcome)
            lease.settle(posted, actor=mailing.actor, at=way.clock())
            done.append(posted)
            way.tell(posted)
    return done


def _find_delivered_mails(ledger: Ledger, reference: str) -> dict[str, Posted]:
    """Find mails that arrived or may have, without those that bounced."""
    found: dict[str, Posted] = {}
    for stamp in ledger.entries(reference):
        event = stamp.event
        if isinstance(event, Posted) and event.outcome in ARRIVED:
            found[event.key] = event
        elif isinstance(event, Bounced) and event.final:
            found.pop(event.key, None)
    return found


def _compose_mail(mailing: ReviewMailing, copies: ReviewCopies, reader: Mailbox, key: str) -> Letter:
    notice = make_review_notice(copies.round, copies.headline, copies.reference, list(copies.files), copies.language)
    return Letter(
        sender=get_sender_mailbox(mailing.office.office),
        to=reader,
        subject=": ".join(filter(None, (notice.label, copies.banner, copies.headline))),
        text="\n\n".join(filter(None, (copies.banner, notice.text, RULE, copies.text.rstrip()))),
        files=copies.files,
        key=key,
        reply_to=mailing.office.office.reply_to or "",
        at=mailing.way.clock(),
    )
