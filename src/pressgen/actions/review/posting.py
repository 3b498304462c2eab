"""Mail the copies of a round of review: a mail to each reader, once, whatever was cut short before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pressgen.actions.distribute.attempt import IN_DOUBT, Attempt, claim
from pressgen.actions.distribute.channels import new_bounce_key, post_of, return_path_of, sender_of
from pressgen.actions.distribute.copies import key_of
from pressgen.actions.workspace.office import open_ledger, take_office
from pressgen.actions.workspace.readers import redirects_of
from pressgen.channels.letter import Letter, Mailbox
from pressgen.channels.retry import Patience
from pressgen.errors import StateForbids, WrongUse
from pressgen.model.office import PostChannel
from pressgen.model.outcome import ARRIVED
from pressgen.model.readers import Bounced
from pressgen.model.round import Posted
from pressgen.text.expression import near
from pressgen.text.notices import for_review

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.outcome import Outcome
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.office import Office

TURN = 30.0
"""Seconds to wait for another program that is sending the same release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How the copies of a round are mailed.

    Attributes:
        channel: its id in the office's file.
        clock: gives the present instant, aware.
        tell: gets each mail once it is recorded, and those of earlier runs that may have gone.
        patience: how often a mail is tried.
    """

    channel: str
    clock: Callable[[], datetime]
    tell: Callable[[Posted], None]
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """Who mails copies to whom; `readers` have their names and addresses by id."""

    workspace: Workspace
    office: Office
    actor: str
    way: Way
    readers: Mapping[str, Mailbox]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """What is mailed.

    Attributes:
        language: of the release.
        digest: of the state that the copies show.
        banner: the first line of all; empty where the house prints none.
        files: by name.
    """

    reference: str
    slug: str
    headline: str
    language: str
    round: int
    digest: str
    banner: str
    files: Mapping[str, bytes] = field(repr=False)


def channel_of(office: Office, name: str) -> PostChannel:
    """The mail channel of that name.

    Raises:
        WrongUse: there is none.
        Refused: channels are at fault in the office file.
    """
    found = office.channels.get(name)
    if isinstance(found, PostChannel):
        return found
    office.need("channels")
    ways = [each for each, channel in office.channels.items() if isinstance(channel, PostChannel)]
    among = (
        near(name, ways) or f"; there is {', '.join(ways) or 'no such channel yet: add one to releases/pressgen.yaml'}"
    )
    raise WrongUse(f"“{name}” is none of the office's channels for mail{among}")


def readers_of(office: Office, ids: Sequence[str], reference: str, audience: str) -> dict[str, Mailbox]:
    """The editors of these ids: people of the office, or on a list of named people.

    A draft is for nobody on a list of the press; one that is for nobody before its lift, only for the office itself.

    Raises:
        WrongUse: somebody is not known, or nobody is named.
        StateForbids: somebody may not have it.
    """
    if not ids:
        raise WrongUse("say whom the copies go to, with --to ID")
    own = {each: Mailbox(member.name, member.email) for each, member in office.people.items()}
    lists = [(each, list_) for list_ in office.lists.values() for each in list_.recipients]
    found: dict[str, Mailbox] = {}
    for each in ids:
        listed = [(recipient, list_.audience) for recipient, list_ in lists if recipient.id == each]
        if each in own:
            found[each] = own[each]
        elif not listed:
            office.need("people", "lists")
            known = [*own, *(recipient.id for recipient, _ in lists)]
            raise WrongUse(f"“{each}” is nobody of the office and on none of its lists{near(each, known)}")
        elif audience == "nobody":
            raise StateForbids(f"{reference} is for nobody before its lift (audience: nobody), and so not for “{each}”")
        elif all(for_ == "press" for _, for_ in listed):
            raise StateForbids(f"“{each}” is on a list of the press, and {reference} is a draft; it is not sent there")
        else:
            found[each] = Mailbox(listed[0][0].name, listed[0][0].email)
    return found


def mailing(workspace: Workspace, way: Way, actor: str, to: Sequence[str], about: tuple[str, str]) -> Mailing:
    """The mails of a round, before there are any copies.

    Args:
        workspace: whose office it is.
        way: by which channel.
        actor: the id of the person who sends them.
        to: the ids of the editors.
        about: the reference of the release, and for whom it is.

    Raises:
        WrongUse: there is no such channel, or somebody is not known.
        StateForbids: somebody may not have it.
    """
    office = take_office(workspace)
    channel_of(office, way.channel)
    with open_ledger(workspace) as ledger:
        redirects = redirects_of(ledger)
    readers: dict[str, Mailbox] = {}
    for id_, reader in readers_of(office, to, *about).items():
        address = redirects.address_for(reader.address)
        if address is None:
            raise StateForbids(f"“{id_}” was forgotten: nothing is sent to {reader.address} any more")
        readers[id_] = Mailbox(reader.name, address)
    return Mailing(workspace=workspace, office=office, actor=actor, way=way, readers=readers)


def post(mailing: Mailing, copies: Copies) -> list[Posted]:
    """Mail the copies to each reader who has not had them; what became of each mail.

    A mail of an earlier run that may have gone is among them, and is not sent again.

    Raises:
        StateForbids: another program is sending this release.
        MachineLacks: a secret is not to be had, and nothing was sent; or the ledger cannot be written.
    """
    way, workspace = mailing.way, mailing.workspace
    sender = post_of(workspace, way.channel, channel_of(mailing.office, way.channel))
    done: list[Posted] = []
    asked = claim(copies.reference, copies.slug, mailing.actor, clock=way.clock, wait=TURN)
    with sender as session, open_ledger(workspace) as ledger, ledger.lease(asked) as lease:
        had = _had(ledger, copies.reference)
        waiting = {
            key_of(copies.reference, "review", copies.digest, str(copies.round), way.channel, reader.address): each
            for each, reader in mailing.readers.items()
        }

        bounce_keys: dict[str, str] = {}

        def record(key: str, outcome: Outcome) -> Posted:
            return Posted(
                round=copies.round, recipient=waiting[key], address=mailing.readers[waiting[key]].address,
                channel=way.channel, outcome=outcome.word, detail=outcome.detail, key=key,
                bounce_key=bounce_keys.get(key, ""),
            )  # fmt: skip

        def attempt(key: str) -> Outcome:
            bounce_keys[key] = new_bounce_key(mailing.office)
            whole = _letter(mailing, copies, mailing.readers[waiting[key]], key)
            letter = replace(whole, return_path=return_path_of(mailing.office, bounce_keys[key]))
            tried = Attempt(lease, record(key, IN_DOUBT), mailing.actor, way.clock)
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


def _had(ledger: Ledger, reference: str) -> dict[str, Posted]:
    """The mails that arrived or may have, and have not come back since, by their keys."""
    found: dict[str, Posted] = {}
    for stamp in ledger.entries(reference):
        event = stamp.event
        if isinstance(event, Posted) and event.outcome in ARRIVED:
            found[event.key] = event
        elif isinstance(event, Bounced) and event.final:
            found.pop(event.key, None)
    return found


def _letter(mailing: Mailing, copies: Copies, reader: Mailbox, key: str) -> Letter:
    told = for_review(copies.round, copies.headline, copies.reference, list(copies.files), copies.language)
    return Letter(
        sender=sender_of(mailing.office.office),
        to=reader,
        subject=": ".join(filter(None, (told.label, copies.banner, copies.headline))),
        text="\n\n".join(filter(None, (copies.banner, told.text))),
        files=copies.files,
        key=key,
        reply_to=mailing.office.office.reply_to or "",
        at=mailing.way.clock(),
    )
