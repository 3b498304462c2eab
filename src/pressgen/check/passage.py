"""The texts of a release as a reader meets them, each with the way back to where its characters were typed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.model.document import (
    Banner,
    Caption,
    Cell,
    Chart,
    Contact,
    Document,
    EndMark,
    Figure,
    Heading,
    Item,
    Leaf,
    Note,
    PullQuote,
    Quotation,
    leaves,
)
from pressgen.model.words import Field, Made, Piece, Source, Words, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Severity


class Kind(StrEnum):
    """What a text is in its release."""

    BANNER = "banner"
    HEADLINE = "headline"
    SUBHEAD = "subhead"
    SUMMARY = "summary"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    PULL = "pull quote"
    ITEM = "list entry"
    CELL = "table cell"
    CAPTION = "caption"
    ALT = "description of a picture"
    END = "end mark"
    NOTE = "note"
    CONTACT = "contact"
    STANDING = "standing text"


SPOKEN = frozenset({Kind.QUOTATION, Kind.PULL})
"""What somebody said: it is left as it was, and its marks are made."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as printed: expressions have their values, quotations their marks and attribution.

    Attributes:
        path: the path of the data that made it, such as `body[3].quote.words[1]`; `house.…` for the house's own.
        speaker: the id of the person whose words it holds, or empty.
        note: the note's number, 0 for what is no note.
    """

    kind: Kind
    path: str
    text: str
    words: Words
    speaker: str = ""
    note: int = 0
    _ends: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Count where each piece ends, so that one is found without a look at all before it."""
        object.__setattr__(self, "_ends", tuple(accumulate(len(piece.text) for piece in self.words)))

    def typed(self, start: int, end: int) -> tuple[str, int, int]:
        """Where the characters `start` to `end` of `text` were typed: a path, and a stretch of the value there.

        For what no one typed here, such as an attribution, the beginning of the passage's own value.
        """
        found: tuple[str, int, int] | None = None
        for piece, at in self._pieces(bisect_right(self._ends, start)):
            if found is None and piece.text == "":
                continue
            if found is not None and at >= end:
                break
            stretch = _stretch(piece, start - at, min(end - at, len(piece.text)))
            if stretch and found and stretch[0] == found[0]:
                found = (found[0], found[1], stretch[2])
            found = found or stretch
        return found or (self.path, 0, 0)

    def before(self, at: int, width: int = 40) -> str:
        """The few characters before `at`, enough to see how a sentence leads up to it."""
        return self.text[max(0, at - width) : at]

    def is_made(self, start: int) -> bool:
        """Whether nobody typed the character at `start`: a mark, an attribution, the value of an expression."""
        found = next(self._pieces(bisect_right(self._ends, start)), None)
        return found is not None and found[1] <= start and not isinstance(found[0].origin, Source)

    def is_literal(self, start: int, end: int) -> bool:
        """Whether all characters from `start` to `end` were typed here, in one stretch."""
        for piece, at in self._pieces(bisect_left(self._ends, end)):
            if at > start:
                break
            if isinstance(piece.origin, Source):
                return True
        return False

    def finding(
        self, start: int, end: int, message: str, *, mend: str | None = None, severity: Severity | None = None
    ) -> Finding:
        """A finding about the characters from `start` to `end` of `text`.

        `mend` is what to put in their place; it is kept only where they were typed in one stretch.
        """
        path, first, last = self.typed(start, end)
        safe = mend if self.is_literal(start, end) else None
        return Finding(path, message, first, last, self.text[start:end], safe, severity)

    def _pieces(self, first: int) -> Iterator[tuple[Piece, int]]:
        """The pieces from number `first` on, each with the place where it begins."""
        for number in range(first, len(self.words)):
            yield self.words[number], self._ends[number - 1] if number else 0


def _stretch(piece: Piece, start: int, end: int) -> tuple[str, int, int] | None:
    match piece.origin:
        case Source(path, first, last):
            if last - first != len(piece.text):
                return path, first, last
            return path, first + max(start, 0), first + end
        case Field(at=Source(path, first, last)):
            return path, first, last
        case Field() | Made():
            return None


def passages(document: Document) -> tuple[Passage, ...]:
    """Every text of a document, in its order, with the descriptions of its pictures and its summary."""
    return tuple(_all(document))


def _all(document: Document) -> Iterator[Passage]:
    subhead = document.subhead
    for block in document.blocks:
        if isinstance(block, Figure | Chart) and block.alt:
            path = f"{block.path}.alt"
            yield _unprinted(Kind.ALT, path, block.alt)
        contact = isinstance(block, Contact)
        for leaf in leaves([block]):
            kind = Kind.SUBHEAD if leaf is subhead else Kind.CONTACT if contact else _kind(leaf)
            speaker = leaf.speaker if isinstance(leaf, Quotation | PullQuote) else ""
            number = leaf.number if isinstance(leaf, Note) else 0
            yield Passage(kind, leaf.path, plain(leaf.words), leaf.words, speaker, number)
    if document.summary:
        yield _unprinted(Kind.SUMMARY, "summary", document.summary)


def _unprinted(kind: Kind, path: str, text: str) -> Passage:
    return Passage(kind, path, text, (Piece(text=text, origin=Source(path, 0, len(text))),))


KINDS: tuple[tuple[type[Leaf], Kind], ...] = (
    (Banner, Kind.BANNER),
    (EndMark, Kind.END),
    (Quotation, Kind.QUOTATION),
    (PullQuote, Kind.PULL),
    (Item, Kind.ITEM),
    (Cell, Kind.CELL),
    (Caption, Kind.CAPTION),
    (Note, Kind.NOTE),
)


def _kind(leaf: Leaf) -> Kind:
    if isinstance(leaf, Heading):
        return Kind.HEADLINE if leaf.level == 1 else Kind.HEADING
    if isinstance(leaf, Note) and leaf.key.startswith("contact-"):
        return Kind.CONTACT
    standing = Kind.STANDING if leaf.path.startswith("house.") else Kind.PARAGRAPH
    return next((kind for of, kind in KINDS if isinstance(leaf, of)), standing)
