"""Turn typed text into words, each character with its origin.

Marks are read, expressions are evaluated, and typography is set.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.model.words import GeneratedText, Piece, Source, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

BLANKS = re.compile(r"[ \n\r]+")


@dataclass(frozen=True, slots=True)
class TextSetting:
    """The options for setting a text.

    Attributes:
        typography: whether straight marks are replaced by those of the language.
        quoted: whether the text is within quotation marks that pressgen makes.
    """

    typography: bool = True
    quoted: bool = False


def find_space_changes(text: str, *, open_end: bool = False) -> dict[int, str]:
    """Find the changes that leave only single spaces in a text.

    Args:
        text: the text before the changes.
        open_end: whether a blank at the end stays, because something follows.
    """
    found: dict[int, str] = {}
    for match in BLANKS.finditer(text):
        edge = match.start() == 0 or (match.end() == len(text) and not open_end)
        if match[0] != " " or edge:
            found.update(dict.fromkeys(range(*match.span()), ""))
            if not edge:
                found[match.start()] = " "
    return found


def apply_changes(pieces: Iterable[Piece], changes: Mapping[int, str]) -> Words:
    """Replace single characters of pieces, and keep their origins.

    Args:
        pieces: the words of one text.
        changes: offset in the joined text → the replacement, empty to drop the character.
    """
    places = sorted(changes)
    found: list[Piece] = []
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        here = places[bisect_left(places, at) : bisect_left(places, end)]
        if not here:
            found.append(piece)
        elif isinstance(piece.origin, Source):
            found += _split_piece(piece, piece.origin, [(place - at, changes[place]) for place in here])
        else:
            text = "".join(changes.get(at + offset, each) for offset, each in enumerate(piece.text))
            found.append(replace(piece, text=text))
        at = end
    return tuple(piece for piece in found if piece.text)


def _split_piece(piece: Piece, origin: Source, changes: list[tuple[int, str]]) -> Iterator[Piece]:
    """Split a piece at the characters that change."""
    at = 0
    for offset, text in [*changes, (len(piece.text), "")]:
        if offset > at:
            source = Source(origin.path, origin.start + at, origin.start + offset)
            yield replace(piece, text=piece.text[at:offset], origin=source)
        source = Source(origin.path, origin.start + offset, origin.start + offset + 1)
        yield replace(piece, text=text, origin=source)
        at = offset + 1


def make_piece(text: str, what: str) -> Piece:
    """Make a piece for added text."""
    return Piece(text=text, origin=GeneratedText(what))


def join_pieces(pieces: Iterable[Piece]) -> Words:
    """Join neighbouring pieces of the same style and text."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and _is_continuation(last, piece):
            start, end = last.origin, piece.origin
            origin = Source(start.path, start.start, end.end)  # type: ignore[union-attr]  # checked above
            found[-1] = replace(last, text=last.text + piece.text, origin=origin)
        else:
            found.append(piece)
    return tuple(found)


def _is_continuation(last: Piece, piece: Piece) -> bool:
    """Return whether a piece continues the one before it."""
    start, end = last.origin, piece.origin
    return (
        isinstance(start, Source)
        and isinstance(end, Source)
        and start.path == end.path
        and start.end == end.start
        and end.end - end.start == len(piece.text)
        and start.end - start.start == len(last.text)
        and replace(last, text="", origin=end) == replace(piece, text="", origin=end)
    )
