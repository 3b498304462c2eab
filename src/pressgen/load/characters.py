"""Decode UTF-8 text, and refuse characters that cannot be seen or stored.

These are bytes that are not UTF-8, tabs, control characters, and line ends other than LF and CR LF. Noncharacters and
surrogates are refused because no XML 1.0 document, and so no Word file, can hold them. Invisible marks that change the
order of letters are refused as well.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING

from pressgen.errors import InputError, Problem
from pressgen.load.faults import make_problem
from pressgen.load.line_columns import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 250_000
"""The most bytes of a file, and characters with its aliases expanded; the longest releases have a tenth of it."""

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
"""The most characters without a possible line break; the time to set a page grows with their square."""
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
    """Decode a UTF-8 file, and report its forbidden characters.

    Those are replaced so that reading can go on.

    Args:
        data: the whole file.
        shown: its name in messages.
        largest: the most bytes that are read.

    Raises:
        InputError: it is too large, or no UTF-8 text at all, so that further faults would mean nothing.
    """
    unreadable = _explain_unreadable(data, largest)
    if unreadable:
        code, message = unreadable
        raise InputError([make_problem(code, message, Lines.of(shown, "").place(0))])
    # Every byte that is not UTF-8 becomes a low surrogate, which UTF-8 itself cannot hold.
    typed = Lines.of(shown, data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape"))
    problems = list(_problems(typed))
    if not problems:
        return typed, []
    return Lines.of(shown, FORBIDDEN.sub(replace_forbidden, typed.text)), problems


def find_forbidden(value: str) -> Iterator[tuple[int, str]]:
    """Find the forbidden characters of a text.

    Each comes with its offset and a message.
    """
    for match in FORBIDDEN.finditer(value):
        yield match.start(), describe_forbidden(match[0][0])


def find_long_words(value: str) -> Iterator[tuple[int, str]]:
    """Find the words that are too long for any line.

    Each comes with its offset and a message.
    """
    if len(value) <= LONGEST_WORD:
        return
    for match in UNBROKEN.finditer(value):
        if (length := len(match[0])) > LONGEST_WORD:
            yield (
                match.start(),
                (f"a word has {length:,} characters, but the limit is {LONGEST_WORD:,}; put spaces in it"),
            )


def describe_forbidden(character: str) -> str:
    """Return the message about a forbidden character."""
    name = NAMES.get(character) or unicodedata.name(character, "")
    if not name:
        name = "a control character" if unicodedata.category(character) == "Cc" else "no character"
    return f"U+{ord(character):04X} ({name}) is not allowed in a text; delete it"


def _explain_unreadable(data: bytes, largest: int) -> tuple[str, str] | None:
    if len(data) > largest:
        return "Y01", f"the file has {len(data):,} bytes; the limit is {largest:,}"
    other = next((name for mark, name in MARKS_OF_OTHERS.items() if data.startswith(mark)), None)
    if other:
        return "Y02", f"the file is {other}; save it as UTF-8"
    if b"\0" in data:
        return "Y02", "the file is not text, or is UTF-16; save it as text in UTF-8"
    return None


def _problems(typed: Lines) -> Iterator[Problem]:
    for match in FORBIDDEN.finditer(typed.text):
        found = match[0]
        if found[0] == "\t":
            code, message = "Y03", "a tab; use spaces"
        elif "\udc80" <= found[0] <= "\udcff":
            code, message = "Y02", f"byte 0x{ord(found[0]) - 0xDC00:02X} is not UTF-8; save the file as UTF-8"
        else:
            code, message = "Y04", describe_forbidden(found)
        yield make_problem(code, message, typed.place(match.start()))


def replace_forbidden(match: re.Match[str]) -> str:
    """Return what replaces a match of `FORBIDDEN`, with the same length."""
    return (" " if match[0][0] == "\t" else "\N{REPLACEMENT CHARACTER}") * len(match[0])
