"""One attempt to deliver something.

It is recorded before it is made, while holding the lease of the release.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pressgen.channels.outcome import DeliveryOutcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pressgen.ledger.lease import Lease, LeaseRequest
    from pressgen.model.event import Event

IN_DOUBT: Final = DeliveryOutcome(
    ok=False, detail="the program ended before it recorded the mail server's answer", unknown=True
)
"""The outcome of a mail if nobody records its result."""


@dataclass(frozen=True, slots=True)
class DeliveryAttempt:
    """One attempt at a delivery, made while holding the release's lease.

    Attributes:
        doubt: the event to record if nobody records the result; None where trying twice does no harm.
        actor: who sends it.
    """

    lease: Lease
    doubt: Event | None
    actor: str
    clock: Callable[[], datetime]

    def make(self, hand_in: Callable[[], DeliveryOutcome]) -> DeliveryOutcome:
        """Make the attempt; always record the result with `Lease.settle`.

        Raises:
            StateError: somebody else is sending this release now.
        """
        if self.doubt is None:
            self.lease.renew()
            return hand_in()
        self.lease.intend(self.doubt, actor=self.actor, at=self.clock())
        outcome = hand_in()
        if outcome.passing:
            self.lease.drop()
        return outcome


def create_lease_request(
    reference: str, slug: str, actor: str, *, clock: Callable[[], datetime], wait: float
) -> LeaseRequest:
    """Create the request for a release's lease, in somebody's name.

    The request names the person, this machine and this process; `wait` is in seconds.
    """
    from pressgen.ledger.lease import LeaseRequest

    holder = f"{actor} on {socket.gethostname()} (process {os.getpid()})"
    return LeaseRequest(reference=reference, slug=slug, holder=holder, clock=clock, wait=wait)
