"""Read a mail that is about to go, with other code than wrote it, and compare it with what was approved."""

from __future__ import annotations

import re
from email.header import decode_header
from email.parser import BytesParser
from email.utils import collapse_rfc2231_value, parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING

from pressgen.deliver.html_words import word_differences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from pressgen.deliver.letter import Letter

LONGEST = 998
"""Octets of a line (RFC 5322, 2.1.1)."""
ALLOWED = frozenset(
    "date from to reply-to subject message-id in-reply-to references list-unsubscribe list-unsubscribe-post"
    " mime-version content-type content-transfer-encoding".split()
)
FOLD = re.compile(r"\r\n(?=[ \t])")
SHOWN = 60
"""Characters of a difference that are shown."""


def differences(letter: Letter, mail: bytes) -> list[str]:
    """Return where `mail` reads otherwise than `letter`, which is normalised; empty where nowhere."""
    return list(_found(letter, mail))


def _found(letter: Letter, mail: bytes) -> Iterator[str]:
    ends = mail.count(b"\r\n")
    if (
        b"\0" in mail
        or mail.count(b"\r") != ends
        or mail.count(b"\n") != ends
        or max(map(len, mail.split(b"\r\n"))) > LONGEST
        or not mail.endswith(b"\r\n")
    ):
        yield "a line of it is one that mail servers change"
    message = BytesParser().parsebytes(mail)
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
    yield from _parts(letter, message)


def _thread(letter: Letter) -> str:
    domain = letter.sender.address.rpartition("@")[2]
    return f"<{letter.answers}@{domain}>" if letter.answers else ""


def _parts(letter: Letter, message: Message) -> Iterator[str]:
    leaves = [part for part in message.walk() if not part.is_multipart()]
    if any(part.defects for part in message.walk()):
        yield "its parts are malformed"
    text, *files = leaves
    if letter.html:
        html, files = files[0], files[1:]
        yield from _html(letter, html, message)
    if text.get_content_type() != "text/plain" or text.get_content_charset() != "utf-8":
        yield f"its text is {text.get_content_type()} in {text.get_content_charset()}"
    yield from _compared("text", _content(text).replace(b"\r\n", b"\n").decode("utf-8", "replace"), letter.text)
    attached = [(_name(part), _content(part)) for part in files]
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
