"""A letter as the bytes of a mail that was read back.

All ways of sending use it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

from pressgen.channels.letter import normalise_letter
from pressgen.channels.mail_readback import AttachmentMemory, find_differences
from pressgen.channels.mime import PartMemory, write_mail
from pressgen.channels.outcome import DeliveryOutcome, clean_reply

if TYPE_CHECKING:
    from types import TracebackType

    from pressgen.channels.letter import Letter


class MailSender(Protocol):
    """A sender of mails, used as a context.

    For example a mail server.
    """

    def __enter__(self) -> Self:
        """Begin; the connection opens with the first letter."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""

    def send(self, letter: Letter) -> DeliveryOutcome:
        """Send `letter` if it reads back correctly, and return the outcome.

        The outcome includes every failure.
        """


class NotReadyError(Exception):
    """A letter that cannot be sent as a correct mail."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.outcome = DeliveryOutcome(ok=False, detail=clean_reply(f"not sent: {why}"), permanent=True)


class MailWriter:
    """A writer of letters as mails that reads each back.

    Parts that a letter shares with the one before are not processed again.
    """

    def __init__(self) -> None:
        self._parts, self._bodies = PartMemory(), AttachmentMemory()

    def write_checked(self, letter: Letter) -> tuple[Letter, bytes]:
        """Return `letter` as a mail can carry it, and that mail.

        Raises:
            NotReadyError: there is no such mail, or its content differs from the letter.
        """
        try:
            whole = normalise_letter(letter)
            mail = write_mail(whole, self._parts)
        except ValueError as error:
            raise NotReadyError(str(error)) from None
        if found := find_differences(whole, mail, self._bodies):
            raise NotReadyError(f"the finished mail differs from what was approved: {'; '.join(found)}")
        return whole, mail
