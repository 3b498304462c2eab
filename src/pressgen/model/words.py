"""Words: text as pieces, each with the origin of its characters and one dress."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a text of the data: characters `start` to `end` of the value at `path`.

    A path that begins with `house.` stands in the house's `house.yaml`, any other in the release.
    """

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """A value that the data holds elsewhere, printed here by an expression.

    Attributes:
        name: the expression without its filters, such as `facts.crcs` or `people.stacey.role`.
        filters: the filters as typed, such as `nearest(1000)`, or empty.
        at: where the expression stands, None where a house phrase that pressgen fills (an attribution) holds it.
    """

    name: str
    filters: str = ""
    at: Source | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """Text that pressgen made; `what` says which, such as `opening quotation mark` or `attribution`."""

    what: str


Origin = Source | Field | Made


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text of one origin in one dress.

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
"""What stands close to the word before it, once a citation between them has gone."""


def plain(words: Iterable[Piece]) -> str:
    """The characters of `words` as printed, without dress; the numbers of cited notes are among them."""
    return "".join(piece.text for piece in words)


def flatten(words: Iterable[Piece]) -> str:
    """The characters of `words` without the numbers of cited notes, for a place that has no notes.

    So for everything that leaves the page: descriptions, titles, alternative texts, subjects of mails, cleared words.
    A blank before a citation goes with it where a blank, a stop or the end follows.
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
