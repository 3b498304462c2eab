"""Read a mail file into paragraphs.

Its subject, its day and its text are read; its web page where it has no text.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from pressgen.importer.html_page import read_html
from pressgen.importer.manuscript import Manuscript, ManuscriptTooLongError, SourceParagraph
from pressgen.importer.plain_text import read_plain_text
from pressgen.text.mail_files import MailTooLargeError, parse_mail
from pressgen.text.text_decoding import drop_forbidden

if TYPE_CHECKING:
    from email.message import EmailMessage

HEADERS = 2
"""Lines that the subject and the day take above the text."""
SAVE = "save its text as a file, and import that"


def read_mail(data: bytes, shown: str) -> Manuscript:
    """Read a mail file (.eml) into paragraphs.

    Raises:
        InputError: its only text is a web page in which nothing can be read.
        ManuscriptTooLongError: it has more or longer headers, or more parts, than any mail.
    """
    try:
        message = parse_mail(data)
        body = _body(message, shown)
        paras = [*_headers(message), *(replace(para, line=para.line + HEADERS) for para in body.paras)]
        doubts = [*body.doubts, *_list_attachments(message)]
    except MailTooLargeError as error:
        raise ManuscriptTooLongError(f"{error}; {SAVE}") from None
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
