"""Words: text as pieces, each with one origin and one formatting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a text of the data.

    It has characters `start` to `end` of the value at `path`. A path that begins with `house.` is in the house's
    `house.yaml`, any other in the release.
    """

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """A value of the data that an expression prints here.

    Attributes:
        name: the expression without its filters, such as `facts.crcs` or `people.stacey.role`.
        filters: the filters as typed, such as `nearest(1000)`, or empty.
        at: the place of the expression, None where a house phrase that pressgen fills (an attribution) holds it.
    """

    name: str
    filters: str = ""
    at: Source | None = None


@dataclass(frozen=True, slots=True)
class GeneratedText:
    """Generated text.

    `what` says which, such as `opening quotation mark` or `attribution`.
    """

    what: str


Origin = Source | Field | GeneratedText


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A span of text with one origin and one formatting.

    Attributes:
        href: the address that it links to (http, https, mailto, tel), or empty.
        note: the id of the note that it cites, or empty; the text is then the note's number.
        language: BCP 47, where it is another than that of the Document; else empty.
    """

    text: str
    origin: Origin
    strong: bool = False
    emphasis: bool = False
    href: str = ""
    note: str = ""
    language: str = ""


Words = tuple[Piece, ...]
FOLLOWING = re.compile(r"[\s.,;:!?)\]]")
"""Characters that need no space before them, once a citation has been removed."""


def to_plain_text(words: Iterable[Piece]) -> str:
    """Return words as printed, without formatting.

    The numbers of cited notes are included.
    """
    return "".join(piece.text for piece in words)


def flatten(words: Iterable[Piece]) -> str:
    """Return words as text, without the numbers of cited notes.

    This is for everything outside the page: descriptions, titles, alternative texts, subjects of mails, cleared words.
    A blank before a citation is dropped where a blank, a full stop or the end follows.
    """
    text, cited = "", False
    for piece in words:
        if piece.note:
            cited = True
        elif piece.text:
            if cited and FOLLOWING.match(piece.text):
                text = text.rstrip()
            text, cited = text + piece.text, False
    return text.rstrip() if cited else text
