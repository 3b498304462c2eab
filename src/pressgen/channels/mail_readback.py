"""Read a finished mail with separate code, and compare it.

It must match what was approved.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from email.header import decode_header
from email.parser import BytesParser
from email.utils import collapse_rfc2231_value, parseaddr, parsedate_to_datetime
from secrets import token_bytes
from typing import TYPE_CHECKING

from pressgen.channels.html_words import find_word_differences
from pressgen.channels.outcome import quote_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from email.message import Message

    from pressgen.channels.letter import Letter

LONGEST = 998
"""The most octets of a line (RFC 5322, 2.1.1)."""
ALLOWED = frozenset(
    "date from to reply-to subject message-id in-reply-to references list-unsubscribe list-unsubscribe-post"
    " mime-version content-type content-transfer-encoding".split()
)
FOLD = re.compile(r"\r\n(?=[ \t])")
BEGINNING = 100
"""Octets of an attachment that are searched for first."""
TOKEN = 48
"""Octets of the token for an attachment; a length that needs no padding in base64."""
SHOWN = 60
"""Characters of a difference that are shown."""


@dataclass(frozen=True, slots=True)
class _Attachment:
    """An attachment as written in a mail and as read.

    `token` replaces it in a shortened mail.
    """

    octets: bytes
    content: bytes
    token: bytes


class AttachmentMemory:
    """The attachments of the last mail, encoded and decoded.

    Where the next mail has the very same octets, they are not parsed again. A short random token replaces them, under
    the same headers and between the same lines, and must be read back as exactly this token.
    """

    def __init__(self) -> None:
        self._bodies: list[_Attachment] = []

    def shorten(self, mail: bytes) -> tuple[bytes, dict[bytes, _Attachment]]:
        """Replace known attachments in a mail by tokens.

        Return the shortened mail, and the attachments by token.
        """
        pieces, start, found = [], 0, {}
        for body in self._bodies:
            at = mail.find(body.octets[:BEGINNING], start)
            while at >= 0 and not _is_part_at(body.octets, mail, at):
                at = mail.find(body.octets[:BEGINNING], at + 1)
            if at >= 0:
                pieces += [mail[start:at], b64encode(body.token), b"\r\n"]
                start = at + len(body.octets)
                found[body.token] = body
        return b"".join([*pieces, mail[start:]]) if found else mail, found

    def learn(self, parts: list[Message], named: Mapping[bytes, _Attachment]) -> None:
        """Keep the attachments of a correct mail, and forget all others.

        They are kept in their order.
        """
        self._bodies = [named.get(_content(part)) or _read_attachment(part) for part in parts]


def find_differences(letter: Letter, mail: bytes, known: AttachmentMemory | None = None) -> list[str]:
    """List where a mail differs from its normalised letter.

    Args:
        letter: the expected content.
        mail: the octets to send.
        known: of the mail that was read before, if there was one.
    """
    bodies = known or AttachmentMemory()
    short, named = bodies.shorten(mail)
    message = BytesParser().parsebytes(short)
    leaves = [part for part in message.walk() if not part.is_multipart()]
    files = leaves[2 if letter.html else 1 :]
    attached = [(_name(part), _content(part)) for part in files]
    read = [(name, named[content].content if content in named else content) for name, content in attached]
    found = [*_lines(short), *_headers(letter, message), *_texts(letter, leaves, message), *_files(letter, read)]
    bodies.learn([] if found else files, named)
    return found


def _is_part_at(octets: bytes, mail: bytes, at: int) -> bool:
    """Return whether a part with exactly these octets begins at `at`."""
    end = at + len(octets)
    return mail[at - 4 : at] == b"\r\n\r\n" and mail[end : end + 4] == b"\r\n--" and mail.startswith(octets, at)


def _read_attachment(part: Message) -> _Attachment:
    octets = str(part.get_payload()).encode("ascii", "surrogateescape")
    return _Attachment(octets, _content(part), token_bytes(TOKEN))


def _lines(mail: bytes) -> Iterator[str]:
    ends = mail.count(b"\r\n")
    if (
        b"\0" in mail
        or mail.count(b"\r") != ends
        or mail.count(b"\n") != ends
        or max(map(len, mail.split(b"\r\n"))) > LONGEST
        or not mail.endswith(b"\r\n")
    ):
        yield "a line of it would be changed by mail servers"


def _headers(letter: Letter, message: Message) -> Iterator[str]:
    names = [name.lower() for name in message.keys()]  # noqa: SIM118 - a header may occur twice
    if len(set(names)) != len(names) or not ALLOWED.issuperset(names):
        yield f"its headers are {', '.join(names)}"
    yield from _compare("subject", _decode(message, "Subject"), letter.subject)
    for header, box in (("From", letter.sender), ("To", letter.to)):
        name, address = parseaddr(_unfold(message, header))
        yield from _compare(f"{header} address", address, box.address)
        yield from _compare(f"{header} name", _decode_words(name), box.name)
    yield from _compare("Reply-To", _unfold(message, "Reply-To"), letter.reply_to)
    ways = tuple(re.findall(r"<([^>]*)>", _unfold(message, "List-Unsubscribe")))
    yield from _compare("List-Unsubscribe", " ".join(ways), " ".join(letter.unsubscribe))
    if ("list-unsubscribe-post" in names) != letter.one_click:
        yield "its List-Unsubscribe-Post is different"
    yield from _compare("thread", _unfold(message, "References"), _thread(letter))
    yield from _compare("thread", _unfold(message, "In-Reply-To"), _thread(letter))
    if parsedate_to_datetime(_unfold(message, "Date")) != letter.at.replace(microsecond=0):
        yield "its date is different"


def _thread(letter: Letter) -> str:
    domain = letter.sender.address.rpartition("@")[2]
    return f"<{letter.answers}@{domain}>" if letter.answers else ""


def _texts(letter: Letter, leaves: list[Message], message: Message) -> Iterator[str]:
    if any(part.defects for part in message.walk()):
        yield "its parts are malformed"
    text = leaves[0]
    if letter.html:
        yield from _check_html(letter, leaves[min(1, len(leaves) - 1)], message)
    if text.get_content_type() != "text/plain" or text.get_content_charset() != "utf-8":
        yield f"its text is {text.get_content_type()} in {text.get_content_charset() or 'no stated character set'}"
    yield from _compare("text", _content(text).replace(b"\r\n", b"\n").decode("utf-8", "replace"), letter.text)


def _files(letter: Letter, attached: list[tuple[str, bytes]]) -> Iterator[str]:
    if [name for name, _ in attached] != list(letter.files):
        yield f"its files are called {', '.join(name for name, _ in attached)}"
    for name, content in attached:
        if content != letter.files.get(name, content):
            yield f"the file {name} has changed"


def _check_html(letter: Letter, part: Message, message: Message) -> Iterator[str]:
    """Find the problems of the HTML alternative.

    It must have the same words as the text, because programs show one or the other.
    """
    kinds = [each.get_content_type() for each in message.walk()]
    at = kinds.index("multipart/alternative") if "multipart/alternative" in kinds else len(kinds)
    if kinds[at + 1 : at + 3] != ["text/plain", "text/html"] or part.get_content_charset() != "utf-8":
        yield f"its parts are {', '.join(kinds)}"
    found = _content(part).replace(b"\r\n", b"\n").decode("utf-8", "replace")
    yield from _compare("HTML", found, letter.html)
    yield from find_word_differences(found, letter.text)


def _name(part: Message) -> str:
    return collapse_rfc2231_value(part.get_param("filename", "", "content-disposition") or "")


def _content(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _unfold(message: Message, header: str) -> str:
    """Return a header's value on one line.

    Octets beyond ASCII, which only an address has, are UTF-8.
    """
    value = str(dict(message.raw_items()).get(header, ""))
    return FOLD.sub("", value.encode("ascii", "surrogateescape").decode("utf-8", "replace"))


def _decode(message: Message, header: str) -> str:
    return _decode_words(_unfold(message, header))


def _decode_words(text: str) -> str:
    """Return a text with its encoded words decoded."""
    return "".join(
        part if isinstance(part, str) else part.decode(charset or "ascii", "replace")
        for part, charset in decode_header(text)
    )


def _compare(what: str, found: str, approved: str) -> Iterator[str]:
    if found != approved:
        at = next((at for at, (a, b) in enumerate(zip(found, approved, strict=False)) if a != b), 0)
        shown = slice(max(0, at - SHOWN // 3), max(0, at - SHOWN // 3) + SHOWN)
        yield f"its {what} reads {quote_text(found[shown])}, not {quote_text(approved[shown])}"
