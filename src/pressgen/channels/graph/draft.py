"""A mail that is too large for one request to Graph: a draft, its files, a look at what became of it, and then sent.

Graph composes such a mail itself. So it is read back and compared with what was approved before it is sent. Sources:
“Create message”, “attachment: createUploadSession”, “Attach large files to Outlook messages” (Microsoft Learn).
"""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from dataclasses import replace
from mimetypes import guess_type
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pressgen.channels.compare import compare_mails
from pressgen.channels.graph.service import TAKEN, GraphError, encode
from pressgen.channels.https import HttpRequest, NoHttpAnswerError, ask, host_of
from pressgen.channels.mime import write
from pressgen.channels.oauth.access import SignInError
from pressgen.channels.outcome import quoted

if TYPE_CHECKING:
    from pressgen.channels.graph.service import GraphService
    from pressgen.channels.https import HttpAnswer
    from pressgen.channels.letter import Letter

AT_ONCE: Final = 2_900_000
"""Bytes of a file that goes in one request; larger ones go by an upload session, which takes 3 to 150 MB."""
PIECE: Final = 10 * 320 * 1024
"""Bytes of a piece of an upload; at most 4 MB, and a multiple of 320 KiB."""
ROOM: Final = 1024 * 1024
"""Bytes of headers that a mail may gain on its way."""
JSON: Final = "application/json"


def send_by_draft(service: GraphService, letter: Letter, mail: bytes) -> None:
    """Send `letter`, whose finished mail is `mail`, by way of a draft.

    Raises:
        GraphError: it did not go, or may not have; a draft that did not go is deleted, where that can be done.
        SignInError: there is no token.
    """
    bare = write(replace(letter, files={}))
    draft = f"messages/{_id_of(service, service.call('messages', encode(bare), 'text/plain').read_object())}"
    try:
        for name, content in letter.files.items():
            _attach(service, draft, name, content)
        _see_same(service, mail, service.call(f"{draft}/$value", b"", JSON, method="GET", largest=2 * len(mail) + ROOM))
        service.call(f"{draft}/send", b"", JSON, final=True)
    except (GraphError, SignInError) as error:
        if not error.outcome.unknown:
            with suppress(GraphError, SignInError):
                service.call(draft, b"", JSON, method="DELETE")
        raise


def _see_same(service: GraphService, mail: bytes, made: HttpAnswer) -> None:
    if found := compare_mails(mail, made.body):
        why = f"has made something else of the mail than what was approved, so it was not sent: {'; '.join(found)}"
        raise GraphError(service.told(quoted(why), permanent=True))


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
    _upload(service, str(begun.get("uploadUrl", "")), name, content)


def _upload(service: GraphService, url: str, name: str, content: bytes) -> None:
    """Put a file to an address that needs no token, and so gets none."""
    for at in range(0, len(content), PIECE):
        piece = content[at : at + PIECE]
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes {at}-{at + len(piece) - 1}/{len(content)}",
        }
        try:
            answer = ask(HttpRequest("PUT", url, headers, piece, TAKEN))
        except NoHttpAnswerError as error:
            raise GraphError(service.told(f"has {quoted(name)} put to {host_of(url)}, which {error.why}")) from None
        if not answer.is_done:
            why = f"has {quoted(name)} put to {host_of(url)}, which answers {answer.status}"
            raise GraphError(service.told(why, wait=answer.wait))


def _id_of(service: GraphService, created: dict[str, object]) -> str:
    found = created.get("id")
    if not isinstance(found, str) or not found:
        raise GraphError(service.told("does not say which draft it has made", permanent=False))
    return quote(found, safe="")
