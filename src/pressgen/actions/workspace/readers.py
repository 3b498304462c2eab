"""Change a reader's address, or forget a reader: on every list, and for everything that goes out from now on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from pressgen.actions.workspace.list_files import readdress
from pressgen.actions.workspace.office import open_ledger, take_office
from pressgen.actions.workspace.permissions import acting, one_line
from pressgen.errors import StateForbids, WrongUse
from pressgen.model.address import mailbox_of
from pressgen.model.office import Mailable
from pressgen.model.readers import OFFICE, ReaderChanged, Redirects, mailbox_digest
from pressgen.text.expression import near

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.office import Office


@dataclass(frozen=True, slots=True)
class Readdressed:
    """What was done.

    Attributes:
        was: the old addresses.
        now: the new one; None for a reader who is forgotten.
        lists: those that were changed.
        releases: the references of the releases that the old addresses have been sent.
    """

    was: tuple[str, ...]
    now: str | None
    lists: list[str]
    releases: tuple[str, ...] = ()


def redirects_of(ledger: Ledger) -> Redirects:
    """Where mails to addresses go now, by what the ledger says."""
    return Redirects.of(stamp.event for stamp in ledger.entries(OFFICE))


class LatestRedirects:
    """Where mails go now, asked again and again while many are sent: each entry is read once."""

    def __init__(self, ledger: Ledger) -> None:
        self._entries = ledger.follow(OFFICE)
        self._redirects = Redirects()

    def read(self) -> Redirects:
        """The redirects, with what was recorded since the last time."""
        for stamp in self._entries.read():
            self._redirects.add(stamp.event)
        return self._redirects


def replace_reader(
    workspace: Workspace, was: str, now: str, who: str | None, because: str, clock: Callable[[], datetime]
) -> Readdressed:
    """Let everything that would go to `was`, an address or an id, go to the address `now`.

    Raises:
        WrongUse: nobody has that id or address, or `now` is no address.
        StateForbids: both are one mailbox, or one of the two was forgotten on request.
        Refused: a list is at fault, or was changed meanwhile; nothing was written.
    """
    office = take_office(workspace)
    actor = acting(office, who, to="change a reader's address")
    reason = one_line(because, "--because")
    old, new = _address(office, was), _checked(now)
    if mailbox_of(old) == mailbox_of(new):
        raise StateForbids(f"{old} and {new} are one mailbox: there is nothing to change")
    with open_ledger(workspace) as ledger:
        redirects, had = redirects_of(ledger), _had(ledger, old)
    for each in (old, new):
        if redirects.is_forgotten(each):
            raise StateForbids(
                f"{each} was forgotten on request, and gets no mails; if they want them again:"
                f" pressgen lists forget {each} --undo --because TEXT"
            )
    _see_known(office, redirects, old, had)
    event = ReaderChanged(was=mailbox_digest(old), now=new, reason=reason)
    lists = readdress(workspace, old, new, lambda: _record(workspace, [event], actor, clock))
    return Readdressed((old,), new, lists, had)


def forget_reader(
    workspace: Workspace,
    was: str,
    who: str | None,
    because: str,
    clock: Callable[[], datetime],
    *,
    unknown: bool = False,
) -> Readdressed:
    """Send nothing more to `was`, an address or an id, nor to the address that took its place.

    The reader is taken off every list; a later import does not bring them back. What has happened stays in the ledger.
    `unknown` lets an address be forgotten that nobody here has, so that it cannot come in later.

    Raises:
        WrongUse: nobody has that id or address, or it is no address.
        Refused: as `replace_reader`.
    """
    office = take_office(workspace)
    actor = acting(office, who, to="forget a reader")
    reason = one_line(because, "--because")
    with open_ledger(workspace) as ledger:
        old = _address(office, was)
        redirects = redirects_of(ledger)
        last = redirects.address_for(old)
        had = tuple(dict.fromkeys([*_had(ledger, old), *(_had(ledger, last) if last else ())]))
    if not unknown:
        _see_known(office, redirects, old, had)
    addresses = tuple(dict.fromkeys(each for each in (old, last) if each))
    events = [ReaderChanged(was=mailbox_digest(each), now="", reason=reason) for each in addresses]
    *others, final = addresses
    lists = [name for each in others for name in readdress(workspace, each, None, lambda: None)]
    lists += readdress(workspace, final, None, lambda: _record(workspace, events, actor, clock))
    return Readdressed(addresses, None, list(dict.fromkeys(lists)), had)


def readmit_reader(
    workspace: Workspace, address: str, who: str | None, because: str, clock: Callable[[], datetime]
) -> Readdressed:
    """Let an address that was forgotten or replaced get mails again; put it on a list as any other.

    Raises:
        StateForbids: it gets mails as it is.
    """
    actor = acting(take_office(workspace), who, to="readmit a reader")
    reason = one_line(because, "--because")
    address = _checked(address)
    with open_ledger(workspace) as ledger:
        if redirects_of(ledger).address_for(address) == address:
            raise StateForbids(f"{address} was neither forgotten nor replaced: it gets mails as it is")
    _record(workspace, [ReaderChanged(was=mailbox_digest(address), now=address, reason=reason)], actor, clock)
    return Readdressed((address,), address, [])


def _record(workspace: Workspace, events: list[ReaderChanged], actor: str, clock: Callable[[], datetime]) -> None:
    """Record what the ledger does not say yet; run again after a failure, nothing is recorded twice."""
    with open_ledger(workspace) as ledger, ledger.exclusive(OFFICE, OFFICE) as turn:
        last = {each.event.was: each.event.now for each in ledger.entries(OFFICE)
                if isinstance(each.event, ReaderChanged)}  # fmt: skip
        for event in events:
            if last.get(event.was) != event.now:
                turn.append(event, actor=actor, at=clock())


def _had(ledger: Ledger, address: str) -> tuple[str, ...]:
    """The references of the releases that went to an address."""
    return tuple(ledger.references_of(mailbox_of(address)))


def _see_known(office: Office, redirects: Redirects, address: str, had: tuple[str, ...]) -> None:
    """See that somebody has an address: on a list, by a release that went there, or by an earlier change.

    Raises:
        WrongUse: nobody has, so that it may be mistyped.
        Refused: a list cannot be read, so that nobody knows.
    """
    listed = {mailbox_of(each.email) for list_ in office.lists.values() for each in list_.recipients}
    if mailbox_of(address) in listed or had or redirects.has_changed(address):
        return
    office.need("lists")
    hint = near(mailbox_of(address), listed)
    raise WrongUse(f"{address} is on no list, and no release was sent there: nothing was changed{hint}")


def _address(office: Office, typed: str) -> str:
    """The address that is typed, or that somebody of this id on a list has."""
    if "@" in typed:
        return _checked(typed)
    listed = [each for list_ in office.lists.values() for each in list_.recipients]
    found = {mailbox_of(each.email): each.email for each in listed if each.id == typed}
    if len(found) > 1:
        raise WrongUse(f"“{typed}” has several addresses on the lists: {', '.join(found.values())}; name the one meant")
    if not found:
        office.need("lists")
        raise WrongUse(f"“{typed}” is on no list: give the address{near(typed, {each.id for each in listed})}")
    return next(iter(found.values()))


def _checked(address: str) -> str:
    try:
        return str(TypeAdapter(Mailable).validate_python(address))
    except ValidationError:
        raise WrongUse(f"“{address}” is no e-mail address; write one such as press@example.org") from None
