"""One try to deliver something, on record before it is made, by whoever holds the lease of the release."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pressgen.channels.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pressgen.ledger.lease import Claim, Lease
    from pressgen.model.event import Event

IN_DOUBT: Final = Outcome(
    ok=False, detail="the program ended before it recorded the mail server's answer", unknown=True
)
"""What is recorded of a mail if nobody records what became of it."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try.

    Attributes:
        doubt: what is recorded if nobody records what became of it; None where trying twice does no harm.
        actor: who sends it.
    """

    lease: Lease
    doubt: Event | None
    actor: str
    clock: Callable[[], datetime]

    def make(self, hand_in: Callable[[], Outcome]) -> Outcome:
        """Make it; whatever became of it is recorded with `Lease.settle`.

        Raises:
            StateForbids: somebody else is sending this release now.
        """
        if self.doubt is None:
            self.lease.renew()
            return hand_in()
        self.lease.intend(self.doubt, actor=self.actor, at=self.clock())
        outcome = hand_in()
        if outcome.passing:
            self.lease.drop()
        return outcome


def claim(reference: str, slug: str, actor: str, *, clock: Callable[[], datetime], wait: float) -> Claim:
    """What asks for the lease of a release, in the name of somebody at this machine; `wait` is in seconds."""
    from pressgen.ledger.lease import Claim  # noqa: PLC0415 - SQLAlchemy is slow to import

    holder = f"{actor} on {socket.gethostname()} (process {os.getpid()})"
    return Claim(reference=reference, slug=slug, holder=holder, clock=clock, wait=wait)
