"""Read a mail file into paragraphs.

Its subject, its day and its text are read; its web page where it has no text.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, cast

from pressgen.importer.html_page import read_html
from pressgen.importer.manuscript import Manuscript, ManuscriptTooLongError, SourceParagraph
from pressgen.importer.plain_text import read_plain_text
from pressgen.importer.text_decoding import drop_forbidden

if TYPE_CHECKING:
    from email.message import EmailMessage

HEADERS = 2
"""Lines that the subject and the day take above the text."""
LONGEST_HEADER, MOST_PARTS = 10_000, 200
"""The most characters of a header, and parts of a mail; few mail servers accept as many."""
PART = re.compile(rb"^content-type:", re.MULTILINE | re.IGNORECASE)
SAVE = "save its text as a file, and import that"


class _BoundedPolicy(EmailPolicy):
    """A mail policy that refuses headers longer than any mail has.

    Python's parser needs 16 kB for each character.
    """

    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ANN401 - as Python declares it
        if len(value) > LONGEST_HEADER:
            raise ManuscriptTooLongError(
                f"has a {name} of {len(value):,} characters, but the limit is {LONGEST_HEADER:,}; {SAVE}"
            )
        return super().header_fetch_parse(name, value)


POLICY = _BoundedPolicy()


def read_mail(data: bytes, shown: str) -> Manuscript:
    """Read a mail file (.eml) into paragraphs.

    Raises:
        InputError: its only text is a web page in which nothing can be read.
        ManuscriptTooLongError: it has more or longer headers, or more parts, than any mail.
    """
    if len(PART.findall(data)) > MOST_PARTS:
        raise ManuscriptTooLongError(f"has more than {MOST_PARTS} parts; {SAVE}")
    message = cast("EmailMessage", message_from_bytes(data, policy=POLICY))
    body = _body(message, shown)
    paras = [*_headers(message), *(replace(para, line=para.line + HEADERS) for para in body.paras)]
    doubts = [*body.doubts, *_list_attachments(message)]
    return Manuscript(tuple(paras), body.pictures, tuple(doubts), body.language, body.margins, body.menus)


def _body(message: EmailMessage, shown: str) -> Manuscript:
    part = message.get_body(("plain", "html"))
    if part is None:
        return Manuscript(())
    data = part.get_payload(decode=True)
    content = data if isinstance(data, bytes) else b""
    charset = part.get_content_charset("utf-8")
    with suppress(LookupError, UnicodeError):  # read_characters finds out what it is
        content = content.decode(charset).encode()
    return read_html(content, shown) if part.get_content_subtype() == "html" else read_plain_text(content)


def _headers(message: EmailMessage) -> list[SourceParagraph]:
    found = []
    subject = " ".join(drop_forbidden(str(message.get("Subject", ""))).split())
    if subject:
        found.append(SourceParagraph(line=1, text=f"Subject: {subject}"))
    with suppress(ValueError, TypeError):  # no readable date
        sent = parsedate_to_datetime(str(message.get("Date", "")))
        found.append(SourceParagraph(line=2, text=f"Date: {sent.day} {sent:%B %Y}"))
    return found


def _list_attachments(message: EmailMessage) -> list[str]:
    names = [
        " ".join(drop_forbidden(part.get_filename() or "a file without a name").split())
        for part in message.iter_attachments()
    ]
    return [f"“{name}” is attached but was left out: import it separately" for name in names]
