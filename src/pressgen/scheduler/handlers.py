"""The protocol between the scheduler and the code that lifts releases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class PermanentFailureError(Exception):
    """A failure that no second attempt can repair; the message says why."""


class TemporaryFailureError(Exception):
    """A failure that may pass, so that another attempt makes sense."""


@dataclass(frozen=True, slots=True, order=True)
class DueJob:
    """A lift or an issue that is due according to the ledger.

    Attributes:
        at: its instant, aware.
        revision: of a lift, counted up by every move and withdrawal; an older one is superseded. Of an issue, the
            number of its order.
    """

    at: datetime
    reference: str
    revision: int
    kind: Literal["lift", "issue"] = "lift"


class SchedulerHandlers(Protocol):
    """The handlers that the scheduler calls, as a protocol.

    Each may be called again after a crash and then does nothing twice. Any exception but `PermanentFailureError` counts
    as temporary, and the step is tried again.
    """

    def prepare(self, reference: str, revision: int) -> None:
        """Prepare what nobody outside can see, before the hour.

        `publish` meets a fault here again.
        """

    def publish(self, reference: str, revision: int) -> Sequence[str] | None:
        """Publish a release if the ledger still says so.

        Returns:
            the channels to announce it to, or None where the revision is superseded or withdrawn.

        Raises:
            PermanentFailureError: the ledger forbids what was scheduled.
        """

    def announce(self, reference: str, revision: int, channel: str) -> None:
        """Announce a release to one channel.

        The key is the same at each attempt.

        Raises:
            PermanentFailureError: the channel refuses it permanently.
        """

    def failed(self, reference: str, revision: int, channel: str, detail: str) -> None:
        """Record the failure of a lift or channel, and notify the office.

        An empty `channel` means the lift itself.
        """

    def issue(self, reference: str, number: int, at_ms: int) -> None:
        """Issue what was ordered, if the ledger still orders that instant.

        Raises:
            PermanentFailureError: it may not go any more, or some of it is refused permanently.
        """

    def issue_failed(self, reference: str, number: int, detail: str, *, final: bool) -> None:
        """Notify the office that an issue fails.

        A `final` failure is recorded, and it is not tried again.
        """

    def due(self, before: datetime) -> Sequence[DueJob]:
        """Return what the ledger owes before an instant.

        These are lifts not made, and lifts not yet announced
        everywhere.
        """
