"""Microsoft Graph, which takes the very mail that SMTP would; one that is too large goes by way of a draft.

Sources: “user: sendMail”, “Send messages with MIME content”, “Create message” (4 MB a request; Microsoft Learn).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from pressgen.channels.graph.draft import send_by_draft
from pressgen.channels.graph.service import GraphError, GraphService, encode
from pressgen.channels.oauth.access import SignInError
from pressgen.channels.outcome import Outcome
from pressgen.channels.ready import MailWriter, NotReadyError

if TYPE_CHECKING:
    from types import TracebackType

    from pressgen.channels.graph.service import Mailbox365
    from pressgen.channels.letter import Letter

WHOLE: Final = 3_000_000
"""Bytes of a mail that fits, in base64, into one request of 4 MB."""


class GraphPost:
    """A way for mails by Microsoft Graph; use as a context."""

    def __init__(self, mailbox: Mailbox365) -> None:
        self._mailbox = mailbox
        self._service = GraphService(mailbox)
        self._writer = MailWriter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is held open."""

    def send(self, letter: Letter) -> Outcome:
        """Hand in `letter`; see `MailSender`."""
        try:
            whole, mail = self._writer.write_checked(letter)
            if len(mail) <= WHOLE:
                self._service.call("sendMail", encode(mail), "text/plain", final=True)
            elif self._mailbox.drafts:
                send_by_draft(self._service, whole, mail)
            else:
                return _too_large(self._service, len(mail))
        except (NotReadyError, GraphError, SignInError) as error:
            return error.outcome
        return Outcome(ok=True, detail=f"accepted by {self._service.host}")


def _too_large(service: GraphService, size: int) -> Outcome:
    why = (
        f"takes up to {WHOLE / 1e6:.0f} MB at once, and this mail has {size / 1e6:.1f} MB: attach less, or write"
        " large: draft into the channel"
    )
    return service.told(why, permanent=True)
