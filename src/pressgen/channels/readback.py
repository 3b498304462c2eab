"""Read a mail that is about to go, with other code than wrote it, and compare it with what was approved."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from email.header import decode_header
from email.parser import BytesParser
from email.utils import collapse_rfc2231_value, parseaddr, parsedate_to_datetime
from secrets import token_bytes
from typing import TYPE_CHECKING

from pressgen.channels.html_words import word_differences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from email.message import Message

    from pressgen.channels.letter import Letter

LONGEST = 998
"""Octets of a line (RFC 5322, 2.1.1)."""
ALLOWED = frozenset(
    "date from to reply-to subject message-id in-reply-to references list-unsubscribe list-unsubscribe-post"
    " mime-version content-type content-transfer-encoding".split()
)
FOLD = re.compile(r"\r\n(?=[ \t])")
BEGINNING = 100
"""Octets of an attachment that are looked for first."""
TOKEN = 48
"""Octets that stand for an attachment; in base64 without any sign that fills up the end."""
SHOWN = 60
"""Characters of a difference that are shown."""


@dataclass(frozen=True, slots=True)
class _Body:
    """An attachment as it stands in a mail, what it is read as, and what stands for it in a shortened mail."""

    octets: bytes
    content: bytes
    token: bytes


class KnownBodies:
    """The attachments of the mail that was read last: as they stood in it, and what was read from them.

    Where the next mail has the very same octets, they are not parsed again. A few of chance stand in their place while
    all the rest is, under the same headers and between the same lines, and must be read as these few and nothing else.
    """

    def __init__(self) -> None:
        self._bodies: list[_Body] = []

    def shorten(self, mail: bytes) -> tuple[bytes, dict[bytes, _Body]]:
        """Return a mail with a few octets in the place of each body that is known, which they name when read."""
        pieces, start, found = [], 0, {}
        for body in self._bodies:
            at = mail.find(body.octets[:BEGINNING], start)
            while at >= 0 and not _stands_at(body.octets, mail, at):
                at = mail.find(body.octets[:BEGINNING], at + 1)
            if at >= 0:
                pieces += [mail[start:at], b64encode(body.token), b"\r\n"]
                start = at + len(body.octets)
                found[body.token] = body
        return b"".join([*pieces, mail[start:]]) if found else mail, found

    def learn(self, parts: list[Message], named: Mapping[bytes, _Body]) -> None:
        """Keep the attachments of a mail that reads as it should, in their order; forget all others."""
        self._bodies = [named.get(_content(part)) or _new_body(part) for part in parts]


def differences(letter: Letter, mail: bytes, known: KnownBodies | None = None) -> list[str]:
    """Return where `mail` reads otherwise than `letter`, which is normalised; empty where nowhere.

    Args:
        letter: what it should say.
        mail: the octets that go.
        known: of the mail that was read before, if there was one.
    """
    bodies = known or KnownBodies()
    short, named = bodies.shorten(mail)
    message = BytesParser().parsebytes(short)
    leaves = [part for part in message.walk() if not part.is_multipart()]
    files = leaves[2 if letter.html else 1 :]
    attached = [(_name(part), _content(part)) for part in files]
    read = [(name, named[content].content if content in named else content) for name, content in attached]
    found = [*_lines(short), *_headers(letter, message), *_texts(letter, leaves, message), *_files(letter, read)]
    bodies.learn([] if found else files, named)
    return found


def _stands_at(octets: bytes, mail: bytes, at: int) -> bool:
    """Whether a part of `mail` begins at `at` that has these octets and no others."""
    end = at + len(octets)
    return mail[at - 4 : at] == b"\r\n\r\n" and mail[end : end + 4] == b"\r\n--" and mail.startswith(octets, at)


def _new_body(part: Message) -> _Body:
    octets = str(part.get_payload()).encode("ascii", "surrogateescape")
    return _Body(octets, _content(part), token_bytes(TOKEN))


def _lines(mail: bytes) -> Iterator[str]:
    ends = mail.count(b"\r\n")
    if (
        b"\0" in mail
        or mail.count(b"\r") != ends
        or mail.count(b"\n") != ends
        or max(map(len, mail.split(b"\r\n"))) > LONGEST
        or not mail.endswith(b"\r\n")
    ):
        yield "a line of it is one that mail servers change"


def _headers(letter: Letter, message: Message) -> Iterator[str]:
    names = [name.lower() for name in message.keys()]  # noqa: SIM118 - a header may occur twice
    if len(set(names)) != len(names) or not ALLOWED.issuperset(names):
        yield f"its headers are {', '.join(names)}"
    yield from _compared("subject", _decoded(message, "Subject"), letter.subject)
    for header, box in (("From", letter.sender), ("To", letter.to)):
        name, address = parseaddr(_unfolded(message, header))
        yield from _compared(f"{header} address", address, box.address)
        yield from _compared(f"{header} name", _words(name), box.name)
    yield from _compared("Reply-To", _unfolded(message, "Reply-To"), letter.reply_to)
    ways = tuple(re.findall(r"<([^>]*)>", _unfolded(message, "List-Unsubscribe")))
    yield from _compared("List-Unsubscribe", " ".join(ways), " ".join(letter.unsubscribe))
    if ("list-unsubscribe-post" in names) != letter.one_click:
        yield "its List-Unsubscribe-Post is another"
    yield from _compared("thread", _unfolded(message, "References"), _thread(letter))
    yield from _compared("thread", _unfolded(message, "In-Reply-To"), _thread(letter))
    if parsedate_to_datetime(_unfolded(message, "Date")) != letter.at.replace(microsecond=0):
        yield "its date is another"


def _thread(letter: Letter) -> str:
    domain = letter.sender.address.rpartition("@")[2]
    return f"<{letter.answers}@{domain}>" if letter.answers else ""


def _texts(letter: Letter, leaves: list[Message], message: Message) -> Iterator[str]:
    if any(part.defects for part in message.walk()):
        yield "its parts are malformed"
    text = leaves[0]
    if letter.html:
        yield from _html(letter, leaves[min(1, len(leaves) - 1)], message)
    if text.get_content_type() != "text/plain" or text.get_content_charset() != "utf-8":
        yield f"its text is {text.get_content_type()} in {text.get_content_charset()}"
    yield from _compared("text", _content(text).replace(b"\r\n", b"\n").decode("utf-8", "replace"), letter.text)


def _files(letter: Letter, attached: list[tuple[str, bytes]]) -> Iterator[str]:
    if [name for name, _ in attached] != list(letter.files):
        yield f"its files are called {', '.join(name for name, _ in attached)}"
    for name, content in attached:
        if content != letter.files.get(name, content):
            yield f"the file {name} has other bytes"


def _html(letter: Letter, part: Message, message: Message) -> Iterator[str]:
    """What is wrong with the HTML beside the text: it has the same words, and programs show one or the other."""
    kinds = [each.get_content_type() for each in message.walk()]
    at = kinds.index("multipart/alternative") if "multipart/alternative" in kinds else len(kinds)
    if kinds[at + 1 : at + 3] != ["text/plain", "text/html"] or part.get_content_charset() != "utf-8":
        yield f"its parts are {', '.join(kinds)}"
    found = _content(part).replace(b"\r\n", b"\n").decode("utf-8", "replace")
    yield from _compared("HTML", found, letter.html)
    yield from word_differences(found, letter.text)


def _name(part: Message) -> str:
    return collapse_rfc2231_value(part.get_param("filename", "", "content-disposition") or "")


def _content(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _unfolded(message: Message, header: str) -> str:
    """A header's value on one line; octets beyond ASCII, which only an address has, as UTF-8."""
    value = str(dict(message.raw_items()).get(header, ""))
    return FOLD.sub("", value.encode("ascii", "surrogateescape").decode("utf-8", "replace"))


def _decoded(message: Message, header: str) -> str:
    return _words(_unfolded(message, header))


def _words(text: str) -> str:
    """A text with its encoded words decoded."""
    return "".join(
        part if isinstance(part, str) else part.decode(charset or "ascii", "replace")
        for part, charset in decode_header(text)
    )


def _compared(what: str, found: str, approved: str) -> Iterator[str]:
    if found != approved:
        at = next((at for at, (a, b) in enumerate(zip(found, approved, strict=False)) if a != b), 0)
        start = max(0, at - SHOWN // 3)
        yield f"its {what} reads {found[start : start + SHOWN]!r}, not {approved[start : start + SHOWN]!r}"
