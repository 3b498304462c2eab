"""Send a parcel to people and channels, each once: what arrived is in the ledger before the next one goes.

Somebody who kills the program between a mail server's acceptance and the record has that one mail sent again by the
next run, under the same Message-ID; nothing else is ever sent twice.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zlib import crc32

from pressgen.deliver.patience import Patience
from pressgen.desk.bundle import digest
from pressgen.desk.deliveries import deliveries
from pressgen.desk.office import state_folder
from pressgen.errors import StateForbids
from pressgen.model.event import Sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from pressgen.desk.deliveries import Delivery, Reader
    from pressgen.desk.parcel import Parcel
    from pressgen.desk.workspace import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.office import Office

LOCK = "sending.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a verb that takes a while is given by whoever waits for it.

    Attributes:
        clock: gives the present instant, aware.
        tell: gets each sending once it is recorded.
        patience: how often a delivery is tried.
    """

    clock: Callable[[], datetime]
    tell: Callable[[Sent], None]
    patience: Patience = field(default_factory=Patience)


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
            StateForbids: another program is sending this release at this moment, or `until` has come.
            MachineLacks: a secret is not to be had, and nothing was sent; or the ledger cannot be written.
        """
        done: list[Sent] = []
        with ExitStack() as sessions, self._alone(parcel):
            waiting = deliveries(self.workspace, self.office, parcel, readers, sessions)
            had = self._had(parcel.reference)
            for delivery in waiting:
                if delivery.key in had:
                    continue
                now = self.watch.clock()
                if until is not None and now >= until:
                    raise StateForbids(f"the embargo of {parcel.reference} has ended: nothing more is sent under it")
                done.append(self._deliver(parcel, delivery, now))
                self.watch.tell(done[-1])
        return done

    def _had(self, reference: str) -> set[str]:
        """The keys of what arrived."""
        events = (stamp.event for stamp in self.ledger.entries(reference))
        return {event.key for event in events if isinstance(event, Sent) and event.outcome == "ok"}

    def _deliver(self, parcel: Parcel, delivery: Delivery, now: datetime) -> Sent:
        load = delivery.load(now)
        outcome = self.watch.patience.over(load.hand_in)
        sent = Sent(
            version=parcel.version,
            recipient=delivery.recipient,
            address=delivery.address,
            channel=delivery.channel,
            files={name: digest(content) for name, content in load.files.items()},
            embargo=parcel.embargo,
            outcome="ok" if outcome.ok else "failed",
            detail="; ".join(filter(None, (outcome.detail, delivery.remark))),
            key=delivery.key,
        )
        who = {"reference": parcel.reference, "slug": parcel.slug, "actor": self.actor}
        self.ledger.append(sent, at=self.watch.clock(), **who)
        return sent

    @contextmanager
    def _alone(self, parcel: Parcel) -> Iterator[None]:
        """A turn in which no other program on this machine sends anything of this release."""
        with (state_folder(self.workspace) / LOCK).open("ab") as file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, crc32(parcel.reference.encode()), os.SEEK_SET)
            except OSError:
                raise StateForbids(f"{parcel.reference} is being sent at this moment; see what becomes of it") from None
            yield
