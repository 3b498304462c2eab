"""The index of a release's entries: which of them says what a reader has, what failed, and what came back.

A standing only counts these, so that it stays small however many readers a release has. The entries are the truth; the
index says where to look, and can be made again from them at any time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, assert_never

from pressgen.model.address import mailbox_of
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


class Kind(StrEnum):
    """What is indexed; each is called as the field of `Standing` that counts it."""

    COPY = "copies"
    FAILURE = "failures"
    BOUNCE = "bounces"
    DELAY = "delays"


@dataclass(frozen=True, slots=True)
class Put:
    """An entry says the latest of something; `address` is that of the reader whom it is about, empty for none."""

    kind: Kind
    key: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Remove:
    """Something is so no more."""

    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class RemoveAddress:
    """Something is so no more of an address."""

    kind: Kind
    address: str


Change: TypeAlias = Put | Remove | RemoveAddress

Place: TypeAlias = tuple[str, int]
"""The address of an indexed thing, and the number of the entry that says it."""


@dataclass(slots=True)
class Index:
    """An index in memory: the place of each thing, by its kind and its key; and how many there are of each kind."""

    places: dict[tuple[Kind, str], Place] = field(default_factory=dict)
    counts: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))

    def add(self, stamp: Stamp) -> None:
        """Take in what an entry says."""
        for change in changes_of(stamp.event):
            match change:
                case Put(kind=kind, key=key, address=address):
                    self.counts[kind] += (kind, key) not in self.places
                    self.places[kind, key] = address, stamp.number
                case Remove(kind=kind, key=key):
                    self._remove(kind, key)
                case RemoveAddress(kind=kind, address=address):
                    keys = [key for (each, key), place in self.places.items() if (each, place[0]) == (kind, address)]
                    for key in keys:
                        self._remove(kind, key)
                case _:
                    assert_never(change)

    def _remove(self, kind: Kind, key: str) -> None:
        self.counts[kind] -= self.places.pop((kind, key), None) is not None


def changes_of(event: Event) -> Iterator[Change]:
    """Yield what an event changes in the index of its release, in order."""
    match event:
        case Issued(list=name) | IssueOrdered(list=name):
            yield Remove(Kind.FAILURE, f"{ISSUE}{name}")
        case IssueOrderEnded(list=name, ending="failed"):
            yield Put(Kind.FAILURE, f"{ISSUE}{name}")
        case Sent() | Announced():
            yield from _changes_of_delivery(event)
        case Bounced(key=key, address=address, final=final):
            now, before = (Kind.BOUNCE, Kind.DELAY) if final else (Kind.DELAY, Kind.BOUNCE)
            yield Remove(before, key)
            yield Put(now, key, address)
        case Reissued(address=address):
            yield from (RemoveAddress(kind, address) for kind in (Kind.FAILURE, Kind.BOUNCE, Kind.DELAY))
        case Posted(key=key):
            yield from (Remove(kind, key) for kind in (Kind.BOUNCE, Kind.DELAY))
        case LiftFailed():
            yield Put(Kind.FAILURE, LIFT)
        case Scheduled() | Unscheduled() | Moved() | EmbargoEnded() | Lifted():
            yield Remove(Kind.FAILURE, LIFT)
        case _:
            return


def _changes_of_delivery(event: Sent | Announced) -> Iterator[Change]:
    address = event.address if isinstance(event, Sent) else ""
    if event.outcome == "ok":
        yield Remove(Kind.FAILURE, event.key)
    else:
        yield Put(Kind.FAILURE, event.key, address)
    if isinstance(event, Sent) and event.recipient and event.outcome in ARRIVED:
        yield Put(Kind.COPY, mailbox_of(address), address)


def copy_of(stamp: Stamp) -> Copy:
    """Return the copy that somebody has by an entry."""
    sent = stamp.event
    if not isinstance(sent, Sent):
        raise TypeError(f"entry {stamp.number} brought nobody a copy")
    return Copy(recipient=sent.recipient, address=sent.address, channel=sent.channel, version=sent.version, at=stamp.at)


def failure_of(stamp: Stamp) -> Failure:
    """Return what failed by an entry."""
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


def bounce_of(stamp: Stamp) -> Bounce:
    """Return the mail that came back by an entry."""
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
