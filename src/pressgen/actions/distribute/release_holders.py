"""The people who have a release, from the ledger alone.

People who have left a list since still get notices of changes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.actions.distribute.deliveries import Reader
from pressgen.actions.distribute.reader_copies import LOCKED, MARKED, CopyOptions
from pressgen.actions.workspace.reader_addresses import read_redirects
from pressgen.errors import StateError
from pressgen.model.address import normalise_mailbox
from pressgen.model.event import Sent
from pressgen.model.outcome import ARRIVED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Event
    from pressgen.model.office import MailingList, Office, Recipient
    from pressgen.model.standing import Bounce, Standing


def format_holder(recipient: Recipient) -> str:
    """Return a recipient's name and outlet, as printed on a copy."""
    return ", ".join(filter(None, (recipient.name, recipient.outlet)))


def list_copy_holders(ledger: Ledger, standing: Standing, office: Office) -> list[Reader]:
    """List everybody who has the release, or may have it, once each.

    Each comes with the first mail that brought it, and the kind of copy they have. A person with a replaced address has
    the new one; people who were forgotten are left out.

    Args:
        ledger: has the mails.
        standing: the release's.
        office: has the people's names, as long as they are on a list.
    """
    redirects = read_redirects(ledger)
    known = {normalise_mailbox(each.email): each for list_ in office.lists.values() for each in list_.recipients}
    found: dict[str, Reader] = {}
    for sent in find_first_mails(stamp.event for stamp in ledger.entries(standing.reference)).values():
        address = redirects.address_for(sent.address)
        if address is not None:
            box = normalise_mailbox(address)
            found.setdefault(box, replace(_create_reader(sent, known.get(box)), address=address))
    return list(found.values())


def find_first_mails(events: Iterable[Event]) -> dict[str, Sent]:
    """Return the first mail that brought each mailbox the release.

    Later mails answer it, so that mail programs show one thread.
    """
    first: dict[str, Sent] = {}
    for event in events:
        if isinstance(event, Sent) and event.recipient and event.files and event.outcome in ARRIVED:
            first.setdefault(normalise_mailbox(event.address), event)
    return first


def find_uncertain_mails(ledger: Ledger, standing: Standing, people: MailingList) -> list[Sent]:
    """Return the mails to a list that may not have arrived.

    The mail server's answer was lost, so nobody knows.
    """
    boxes = {normalise_mailbox(each.email) for each in people.recipients}
    events = (stamp.event for stamp in ledger.entries(standing.reference))
    last = {event.key: event for event in events if isinstance(event, Sent) and event.recipient and event.files}
    boxes -= {normalise_mailbox(each.address) for each in last.values() if each.outcome == "ok"}
    return [each for each in last.values() if each.outcome == "unknown" and normalise_mailbox(each.address) in boxes]


def find_list_bounces(ledger: Ledger, standing: Standing, people: MailingList) -> list[Bounce]:
    """Return mails to a list that came back or are delayed."""
    redirects = read_redirects(ledger)
    boxes = {normalise_mailbox(address) for each in people.recipients if (address := redirects.address_for(each.email))}
    mails = {stamp.event.key for stamp in ledger.entries(standing.reference) if isinstance(stamp.event, Sent)}
    came_back = ledger.bounces([standing.reference]).get(standing.reference, [])
    return [each for each in came_back if each.key in mails and normalise_mailbox(each.address) in boxes]


def list_holders_to_update(ledger: Ledger, standing: Standing, office: Office, copying: CopyOptions) -> list[Reader]:
    """List everybody who has the release and is to get another version.

    Args:
        ledger: as in `list_copy_holders`.
        standing: as in `list_copy_holders`.
        office: as in `list_copy_holders`.
        copying: how new copies are made; a person who had a marked copy gets a marked one in any case, and a locked
            one where the first was locked.

    Raises:
        StateError: somebody had a copy under a password, and `copying` has none.
    """
    found = list_copy_holders(ledger, standing, office)
    if copying.password is None and any(each.locked for each in found):
        raise StateError(
            f"{standing.reference} was sent locked with a password, so its correction must be locked too;"
            " give the password with --password-env NAME"
        )
    return [_set_copy_options(each, copying) for each in found]


def _set_copy_options(reader: Reader, copying: CopyOptions) -> Reader:
    marked = copying.marked or reader.copying.marked
    return replace(reader, copying=CopyOptions(marked=marked, password=copying.password if reader.locked else None))


def _create_reader(sent: Sent, known: Recipient | None) -> Reader:
    remark = sent.detail.rpartition("; ")[2]
    return Reader(
        id=sent.recipient,
        name=known.name if known else sent.recipient,
        holder=format_holder(known) if known else sent.recipient,
        address=sent.address,
        answers=sent.key,
        locked=LOCKED in remark,
        copying=CopyOptions(marked=remark.startswith(MARKED)),
    )
