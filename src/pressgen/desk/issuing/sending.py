"""Send a parcel to people and channels, each once: what arrived is in the ledger before the next one goes.

Somebody who kills the program between a mail server's acceptance and the record has that one mail sent again by the
next run, under the same Message-ID; nothing else is ever sent twice.
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING
from zlib import crc32

from pressgen.deliver.patience import Patience
from pressgen.desk.issuing.deliveries import deliveries
from pressgen.desk.issuing.parcel import ISSUED, WITHDRAWN
from pressgen.desk.office.office import STATE, state_folder
from pressgen.desk.workspace.bundle import digest
from pressgen.errors import MachineLacks, StateForbids
from pressgen.model.event import Sent
from pressgen.model.outcome import ARRIVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from pressgen.deliver.outcome import Outcome
    from pressgen.desk.issuing.deliveries import Delivery, Reader
    from pressgen.desk.issuing.parcel import Parcel
    from pressgen.desk.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Hashes
    from pressgen.model.office import Office

LOCK = "sending.lock"
AGAIN = 0.1
"""Seconds between two looks at the lock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a verb that takes a while is given by whoever waits for it.

    Attributes:
        clock: gives the present instant, aware.
        tell: gets each sending once it is recorded.
        patience: how often deliveries are tried before they are left for later.
        only: the keys of the deliveries that may be tried; None for all.
        turn: seconds to wait for another program that is sending the same release.
    """

    clock: Callable[[], datetime]
    tell: Callable[[Sent], None]
    patience: Patience = field(default_factory=Patience)
    only: frozenset[str] | None = None
    turn: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Who sends, for which office, and into which ledger it is written.

    Attributes:
        actor: the id of the person.
    """

    workspace: Workspace
    office: Office
    ledger: Ledger
    actor: str
    watch: Watch

    def send(self, parcel: Parcel, readers: Sequence[Reader], until: datetime | None = None) -> list[Sent]:
        """Send `parcel` by every channel of the office's `at_issue` to whoever has not had it; what became of each.

        Args:
            parcel: what goes out.
            readers: to whom, by mail.
            until: the instant from which nothing of it may go any more; None for no such instant.

        Raises:
            StateForbids: another program is sending this release; or `until` has come, or the release was withdrawn or
                has another version meanwhile.
            MachineLacks: a secret is not to be had, and nothing was sent; or the ledger cannot be written.
        """
        done: list[Sent] = []
        with ExitStack() as sessions, alone(self.workspace, parcel.reference, self.watch.turn):
            last = self._last(parcel.reference)
            had = [each for each in last.values() if each.outcome in ARRIVED]
            keys, ways = {each.key for each in had}, {each.channel for each in had if not each.recipient}
            waiting = [
                each
                for each in deliveries(self.workspace, self.office, parcel, readers, sessions)
                if each.key not in keys
                and (self.watch.only is None or each.key in self.watch.only)
                and (each.recipient or _takes(each.channel, parcel, ways))
            ]
            files: dict[str, Hashes] = {}

            def attempt(delivery: Delivery) -> Outcome:
                now = self.watch.clock()
                if until is not None and now >= until:
                    raise StateForbids(f"the embargo of {parcel.reference} has ended: nothing more is sent under it")
                self._see_current(parcel)
                load = delivery.load(now)
                files[delivery.key] = {name: digest(content) for name, content in load.files.items()}
                return load.hand_in()

            for delivery, outcome in self.watch.patience.try_all(waiting, attempt, lambda each: each.channel):
                sent = _sent(parcel, delivery, outcome, files.pop(delivery.key, {}))
                if outcome.word != "deferred" or sent.key not in last:  # a further one says no more than the first
                    who = {"reference": parcel.reference, "slug": parcel.slug, "actor": self.actor}
                    self.ledger.append(sent, at=self.watch.clock(), **who)
                done.append(sent)
                self.watch.tell(sent)
        return done

    def _last(self, reference: str) -> dict[str, Sent]:
        """What became last of each sending, by its key."""
        events = (stamp.event for stamp in self.ledger.entries(reference))
        return {event.key: event for event in events if isinstance(event, Sent)}

    def _see_current(self, parcel: Parcel) -> None:
        """See that what goes out is still what the ledger says, whoever changed it since the first mail."""
        standing = self.ledger.standing(parcel.reference)
        if standing is None or parcel.act == WITHDRAWN:
            return
        if parcel.embargo is not None and standing.embargo_ended is not None:
            raise StateForbids(f"the embargo of {parcel.reference} has ended: nothing more is sent under it")
        if standing.withdrawn or standing.version is None or standing.version.digest != parcel.version:
            how = "withdrawn" if standing.withdrawn else "changed"
            raise StateForbids(f"{parcel.reference} was {how} meanwhile: nothing more of this version is sent")


def _sent(parcel: Parcel, delivery: Delivery, outcome: Outcome, files: Hashes) -> Sent:
    return Sent(
        version=parcel.version,
        recipient=delivery.recipient,
        address=delivery.address,
        channel=delivery.channel,
        files=files,
        embargo=parcel.embargo,
        outcome=outcome.word,
        detail="; ".join(filter(None, (outcome.detail, delivery.remark))),
        key=delivery.key,
    )


@contextmanager
def alone(workspace: Workspace, reference: str, turn: float) -> Iterator[None]:
    """A turn in which no other program on this machine sends anything of this release; it is waited for, in seconds.

    Raises:
        StateForbids: another program is sending all the while.
        MachineLacks: the lock cannot be written.
    """
    try:
        file = (state_folder(workspace) / LOCK).open("ab")
    except OSError as error:
        raise MachineLacks(f"{STATE}/{LOCK} cannot be written: {error.strerror}") from None
    with file:
        ends = time.monotonic() + turn
        while not _locked(file, crc32(reference.encode())):
            if time.monotonic() > ends:
                raise StateForbids(f"{reference} is being sent at this moment; see what becomes of it")
            time.sleep(AGAIN)
        yield


def _takes(channel: str, parcel: Parcel, ways: set[str]) -> bool:
    """Whether a folder or a web hook gets it: a release that is not locked; a change, if it has the release."""
    return channel in ways if parcel.act != ISSUED else not parcel.locked


def _locked(file: IO[bytes], place: int) -> bool:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place, os.SEEK_SET)
    except OSError:
        return False
    return True
