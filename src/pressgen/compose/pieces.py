"""Text as typed becomes words: marks read, expressions worked out, typography set, every character with its origin."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.model.words import Made, Piece, Source, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

BLANKS = re.compile(r"[ \n\r]+")


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set.

    Attributes:
        typography: whether straight marks give way to the language's.
        quoted: whether the text stands within quotation marks that pressgen makes.
    """

    typography: bool = True
    quoted: bool = False


def single_spaced(text: str, *, open_end: bool = False) -> dict[int, str]:
    """The changes that make every run of blanks and line ends one space, and leave none at the edges.

    Args:
        text: the text as it stands.
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


def changed(pieces: Iterable[Piece], changes: Mapping[int, str]) -> Words:
    """The pieces with single characters replaced, each stretch still pointing at the characters it was typed as.

    Args:
        pieces: the words of one text.
        changes: offset in the joined text → what stands there instead, empty to drop the character.
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
            found += _split(piece, piece.origin, [(place - at, changes[place]) for place in here])
        else:
            text = "".join(changes.get(at + offset, each) for offset, each in enumerate(piece.text))
            found.append(replace(piece, text=text))
        at = end
    return tuple(piece for piece in found if piece.text)


def _split(piece: Piece, origin: Source, changes: list[tuple[int, str]]) -> Iterator[Piece]:
    at = 0
    for offset, text in [*changes, (len(piece.text), "")]:
        if offset > at:
            source = Source(origin.path, origin.start + at, origin.start + offset)
            yield replace(piece, text=piece.text[at:offset], origin=source)
        source = Source(origin.path, origin.start + offset, origin.start + offset + 1)
        yield replace(piece, text=text, origin=source)
        at = offset + 1


def made(text: str, what: str) -> Piece:
    """A piece that pressgen made."""
    return Piece(text=text, origin=Made(what))


def joined(pieces: Iterable[Piece]) -> Words:
    """Neighbouring pieces of one dress that follow on each other in one text of the data, made one."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and _follows(last, piece):
            start, end = last.origin, piece.origin
            origin = Source(start.path, start.start, end.end)  # type: ignore[union-attr]  # _follows has looked
            found[-1] = replace(last, text=last.text + piece.text, origin=origin)
        else:
            found.append(piece)
    return tuple(found)


def _follows(last: Piece, piece: Piece) -> bool:
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
