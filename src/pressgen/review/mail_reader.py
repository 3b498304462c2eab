"""Read a reply by mail (.eml): its sender, lines and files.

Bounds come first. Where a mail has the same text as a web page too, that is read: struck words are struck only there.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING, cast

from pressgen.errors import InputError, Place, Problem
from pressgen.review.mail_html import read_html_lines
from pressgen.review.mail_lines import PLAIN, QUOTED, MailLine
from pressgen.text.mail_files import MailTooLargeError, parse_mail
from pressgen.text.text_decoding import decode_text, drop_forbidden

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

MOST_TEXT = 2_000_000
"""The most bytes of the text of a mail; a release of twenty pages has 60,000."""
MOST_LINES = 20_000
DEEPEST = 3
"""How deep mails in mails are read."""
BEGINNING = re.compile(rb"\A(?:From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}(?:\r?\n|\Z)", re.ASCII)
NAMED = re.compile(rb"^(?:from|subject|date|mime-version|message-id)[ \t]*:", re.IGNORECASE | re.MULTILINE)
NAMES = 2
"""How many header fields that every mail has must be there."""
RETURNED = re.compile(r"\.(?:docx|docm|dotx|pdf|eml)$", re.IGNORECASE)
MISREAD = re.compile("â€[\x80-\xbf“”˜™œž“\u201c\u201d]|[ÃÂ][\xa0-\xbf]")
KEY = re.compile(r"<([0-9a-f]{64})@[^<>\s]{1,255}>")
"""The Message-ID of a mail with copies."""
MOST_ANSWERED = 10
ENDS = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class MailReply:
    """A mail from an editor.

    Attributes:
        author: the name of the sender, else the address.
        date: as `2026-11-20T10:00:00`; empty where there is none.
        answers: the keys of the mails that it may answer, the last first; an office's mails have them in their ids.
        lines: of its text.
        files: the files in it that may be returned copies, by name.
        notices: what the person should know.
    """

    author: str
    date: str
    subject: str
    answers: list[str]
    lines: list[MailLine] = field(repr=False)
    files: list[tuple[str, bytes]] = field(repr=False)
    notices: list[str]


def is_mail(data: bytes) -> bool:
    """Return whether bytes begin as a mail does, with header fields."""
    head = data[:65536]
    return bool(BEGINNING.match(head)) and len(NAMED.findall(head)) >= NAMES


def read_mail_reply(data: bytes, shown: str) -> MailReply:
    """Read a mail from an editor.

    `shown` is the name of the file in messages.

    Raises:
        InputError: it exceeds the limits of a mail, is encrypted, or its text cannot be read.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        message = parse_mail(data)
        if message.get_content_type() == "multipart/encrypted" or "pkcs7-mime" in message.get_content_type():
            _refuse("M02", "is encrypted; open it in your mail program, and save its text", shown)
        reply = _Reader(shown)
        reply.read(message, 0)
        name, address = parseaddr(str(message.get("From", "")))
        subject = " ".join(drop_forbidden(str(message.get("Subject", ""))).split())
    except MailTooLargeError as error:
        _refuse("M03", f"{error}; ask for it in another mail", shown)
    return MailReply(
        drop_forbidden(name or address),
        _read_date(message),
        subject,
        _list_answered_keys(message),
        reply.lines,
        reply.files,
        reply.notices,
    )


def _list_answered_keys(message: EmailMessage) -> list[str]:
    """List the keys of the mails that a mail answers."""
    named = " ".join(str(each) for name in ("References", "In-Reply-To") for each in message.get_all(name, []))
    return list(dict.fromkeys(reversed(KEY.findall(named))))[:MOST_ANSWERED]


class _Reader:
    """A reader of the parts of a mail."""

    def __init__(self, shown: str) -> None:
        self.lines: list[MailLine] = []
        self.files: list[tuple[str, bytes]] = []
        self.notices: list[str] = []
        self._shown = shown
        self._size = 0

    def read(self, part: EmailMessage, depth: int) -> None:
        """Read a part, and those in it."""
        kind = part.get_content_type()
        if kind == "multipart/alternative":
            self._read_best(part, depth)
        elif kind == "message/rfc822" and not _is_file(part):
            for inner in part.iter_parts():
                if depth < DEEPEST:
                    self.read(cast("EmailMessage", inner), depth + 1)
        elif part.is_multipart() and kind != "message/rfc822":
            for inner in part.iter_parts():
                self.read(cast("EmailMessage", inner), depth)
        elif kind in {"text/plain", "text/html"} and not _is_file(part):
            self._read_text(part, depth)
        else:
            self._keep(part)

    def _read_best(self, part: EmailMessage, depth: int) -> None:
        """Read the web page of several forms of a text.

        Where there is none, or it has no words, the next form is read.
        """
        inner = [cast("EmailMessage", each) for each in part.iter_parts()]
        pages = [each for each in inner if any(sub.get_content_type() == "text/html" for sub in each.walk())]
        before = len(self.lines)
        for each in [*pages, *(each for each in inner if each not in pages)]:
            self.read(each, depth)
            if any(not line.blank for line in self.lines[before:]):
                return

    def _read_text(self, part: EmailMessage, depth: int) -> None:
        text = self._decode(part)
        if part.get_content_subtype() == "html":
            try:
                lines = read_html_lines(text, depth)
            except ValueError as error:
                _refuse("M03", f"{error}; ask for it in another mail", self._shown)
        else:
            flowed = str(part.get_param("format") or "").lower() == "flowed"
            lines = list(_read_plain(text, depth, flowed, str(part.get_param("delsp") or "").lower() == "yes"))
        self.lines += lines
        if len(self.lines) > MOST_LINES:
            _refuse("M03", f"has more than {MOST_LINES:,} lines; ask for it in another mail", self._shown)

    def _decode(self, part: EmailMessage) -> str:
        data = part.get_payload(decode=True)
        content = data if isinstance(data, bytes) else b""
        self._size += len(content)
        if self._size > MOST_TEXT:
            _refuse("M03", f"has more than {MOST_TEXT:,} bytes of text; ask for it in another mail", self._shown)
        return _mend(self._decode_as(content, part.get_content_charset()))

    def _decode_as(self, content: bytes, charset: str | None) -> str:
        if charset and charset not in {"us-ascii", "unknown-8bit", "iso-8859-1"}:
            with suppress(LookupError, UnicodeError):
                return drop_forbidden(content.decode(charset))
        if charset == "iso-8859-1":  # programs say so and mean Windows-1252, as HTML5 does
            with suppress(UnicodeError):
                return drop_forbidden(content.decode("windows-1252"))
        text, doubts = decode_text(content)
        self.notices += [f"its text is in no known encoding; {each}" for each in doubts]
        return text

    def _keep(self, part: EmailMessage) -> None:
        name = " ".join(drop_forbidden(part.get_filename() or "").split())
        if part.get_content_type() == "message/rfc822":
            name = name or "attached.eml"
            inner = next(iter(part.iter_parts()), None)
            content: object = None if inner is None else inner.as_bytes()
        else:
            content = part.get_payload(decode=True)
        if RETURNED.search(name) and isinstance(content, bytes):
            self.files.append((name.replace("/", "_").replace("\\", "_"), content))
        elif name and part.get_content_maintype() != "image" and part.get_content_subtype() != "pkcs7-signature":
            self.notices.append(f"has a file that is no review copy and was left alone: {name}")


def _mend(text: str) -> str:
    """Return a text with the signs that were read as Windows-1252."""
    if not MISREAD.search(text):
        return text
    return MISREAD.sub(_mend_sign, text)


def _mend_sign(match: re.Match[str]) -> str:
    with suppress(UnicodeError):
        return match[0].encode("windows-1252").decode()
    return match[0]


def _is_file(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or bool(RETURNED.search(part.get_filename() or ""))


def _read_plain(text: str, depth: int, flowed: bool, joined: bool) -> Iterator[MailLine]:  # noqa: FBT001 - two parameters of the format
    """Yield the lines of a plain text.

    Flowed ones are joined (RFC 3676).
    """
    waiting: MailLine | None = None
    for line in ENDS.split(text):
        mark = QUOTED.match(line)
        level = depth + (mark[0].count(">") if mark else 0)
        words = line[mark.end() :] if mark else line
        if flowed and not mark:
            words = words.removeprefix(" ")
        if waiting is not None and waiting.depth == level and words != "-- ":
            words = waiting.text + words
        elif waiting is not None:
            yield waiting
        waiting = None
        one = MailLine(words, PLAIN * len(words), level)
        if flowed and words.endswith(" ") and words != "-- ":
            kept = words[:-1] if joined else words
            waiting = MailLine(kept, PLAIN * len(kept), level)
        else:
            yield one
    if waiting is not None:
        yield waiting


def _read_date(message: EmailMessage) -> str:
    with suppress(ValueError, TypeError, OverflowError):
        return parsedate_to_datetime(str(message.get("Date", ""))).strftime("%Y-%m-%dT%H:%M:%S")
    return ""


def _refuse(code: str, message: str, shown: str) -> None:
    raise InputError([Problem(code=code, message=message, place=Place(shown))])
