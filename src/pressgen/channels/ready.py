"""A letter as the bytes of a mail that was read back, whichever way it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

from pressgen.channels.letter import normalise
from pressgen.channels.mime import PartMemory, write
from pressgen.channels.outcome import Outcome, quoted
from pressgen.channels.readback import KnownBodies, differences

if TYPE_CHECKING:
    from types import TracebackType

    from pressgen.channels.letter import Letter


class MailSender(Protocol):
    """A way for mails, such as a mail server; use as a context."""

    def __enter__(self) -> Self:
        """Begin; nothing is opened before the first letter."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End what was opened."""

    def send(self, letter: Letter) -> Outcome:
        """Hand in `letter`, if it reads back as what it is; whatever goes wrong is in the outcome."""


class NotReadyError(Exception):
    """A letter cannot be a mail, or its mail reads otherwise."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.outcome = Outcome(ok=False, detail=quoted(f"not sent: {why}"), permanent=True)


class MailWriter:
    """Writes letters as mails and reads each back; what one has in common with the one before costs little."""

    def __init__(self) -> None:
        self._parts, self._bodies = PartMemory(), KnownBodies()

    def write_checked(self, letter: Letter) -> tuple[Letter, bytes]:
        """Return `letter` as a mail can carry it, and that mail.

        Raises:
            NotReadyError: there is no such mail, or it says something else than the letter.
        """
        try:
            whole = normalise(letter)
            mail = write(whole, self._parts)
        except ValueError as error:
            raise NotReadyError(str(error)) from None
        if found := differences(whole, mail, self._bodies):
            raise NotReadyError(f"the finished mail says something else than what was approved: {'; '.join(found)}")
        return whole, mail
