"""The index of a release's entries.

It tells which entries say what a reader has, what failed, and what came back. A standing only counts these, so that it
stays small however many readers a release has. The entries are the truth. The index says where to look, and can be
built again from them at any time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, assert_never

from pressgen.model.address import normalise_mailbox
from pressgen.model.decision import EmbargoEnded
from pressgen.model.event import Announced, Event, Issued, Lifted, LiftFailed, Moved, Scheduled, Sent, Unscheduled
from pressgen.model.issue_order import IssueOrdered, IssueOrderEnded
from pressgen.model.outcome import ARRIVED
from pressgen.model.readers import Bounced, Reissued
from pressgen.model.round import Posted
from pressgen.model.standing import ISSUE, LIFT, Bounce, Copy, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.model.event import Stamp


class IndexKind(StrEnum):
    """The kinds of things indexed.

    Each has the name of the field of `Standing` that counts it.
    """

    COPY = "copies"
    FAILURE = "failures"
    BOUNCE = "bounces"
    DELAY = "delays"


@dataclass(frozen=True, slots=True)
class IndexPut:
    """An index change: an entry says the latest of something.

    `address` is that of the reader concerned, empty for none.
    """

    kind: IndexKind
    key: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class IndexRemove:
    """An index change: something no longer holds."""

    kind: IndexKind
    key: str


@dataclass(frozen=True, slots=True)
class IndexRemoveAddress:
    """An index change: something no longer holds for an address."""

    kind: IndexKind
    address: str


Change: TypeAlias = IndexPut | IndexRemove | IndexRemoveAddress

Place: TypeAlias = tuple[str, int]
"""The address of an indexed thing, and the number of its entry."""


@dataclass(slots=True)
class Index:
    """An index in memory of things by kind and key.

    It holds the place of each thing, and the number of each kind.
    """

    places: dict[tuple[IndexKind, str], Place] = field(default_factory=dict)
    counts: dict[IndexKind, int] = field(default_factory=lambda: dict.fromkeys(IndexKind, 0))

    def add(self, stamp: Stamp) -> None:
        """Add what an entry says."""
        for change in iter_index_changes(stamp.event):
            match change:
                case IndexPut(kind=kind, key=key, address=address):
                    self.counts[kind] += (kind, key) not in self.places
                    self.places[kind, key] = address, stamp.number
                case IndexRemove(kind=kind, key=key):
                    self._remove(kind, key)
                case IndexRemoveAddress(kind=kind, address=address):
                    keys = [key for (each, key), place in self.places.items() if (each, place[0]) == (kind, address)]
                    for key in keys:
                        self._remove(kind, key)
                case _:
                    assert_never(change)

    def _remove(self, kind: IndexKind, key: str) -> None:
        self.counts[kind] -= self.places.pop((kind, key), None) is not None


def iter_index_changes(event: Event) -> Iterator[Change]:
    """Yield what an event changes in its release's index."""
    match event:
        case Issued(list=name) | IssueOrdered(list=name):
            yield IndexRemove(IndexKind.FAILURE, f"{ISSUE}{name}")
        case IssueOrderEnded(list=name, ending="failed"):
            yield IndexPut(IndexKind.FAILURE, f"{ISSUE}{name}")
        case Sent() | Announced():
            yield from _changes_of_delivery(event)
        case Bounced(key=key, address=address, final=final):
            now, before = (IndexKind.BOUNCE, IndexKind.DELAY) if final else (IndexKind.DELAY, IndexKind.BOUNCE)
            yield IndexRemove(before, key)
            yield IndexPut(now, key, address)
        case Reissued(address=address):
            yield from (
                IndexRemoveAddress(kind, address) for kind in (IndexKind.FAILURE, IndexKind.BOUNCE, IndexKind.DELAY)
            )
        case Posted(key=key):
            yield from (IndexRemove(kind, key) for kind in (IndexKind.BOUNCE, IndexKind.DELAY))
        case LiftFailed():
            yield IndexPut(IndexKind.FAILURE, LIFT)
        case Scheduled() | Unscheduled() | Moved() | EmbargoEnded() | Lifted():
            yield IndexRemove(IndexKind.FAILURE, LIFT)
        case _:
            return


def _changes_of_delivery(event: Sent | Announced) -> Iterator[Change]:
    address = event.address if isinstance(event, Sent) else ""
    if event.outcome == "ok":
        yield IndexRemove(IndexKind.FAILURE, event.key)
    else:
        yield IndexPut(IndexKind.FAILURE, event.key, address)
    if isinstance(event, Sent) and event.recipient and event.outcome in ARRIVED:
        yield IndexPut(IndexKind.COPY, normalise_mailbox(address), address)


def to_copy(stamp: Stamp) -> Copy:
    """Return the copy that an entry says somebody has."""
    sent = stamp.event
    if not isinstance(sent, Sent):
        raise TypeError(f"entry {stamp.number} brought nobody a copy")
    return Copy(recipient=sent.recipient, address=sent.address, channel=sent.channel, version=sent.version, at=stamp.at)


def to_failure(stamp: Stamp) -> Failure:
    """Return the failure that an entry reports."""
    match stamp.event:
        case Sent(address=address, channel=channel, key=key, detail=detail) if address:
            what = f"{channel} to {address}"
        case Sent(channel=what, key=key, detail=detail) | Announced(channel=what, key=key, detail=detail):
            pass
        case LiftFailed(detail=detail):
            key = what = LIFT
        case IssueOrderEnded(list=name, detail=detail):
            key = what = f"{ISSUE}{name}"
        case event:
            raise TypeError(f"entry {stamp.number} is no failure: {event.kind}")
    return Failure(key=key, what=what, detail=detail, at=stamp.at)


def to_bounce(stamp: Stamp) -> Bounce:
    """Return the returned mail that an entry reports."""
    bounced = stamp.event
    if not isinstance(bounced, Bounced):
        raise TypeError(f"entry {stamp.number} tells of no mail that came back")
    return Bounce(
        key=bounced.key,
        recipient=bounced.recipient,
        address=bounced.address,
        final=bounced.final,
        reason=" ".join(filter(None, (bounced.status, bounced.reason))),
        at=stamp.at,
    )
