"""Those who have a release, from the ledger alone: whoever left a list since is told of a change all the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.actions.distribute.copies import LOCKED, MARKED, Copying
from pressgen.actions.distribute.deliveries import Reader
from pressgen.actions.workspace.readers import redirects_of
from pressgen.errors import StateForbids
from pressgen.model.address import mailbox_of
from pressgen.model.event import Sent
from pressgen.model.outcome import ARRIVED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Event
    from pressgen.model.office import MailingList, Office, Recipient
    from pressgen.model.standing import Bounce, Standing


def holder_of(recipient: Recipient) -> str:
    """How a recipient is printed on a copy: name and outlet."""
    return ", ".join(filter(None, (recipient.name, recipient.outlet)))


def having(ledger: Ledger, standing: Standing, office: Office) -> list[Reader]:
    """Everybody who has the release or may have it, each once: the first mail that brought it, a copy of its kind.

    Whose address was replaced has the new one; whoever was forgotten is not among them.

    Args:
        ledger: which knows them.
        standing: where the release stands.
        office: whose lists say how they are called, as long as they are on one.
    """
    redirects = redirects_of(ledger)
    known = {mailbox_of(each.email): each for list_ in office.lists.values() for each in list_.recipients}
    found: dict[str, Reader] = {}
    for sent in first_mails(stamp.event for stamp in ledger.entries(standing.reference)).values():
        address = redirects.address_for(sent.address)
        if address is not None:
            box = mailbox_of(address)
            found.setdefault(box, replace(_reader(sent, known.get(box)), address=address))
    return list(found.values())


def first_mails(events: Iterable[Event]) -> dict[str, Sent]:
    """Return the first mail that brought somebody the release, by their mailbox; later mails thread to it."""
    first: dict[str, Sent] = {}
    for event in events:
        if isinstance(event, Sent) and event.recipient and event.files and event.outcome in ARRIVED:
            first.setdefault(mailbox_of(event.address), event)
    return first


def in_doubt(ledger: Ledger, standing: Standing, people: MailingList) -> list[Sent]:
    """The mails to people of a list that may have brought them the release, or not."""
    boxes = {mailbox_of(each.email) for each in people.recipients}
    events = (stamp.event for stamp in ledger.entries(standing.reference))
    last = {event.key: event for event in events if isinstance(event, Sent) and event.recipient and event.files}
    boxes -= {mailbox_of(each.address) for each in last.values() if each.outcome == "ok"}
    return [each for each in last.values() if each.outcome == "unknown" and mailbox_of(each.address) in boxes]


def find_bounced(ledger: Ledger, standing: Standing, people: MailingList) -> list[Bounce]:
    """Return the mails of the release to people of a list that came back or are delayed, as far as that was read."""
    redirects = redirects_of(ledger)
    boxes = {mailbox_of(address) for each in people.recipients if (address := redirects.address_for(each.email))}
    mails = {stamp.event.key for stamp in ledger.entries(standing.reference) if isinstance(stamp.event, Sent)}
    came_back = ledger.bounces([standing.reference]).get(standing.reference, [])
    return [each for each in came_back if each.key in mails and mailbox_of(each.address) in boxes]


def holders(ledger: Ledger, standing: Standing, office: Office, copying: Copying) -> list[Reader]:
    """Everybody who has the release, to be given another version of it.

    Args:
        ledger: as in `having`.
        standing: as in `having`.
        office: as in `having`.
        copying: how new copies are made; one who had a marked copy gets a marked one in any case, and a locked one
            where the first was locked.

    Raises:
        StateForbids: somebody had a copy under a password, and `copying` has none.
    """
    found = having(ledger, standing, office)
    if copying.password is None and any(each.locked for each in found):
        raise StateForbids(
            f"{standing.reference} went out locked with a password: what takes its place is locked too;"
            " give the password with --password-env NAME"
        )
    return [_given(each, copying) for each in found]


def _given(reader: Reader, copying: Copying) -> Reader:
    marked = copying.marked or reader.copying.marked
    return replace(reader, copying=Copying(marked=marked, password=copying.password if reader.locked else None))


def _reader(sent: Sent, known: Recipient | None) -> Reader:
    remark = sent.detail.rpartition("; ")[2]
    return Reader(
        id=sent.recipient,
        name=known.name if known else sent.recipient,
        holder=holder_of(known) if known else sent.recipient,
        address=sent.address,
        answers=sent.key,
        locked=LOCKED in remark,
        copying=Copying(marked=remark.startswith(MARKED)),
    )
