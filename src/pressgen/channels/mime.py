"""Write a mail as bytes for a server (RFC 5322, MIME).

The standard library's own writer loses and adds blanks when it folds encoded words, and turns “From ” at the beginning
of a paragraph into “>From ”. `readback` reads what is written here, with other code.
"""

from __future__ import annotations

import re
from base64 import b64encode
from email.utils import format_datetime
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from urllib.parse import quote

from pressgen.channels.letter import make_message_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pressgen.channels.letter import Letter, Mailbox

KINDS = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
ANY = "application/octet-stream"
ONE_CLICK = "List-Unsubscribe=One-Click"
"""The body that a mail program posts to the page (RFC 8058, 3.1)."""
BOUNDARY = "3e1b7c9d5a2f"
LINE = 76
"""The most characters of a line (RFC 2045, 6.7 and 6.8; RFC 2047, 2)."""
WORD = 75
"""The most characters of an encoded word (RFC 2047, 2)."""
BASE64, QUOTED = ("=?UTF-8?B?", "?="), ("=?UTF-8?Q?", "?=")
SAFE = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!*+-/")
"""Characters that need no encoding in an encoded word, wherever it occurs (RFC 2047, 5)."""
PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
"""A text that needs no encoding in a header, folded at its blanks."""
ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
TOKEN = re.compile(r"[A-Za-z0-9._+-]+(?: [A-Za-z0-9._+-]+)*")
"""A file name that every mail program can read within quotation marks."""
PURE = re.compile(r"(?:(?!From |\.|--)[ -~]{0,75}[!-~]\n|\n)*")
"""A text that needs no encoding: printable ASCII, in short lines that no mail server changes."""
ESCAPED = re.compile(rb"^F(?=rom )|^\.|[ \t]$|[^\t\n -<>-~]", re.MULTILINE)
"""Characters that quoted-printable writes as `=XX`, because a server on the way may change them."""


class Header(NamedTuple):
    """A header's name, and its value in lines."""

    name: str
    value: str


Part: TypeAlias = "tuple[list[Header], list[bytes]]"
"""The headers of a part of a mail, and its body in pieces."""


class PartMemory:
    """The encoded parts of the last mail.

    Parts that the next mail shares with it are encoded once.
    """

    def __init__(self) -> None:
        self._last: dict[tuple[str, str | bytes], Part] = {}
        self._next: dict[tuple[str, str | bytes], Part] = {}

    def recall(self, name: str, content: str | bytes, encode: Callable[[], Part]) -> Part:
        """Return the encoded part of a text or a file.

        It is taken from this mail or the one before, else encoded now.
        """
        found = self._next.get((name, content)) or self._last.get((name, content))
        return self._next.setdefault((name, content), found or encode())

    def turn(self) -> None:
        """End this mail: forget the parts that it did not use."""
        self._last, self._next = self._next, {}


def write_mail(letter: Letter, memory: PartMemory | None = None) -> bytes:
    """Return a normalised letter as the bytes of a mail.

    Lines have at most 998 octets, each ending in CRLF. All of it is ASCII, except for an address that is not
    (SMTPUTF8).

    Args:
        letter: the letter.
        memory: of the mail that was written before, if there was one.
    """
    parts = memory or PartMemory()
    headers = [
        Header("Date", format_datetime(letter.at)),
        _make_address_header(letter.sender, "From"),
        _make_address_header(letter.to, "To"),
        Header("Subject", _encode_text(letter.subject, len("Subject: "))),
        Header("Message-ID", make_message_id(letter.key, letter.sender)),
    ]
    if letter.reply_to:
        headers.append(Header("Reply-To", letter.reply_to))
    if letter.answers:
        first = make_message_id(letter.answers, letter.sender)
        headers += [Header("In-Reply-To", first), Header("References", first)]
    if letter.unsubscribe:
        headers.append(Header("List-Unsubscribe", ",\r\n ".join(f"<{each}>" for each in letter.unsubscribe)))
    if letter.one_click:
        headers.append(Header("List-Unsubscribe-Post", ONE_CLICK))
    headers.append(Header("MIME-Version", "1.0"))
    words = parts.recall("plain", letter.text, partial(_make_text_part, letter.text, "plain"))
    if letter.html:
        html = parts.recall("html", letter.html, partial(_make_text_part, letter.html, "html"))
        words = _make_multipart("alternative", [words, html])
    if letter.files:
        files = [parts.recall(name, each, partial(_make_file_part, name, each)) for name, each in letter.files.items()]
        words = _make_multipart("mixed", [words, *files])
    parts.turn()
    return b"".join(_block([*headers, *words[0]], words[1]))


def _make_multipart(kind: str, parts: Iterable[Part]) -> Part:
    """Make one part from several.

    No line within them begins like the boundary: base64 and quoted-printable have none.
    """
    boundary = f"=_{kind}_{BOUNDARY}"
    between = f"--{boundary}\r\n".encode()
    body = [piece for part in parts for piece in (between, *_block(*part), b"\r\n")]
    body.append(f"--{boundary}--\r\n".encode())
    return [Header("Content-Type", f'multipart/{kind};\r\n boundary="{boundary}"')], body


def _block(headers: Iterable[Header], body: Iterable[bytes]) -> list[bytes]:
    return ["".join(f"{name}: {value}\r\n" for name, value in headers).encode() + b"\r\n", *body]


def _make_address_header(mailbox: Mailbox, header: str) -> Header:
    name = _encode_name(mailbox.name, len(header) + 2)
    if not name:
        return Header(header, mailbox.address)
    last = len(name.rpartition("\n")[2])
    blank = " " if len(header) + last + len(mailbox.address) + len(":  <>") <= LINE else "\r\n "
    return Header(header, f"{name}{blank}<{mailbox.address}>")


def _encode_name(text: str, taken: int) -> str:
    """Encode a name before an address.

    It becomes atoms, a quoted string, or encoded words.
    """
    short = len(text) + taken <= LINE and "=?" not in text
    if short and ATOMS.fullmatch(text):
        return text
    if short and PLAIN.fullmatch(text):
        return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'
    return "\r\n ".join(_encode_words(text, taken))


def _encode_text(text: str, taken: int) -> str:
    """Encode a text in a header, plain or as encoded words.

    Encoded words hold all of it, its blanks too.
    """
    if not PLAIN.fullmatch(text) or "=?" in text or len(max(text.split(), key=len)) > LINE // 2:
        return "\r\n ".join(_encode_words(text, taken))
    lines, room = [""], LINE - taken
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
            room = LINE - 1
        else:
            lines[-1] = f"{lines[-1]} {word}".lstrip(" ")
    return "\r\n ".join(lines)


def _encode_words(text: str, taken: int) -> Iterator[str]:
    """Yield a text as encoded words, each of whole characters.

    The first has `taken` characters before it.
    """
    quoted = {char: _quote_character(char) for char in set(text)}
    octets = {char: len(char.encode()) for char in quoted}
    short = sum(map(len, map(quoted.__getitem__, text))) <= sum(map(octets.__getitem__, text)) * 4 / 3
    begin, end = QUOTED if short else BASE64
    room, word, used = LINE - taken, "", 0
    for char in text:
        cost = len(quoted[char]) if short else octets[char]
        space = min(room, WORD) - len(begin) - len(end)
        if word and used + cost > (space if short else space // 4 * 3):
            yield begin + _encode_characters(word, quoted if short else None) + end
            room, word, used = LINE - 1, "", 0
        word, used = word + char, used + cost
    if word:
        yield begin + _encode_characters(word, quoted if short else None) + end


def _encode_characters(word: str, quoted: dict[str, str] | None) -> str:
    return "".join(map(quoted.__getitem__, word)) if quoted else b64encode(word.encode()).decode()


def _quote_character(char: str) -> str:
    return "_" if char == " " else "".join(chr(each) if each in SAFE else f"={each:02X}" for each in char.encode())


def _make_text_part(text: str, subtype: str) -> Part:
    """Make the text part of the mail.

    It is plain where that is safe, else in the shorter encoding.
    """
    octets = text.encode()
    if PURE.fullmatch(text):
        way, body = "7bit", octets.replace(b"\n", b"\r\n")
    else:
        escaped = ESCAPED.sub(lambda found: _escape(found[0]), octets)
        if len(escaped) <= len(octets) * 4 / 3:
            way, body = "quoted-printable", b"".join(map(_break_line, escaped.split(b"\n")[:-1]))
        else:
            way, body = "base64", _base64(octets.replace(b"\n", b"\r\n"))
    kind = Header("Content-Type", f"text/{subtype}; charset=utf-8")
    return [kind, Header("Content-Transfer-Encoding", way)], [body]


def _escape(octet: bytes) -> bytes:
    return b"=%02X" % octet[0]


def _break_line(line: bytes) -> bytes:
    """Break a long line of quoted-printable with soft breaks."""
    lines = []
    while len(line) > LINE:
        at = line.find(b"=", LINE - 3, LINE - 1)
        at = at if at > 0 else LINE - 1
        lines.append(line[:at] + b"=\r\n")
        line = line[at:]
        if line.startswith((b"From ", b".")):
            line = _escape(line[:1]) + line[1:]
    return b"".join(lines) + line + b"\r\n"


def _make_file_part(name: str, content: bytes) -> Part:
    """Make an attachment.

    It also has an ASCII name, for programs that do not know RFC 2231.
    """
    kind = KINDS.get(PurePosixPath(name).suffix.lower(), ANY)
    simple = TOKEN.fullmatch(name) and len(name) <= LINE - len(' filename="";')
    given = f'\r\n filename="{name}"' if simple else ";".join(_extend_filename(name))
    return [
        Header("Content-Type", f'{kind};\r\n name="{name if simple else _make_ascii_name(name)}"'),
        Header("Content-Disposition", f"attachment;{given}"),
        Header("Content-Transfer-Encoding", "base64"),
    ], [_base64(content)]


def _extend_filename(name: str) -> Iterator[str]:
    """Yield the parameter `filename` in pieces of whole characters.

    See RFC 2231, 3 and 4.
    """
    pieces, room = ["UTF-8''"], LINE - len(" filename*99*=;")
    for char in name:
        coded = quote(char, safe="")
        if len(pieces[-1]) + len(coded) > room:
            pieces.append("")
        pieces[-1] += coded
    if len(pieces) == 1:
        yield f"\r\n filename*={pieces[0]}"
    else:
        yield from (f"\r\n filename*{number}*={piece}" for number, piece in enumerate(pieces))


def _make_ascii_name(name: str) -> str:
    """Return an ASCII name with the same ending."""
    path = PurePosixPath(name)
    stem, ending = (re.sub(r"[^A-Za-z0-9._-]+", "_", each) for each in (path.stem, path.suffix))
    return f"{stem[:40]}{ending[:10]}"


def _base64(content: bytes) -> bytes:
    coded = b64encode(content)
    return b"".join(coded[at : at + LINE] + b"\r\n" for at in range(0, len(coded), LINE))
