"""Changes of a reader's address, and requests to be forgotten.

They apply to every list, and to everything that goes out from now on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from pressgen.actions.workspace.list_files import replace_listed_address
from pressgen.actions.workspace.office import load_office, open_ledger
from pressgen.actions.workspace.permissions import authorise_actor, require_one_line
from pressgen.errors import StateError, UsageError
from pressgen.model.address import normalise_mailbox
from pressgen.model.office import Mailable
from pressgen.model.readers import OFFICE, ReaderChanged, Redirects, compute_mailbox_digest
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.office import Office


@dataclass(frozen=True, slots=True)
class ReaderUpdateResult:
    """The result of changing or forgetting a reader's address.

    Attributes:
        was: the old addresses.
        now: the new one; None for a reader who is forgotten.
        lists: the changed lists.
        releases: the references of the releases that went to the old addresses.
    """

    was: tuple[str, ...]
    now: str | None
    lists: list[str]
    releases: tuple[str, ...] = ()


def read_redirects(ledger: Ledger) -> Redirects:
    """Return where mails to each address go now, from the ledger."""
    return Redirects.of(stamp.event for stamp in ledger.entries(OFFICE))


class LatestRedirects:
    """The redirects as they are now, read repeatedly while mails go out.

    Each entry is read once.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._entries = ledger.follow(OFFICE)
        self._redirects = Redirects()

    def read(self) -> Redirects:
        """Return the redirects, with all entries recorded until now."""
        for stamp in self._entries.read():
            self._redirects.add(stamp.event)
        return self._redirects


def replace_reader_address(
    workspace: Workspace, was: str, now: str, who: str | None, because: str, clock: Callable[[], datetime]
) -> ReaderUpdateResult:
    """Send everything for `was` to the address `now` from now on.

    `was` is an address or an id.

    Raises:
        UsageError: nobody has that id or address, or `now` is not an address.
        StateError: both are one mailbox, or one of the two was forgotten on request.
        InputError: a list is at fault, or was changed meanwhile; nothing was written.
    """
    office = load_office(workspace)
    actor = authorise_actor(office, who, to="change a reader's address")
    reason = require_one_line(because, "--because")
    old, new = _resolve_address(office, was), _validate_address(now)
    if normalise_mailbox(old) == normalise_mailbox(new):
        raise StateError(f"{old} and {new} are the same mailbox, so there is nothing to change")
    with open_ledger(workspace) as ledger:
        redirects, had = read_redirects(ledger), _list_releases_received(ledger, old)
    for each in (old, new):
        if redirects.is_forgotten(each):
            raise StateError(
                f"{each} was forgotten on request and gets no mails; if they want mails again:"
                f" pressgen lists forget {each} --undo --because TEXT"
            )
    _require_known_address(office, redirects, old, had)
    event = ReaderChanged(was=compute_mailbox_digest(old), now=new, reason=reason)
    lists = replace_listed_address(workspace, old, new, lambda: _record_changes(workspace, [event], actor, clock))
    return ReaderUpdateResult((old,), new, lists, had)


def forget_reader(
    workspace: Workspace,
    was: str,
    who: str | None,
    because: str,
    clock: Callable[[], datetime],
    *,
    unknown: bool = False,
) -> ReaderUpdateResult:
    """Stop all mail to `was`, and to the address that replaced it.

    `was` is an address or an id.

    The reader is removed from every list; a later import does not bring them back. Past entries stay in the ledger.
    With `unknown`, an address that nobody here has can be forgotten, so that it cannot be added later.

    Raises:
        UsageError: nobody has that id or address, or it is not an address.
        InputError: as `replace_reader_address`.
    """
    office = load_office(workspace)
    actor = authorise_actor(office, who, to="forget a reader")
    reason = require_one_line(because, "--because")
    with open_ledger(workspace) as ledger:
        old = _resolve_address(office, was)
        redirects = read_redirects(ledger)
        last = redirects.address_for(old)
        had = tuple(
            dict.fromkeys(
                [*_list_releases_received(ledger, old), *(_list_releases_received(ledger, last) if last else ())]
            )
        )
    if not unknown:
        _require_known_address(office, redirects, old, had)
    addresses = tuple(dict.fromkeys(each for each in (old, last) if each))
    events = [ReaderChanged(was=compute_mailbox_digest(each), now="", reason=reason) for each in addresses]
    *others, final = addresses
    lists = [name for each in others for name in replace_listed_address(workspace, each, None, lambda: None)]
    lists += replace_listed_address(workspace, final, None, lambda: _record_changes(workspace, events, actor, clock))
    return ReaderUpdateResult(addresses, None, list(dict.fromkeys(lists)), had)


def readmit_reader(
    workspace: Workspace, address: str, who: str | None, because: str, clock: Callable[[], datetime]
) -> ReaderUpdateResult:
    """Allow mail to an address that was forgotten or replaced.

    Add it to a list as any other.

    Raises:
        StateError: nothing stops mail to it now.
    """
    actor = authorise_actor(load_office(workspace), who, to="readmit a reader")
    reason = require_one_line(because, "--because")
    address = _validate_address(address)
    with open_ledger(workspace) as ledger:
        if read_redirects(ledger).address_for(address) == address:
            raise StateError(f"{address} was neither forgotten nor replaced, so it still gets mails")
    _record_changes(
        workspace, [ReaderChanged(was=compute_mailbox_digest(address), now=address, reason=reason)], actor, clock
    )
    return ReaderUpdateResult((address,), address, [])


def _record_changes(
    workspace: Workspace, events: list[ReaderChanged], actor: str, clock: Callable[[], datetime]
) -> None:
    """Record the changes that the ledger does not have yet.

    A run after a failure records nothing twice.
    """
    with open_ledger(workspace) as ledger, ledger.exclusive(OFFICE, OFFICE) as transaction:
        last = {each.event.was: each.event.now for each in ledger.entries(OFFICE)
                if isinstance(each.event, ReaderChanged)}  # fmt: skip
        for event in events:
            if last.get(event.was) != event.now:
                transaction.append(event, actor=actor, at=clock())


def _list_releases_received(ledger: Ledger, address: str) -> tuple[str, ...]:
    """List the references of the releases that were sent to an address."""
    return tuple(ledger.references_of(normalise_mailbox(address)))


def _require_known_address(office: Office, redirects: Redirects, address: str, had: tuple[str, ...]) -> None:
    """Raise an error unless somebody here has the address.

    It is on a list, or got a release, or was changed earlier.

    Raises:
        UsageError: nobody has the address, so it may be mistyped.
        InputError: a list cannot be read, so that nobody knows.
    """
    listed = {normalise_mailbox(each.email) for list_ in office.lists.values() for each in list_.recipients}
    if normalise_mailbox(address) in listed or had or redirects.has_changed(address):
        return
    office.need("lists")
    hint = suggest_name(normalise_mailbox(address), listed)
    raise UsageError(f"{address} is on no list, and no release was sent there: nothing was changed{hint}")


def _resolve_address(office: Office, typed: str) -> str:
    """Return the typed address, or that of the reader with this id."""
    if "@" in typed:
        return _validate_address(typed)
    listed = [each for list_ in office.lists.values() for each in list_.recipients]
    found = {normalise_mailbox(each.email): each.email for each in listed if each.id == typed}
    if len(found) > 1:
        raise UsageError(
            f"“{typed}” has several addresses on the lists: {', '.join(found.values())}; give one of these addresses"
        )
    if not found:
        office.need("lists")
        raise UsageError(
            f"“{typed}” is on no list: give the address{suggest_name(typed, {each.id for each in listed})}"
        )
    return next(iter(found.values()))


def _validate_address(address: str) -> str:
    try:
        return str(TypeAdapter(Mailable).validate_python(address))
    except ValidationError:
        raise UsageError(f"“{address}” is not an e-mail address; write one such as press@example.org") from None
