"""Send mail through Microsoft Graph, with the same bytes as for SMTP.

A mail that is too large for one request (4 MB) becomes a draft, with its files uploaded one by one. Graph composes such
a mail itself, so it is read back and compared with the approved one before it is sent. Sources: “user: sendMail”, “Send
messages with MIME content”, “Create message”, “attachment: createUploadSession”, “Attach large files to Outlook
messages” (Microsoft Learn).
"""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from dataclasses import replace
from mimetypes import guess_type
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import quote

from pressgen.channels.checked_mail import MailWriter, NotReadyError
from pressgen.channels.compare_mails import compare_mails
from pressgen.channels.graph.service import TAKEN, GraphError, GraphService, encode_mail
from pressgen.channels.https import HttpRequest, NoHttpAnswerError, get_host, send_request
from pressgen.channels.mime import write_mail
from pressgen.channels.oauth.tokens import SignInError
from pressgen.channels.outcome import DeliveryOutcome, clean_reply

if TYPE_CHECKING:
    from types import TracebackType

    from pressgen.channels.graph.service import Mailbox365
    from pressgen.channels.https import HttpAnswer
    from pressgen.channels.letter import Letter


AT_ONCE: Final = 2_900_000
"""Bytes of a file that fits into one request; larger ones need an upload session, which takes 3 to 150 MB."""
PIECE: Final = 10 * 320 * 1024
"""Bytes of a piece of an upload; at most 4 MB, and a multiple of 320 KiB."""
ROOM: Final = 1024 * 1024
"""Bytes of headers that a mail may gain on its way."""
JSON: Final = "application/json"


def send_by_draft(service: GraphService, letter: Letter, mail: bytes) -> None:
    """Send a letter through a Graph draft.

    `mail` is its finished mail.

    Raises:
        GraphError: it was not sent, or may not have been; an unsent draft is deleted if possible.
        SignInError: there is no token.
    """
    bare = write_mail(replace(letter, files={}))
    draft = f"messages/{_read_id(service, service.call('messages', encode_mail(bare), 'text/plain').read_object())}"
    try:
        for name, content in letter.files.items():
            _attach(service, draft, name, content)
        _require_same_mail(
            service, mail, service.call(f"{draft}/$value", b"", JSON, method="GET", largest=2 * len(mail) + ROOM)
        )
        service.call(f"{draft}/send", b"", JSON, final=True)
    except (GraphError, SignInError) as error:
        if not error.outcome.unknown:
            with suppress(GraphError, SignInError):
                service.call(draft, b"", JSON, method="DELETE")
        raise


def _require_same_mail(service: GraphService, mail: bytes, made: HttpAnswer) -> None:
    if found := compare_mails(mail, made.body):
        why = f"changed the mail after it was approved, so it was not sent: {'; '.join(found)}"
        raise GraphError(service.make_failure(clean_reply(why), permanent=True))


def _attach(service: GraphService, draft: str, name: str, content: bytes) -> None:
    kind = guess_type(name)[0] or "application/octet-stream"
    if len(content) <= AT_ONCE:
        said = {
            "@odata.type": "#microsoft.graph.fileAttachment",
            "name": name,
            "contentType": kind,
            "contentBytes": base64.b64encode(content).decode(),
        }
        service.call(f"{draft}/attachments", json.dumps(said).encode(), JSON, largest=2 * len(content) + ROOM)
        return
    item = {"AttachmentItem": {"attachmentType": "file", "name": name, "size": len(content), "contentType": kind}}
    begun = service.call(f"{draft}/attachments/createUploadSession", json.dumps(item).encode(), JSON).read_object()
    _upload_file(service, str(begun.get("uploadUrl", "")), name, content)


def _upload_file(service: GraphService, url: str, name: str, content: bytes) -> None:
    """Upload a file to an address, without a token."""
    for at in range(0, len(content), PIECE):
        piece = content[at : at + PIECE]
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes {at}-{at + len(piece) - 1}/{len(content)}",
        }
        try:
            answer = send_request(HttpRequest("PUT", url, headers, piece, TAKEN))
        except NoHttpAnswerError as error:
            raise GraphError(
                service.make_failure(f"has {clean_reply(name)} put to {get_host(url)}, which {error.why}")
            ) from None
        if not answer.is_done:
            why = f"has {clean_reply(name)} put to {get_host(url)}, which answers {answer.status}"
            raise GraphError(service.make_failure(why, wait=answer.wait))


def _read_id(service: GraphService, created: dict[str, object]) -> str:
    found = created.get("id")
    if not isinstance(found, str) or not found:
        raise GraphError(service.make_failure("does not say which draft it created", permanent=False))
    return quote(found, safe="")


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
    return service.make_failure(why, permanent=True)
