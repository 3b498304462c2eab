"""From bytes to text: UTF-8 and nothing else, and no character that a reader cannot see or a document cannot hold.

Refused are bytes that are not UTF-8, tabs, control characters, line ends other than LF and CR LF, noncharacters and
surrogates (no XML 1.0 document, so no Word file, holds them), and marks that turn the order of letters round unseen.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING

from pressgen.errors import Problem, Refused
from pressgen.load.faults import fault
from pressgen.load.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 250_000
"""Bytes of a file, and characters of what its aliases unfold to; the longest releases are a tenth of it."""

NONCHARACTERS = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufdd0-\ufdef\ufeff\ud800-\udbff"
    rf"{NONCHARACTERS}]|\r(?!\n)|\t+|[\udc80-\udcff]+"
)
MARKS_OF_OTHERS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
LONGEST_WORD = 2000
"""Characters without a place where a line may end; to set a page takes time that grows with their square."""
UNBROKEN = re.compile(
    r"[^ \n\r\u1680\u2000-\u2006\u2008-\u200b\u205f\u3000\u00ad\u2010\u2012-\u2014"
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff-]+"
)
"""A word. Lines end at spaces and hyphens, and between the letters of some scripts (Unicode UAX 14)."""
NAMES = {
    "\r": "a carriage return without a line feed",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
    "\ufeff": "a byte-order mark inside the text",
}


def read_text(data: bytes, shown: str, largest: int = LARGEST) -> tuple[Lines, list[Problem]]:
    """The text of a file, and what is wrong with its characters; those are replaced so that reading can go on.

    Args:
        data: the whole file.
        shown: its name in messages.
        largest: the most bytes that are read.

    Raises:
        Refused: it is too large, or no UTF-8 text at all, so that no further fault in it would mean anything.
    """
    unreadable = _unreadable(data, largest)
    if unreadable:
        code, message = unreadable
        raise Refused([fault(code, message, Lines.of(shown, "").place(0))])
    # Every byte that is not UTF-8 becomes a low surrogate, which UTF-8 itself cannot hold.
    typed = Lines.of(shown, data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape"))
    problems = list(_problems(typed))
    if not problems:
        return typed, []
    return Lines.of(shown, FORBIDDEN.sub(stand_in, typed.text)), problems


def forbidden(value: str) -> Iterator[tuple[int, str]]:
    """The characters of `value` that no text may hold, each with its offset and what to say about it."""
    for match in FORBIDDEN.finditer(value):
        yield match.start(), refusal(match[0][0])


def find_long_words(value: str) -> Iterator[tuple[int, str]]:
    """The words of `value` that are too long for any line, each with its offset and what to say about it."""
    if len(value) <= LONGEST_WORD:
        return
    for match in UNBROKEN.finditer(value):
        if (length := len(match[0])) > LONGEST_WORD:
            yield match.start(), f"a word has {length:,} characters, and may have {LONGEST_WORD:,}; put spaces in it"


def refusal(character: str) -> str:
    """What to say about a character that no text may hold."""
    name = NAMES.get(character) or unicodedata.name(character, "")
    if not name:
        name = "a control character" if unicodedata.category(character) == "Cc" else "no character"
    return f"U+{ord(character):04X} ({name}) cannot stand in a text; take it out"


def _unreadable(data: bytes, largest: int) -> tuple[str, str] | None:
    if len(data) > largest:
        return "Y01", f"the file has {len(data):,} bytes; the most that is read is {largest:,}"
    other = next((name for mark, name in MARKS_OF_OTHERS.items() if data.startswith(mark)), None)
    if other:
        return "Y02", f"the file is {other}; save it as UTF-8"
    if b"\0" in data:
        return "Y02", "the file is no text, or is UTF-16; save it as text in UTF-8"
    return None


def _problems(typed: Lines) -> Iterator[Problem]:
    for match in FORBIDDEN.finditer(typed.text):
        found = match[0]
        if found[0] == "\t":
            code, message = "Y03", "a tab; use spaces"
        elif "\udc80" <= found[0] <= "\udcff":
            code, message = "Y02", f"byte 0x{ord(found[0]) - 0xDC00:02X} is not UTF-8; save the file as UTF-8"
        else:
            code, message = "Y04", refusal(found)
        yield fault(code, message, typed.place(match.start()))


def stand_in(match: re.Match[str]) -> str:
    """What to read on with in place of what `FORBIDDEN` found, of the same length."""
    return (" " if match[0][0] == "\t" else "\N{REPLACEMENT CHARACTER}") * len(match[0])
