"""What the engine calls, and what it is told: the side of the desk, as a protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class Hopeless(Exception):
    """An act was refused for a reason that no second attempt mends; the message says it."""


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A lift, or an issue at a time of issue, that the ledger owes.

    Attributes:
        at: its instant, aware.
        revision: of a lift, counted up by every move and withdrawal; an older one is superseded. Of an issue, the
            number of its order.
    """

    at: datetime
    reference: str
    revision: int
    kind: Literal["lift", "issue"] = "lift"


class Acts(Protocol):
    """What the desk does for the engine; each may be called again after a crash and then does nothing twice.

    Any exception but `Hopeless` is taken for a passing fault, and the act is tried again.
    """

    def prepare(self, reference: str, revision: int) -> None:
        """Make ready, before the hour, what nobody outside can see; a fault here is met again by `publish`."""

    def publish(self, reference: str, revision: int) -> Sequence[str] | None:
        """Publish it if it is still to be published, as read at this moment.

        Returns: the channels to announce it to, or None where the revision is superseded or withdrawn.

        Raises:
            Hopeless: the ledger forbids what was scheduled.
        """

    def announce(self, reference: str, revision: int, channel: str) -> None:
        """Announce it to one channel, under a key that is the same at each attempt.

        Raises:
            Hopeless: the channel refuses it for good.
        """

    def failed(self, reference: str, revision: int, channel: str, detail: str) -> None:
        """Record and tell the desk that a lift, or one channel of it, fails; an empty `channel` is the lift itself."""

    def issue(self, reference: str, number: int, at_ms: int) -> None:
        """Issue what was ordered, if it is still to be issued at that instant, as read at this moment.

        Raises:
            Hopeless: it may not go any more, or some of it is refused for good.
        """

    def issue_failed(self, reference: str, number: int, detail: str, *, final: bool) -> None:
        """Tell the desk that an issue fails; a `final` failure is recorded, and it is not tried again."""

    def due(self, before: datetime) -> Sequence[Due]:
        """What the ledger owes before an instant: lifts not made, and made ones not yet announced everywhere."""
