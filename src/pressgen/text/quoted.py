"""Quoted words in English prose, by their curly double marks, with what is left open or closed too often."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

OPENING, CLOSING = "“", "”"
STRAIGHT = '"'
INCHES = re.compile(r"(?<!\d)\d{1,3}$")
"""What stands before a mark that is no quotation's; four figures are a year."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between double marks.

    Attributes:
        start, end: with the marks; `end` is the text's where the quotation is never closed.
        words: what stands between them.
        closed: whether there is a closing mark.
    """

    start: int
    end: int
    words: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """The double marks of a text.

    Attributes:
        quoted: its quotations, in order.
        nested: opening marks within a quotation.
        stray: closing marks without an opening one; those after a figure, which are inches, are not among them.
    """

    quoted: tuple[Quoted, ...]
    nested: tuple[int, ...]
    stray: tuple[int, ...]


@lru_cache(maxsize=4096)  # many rules ask about the same text, and a release of 200 pages has many
def marks(text: str) -> Marks:
    """The double marks of a text; straight ones open and close by turns."""
    quoted: list[Quoted] = []
    nested: list[int] = []
    stray: list[int] = []
    start, straight = -1, False
    for at, char in enumerate(text):
        opens = char == OPENING or (char == STRAIGHT and not (straight and start >= 0))
        closes = char == CLOSING or (char == STRAIGHT and not opens)
        if opens and start >= 0:
            nested.append(at)
        elif opens:
            start, straight = at, char == STRAIGHT
        elif closes and start >= 0:
            quoted.append(Quoted(start, at + 1, text[start + 1 : at], closed=True))
            start = -1
        elif closes and not INCHES.search(text[max(0, at - 4) : at]):
            stray.append(at)
    if start >= 0:
        quoted.append(Quoted(start, len(text), text[start + 1 :], closed=False))
    return Marks(tuple(quoted), tuple(nested), tuple(stray))
