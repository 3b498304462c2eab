"""Words: text as pieces, each with one origin and one formatting."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


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


def split_calculated_piece(piece: Piece, values: Mapping[str, str], what: str) -> Words:
    """Split what an expression of several parts printed at its values.

    `', ' ~ role` prints a comma and the role; each value that the text shows exactly once becomes a piece of its own,
    so that somebody who corrects the role corrects the data.

    Args:
        piece: what the expression printed.
        values: the values that it names, by the field that gives them, such as `people.stacey.role`.
        what: what the characters between them are marked as, such as `attribution`.
    """
    spans = sorted(
        (at, at + len(value), field)
        for field, value in values.items()
        if value and piece.text.count(value) == 1 and (at := piece.text.find(value)) >= 0
    )
    if not spans or any(one[1] > other[0] for one, other in pairwise(spans)):
        return (piece,)
    found, done = [], 0
    made = GeneratedText(what)
    for start, end, field in spans:
        found.append(replace(piece, text=piece.text[done:start], origin=made))
        found.append(replace(piece, text=piece.text[start:end], origin=Field(field)))
        done = end
    found.append(replace(piece, text=piece.text[done:], origin=made))
    return tuple(each for each in found if each.text)


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
