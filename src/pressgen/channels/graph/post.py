"""Send mail through Microsoft Graph, with the same bytes as for SMTP.

A mail that is too large is sent as a draft. Sources: “user: sendMail”, “Send messages with MIME content”, “Create
message” (4 MB a request; Microsoft Learn).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from pressgen.channels.graph.draft import send_by_draft
from pressgen.channels.graph.service import GraphError, GraphService, encode_mail
from pressgen.channels.oauth.access import SignInError
from pressgen.channels.outcome import DeliveryOutcome
from pressgen.channels.ready import MailWriter, NotReadyError

if TYPE_CHECKING:
    from types import TracebackType

    from pressgen.channels.graph.service import Mailbox365
    from pressgen.channels.letter import Letter

WHOLE: Final = 3_000_000
"""Bytes of a mail that fits, in base64, into one request of 4 MB."""


class GraphSender:
    """A sender of mails through Microsoft Graph, used as a context."""

    def __init__(self, mailbox: Mailbox365) -> None:
        self._mailbox = mailbox
        self._service = GraphService(mailbox)
        self._writer = MailWriter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing: there is no open connection."""

    def send(self, letter: Letter) -> DeliveryOutcome:
        """Send `letter`; see `MailSender`."""
        try:
            whole, mail = self._writer.write_checked(letter)
            if len(mail) <= WHOLE:
                self._service.call("sendMail", encode_mail(mail), "text/plain", final=True)
            elif self._mailbox.drafts:
                send_by_draft(self._service, whole, mail)
            else:
                return _make_too_large_outcome(self._service, len(mail))
        except (NotReadyError, GraphError, SignInError) as error:
            return error.outcome
        return DeliveryOutcome(ok=True, detail=f"accepted by {self._service.host}")


def _make_too_large_outcome(service: GraphService, size: int) -> DeliveryOutcome:
    why = (
        f"takes up to {WHOLE / 1e6:.0f} MB at once, and this mail has {size / 1e6:.1f} MB: attach less, or write"
        " large: draft into the channel"
    )
    return service.told(why, permanent=True)
