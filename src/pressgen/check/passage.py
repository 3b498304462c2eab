"""The texts of a release as printed, with where they were typed."""

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
    iter_leaves,
)
from pressgen.model.words import Field, GeneratedText, Piece, Source, Words, to_plain_text

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
"""Somebody's own words: they are not changed, and nobody types their marks."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A printed text of a release, with expressions and marks filled in.

    Attributes:
        path: the path of the data that made it, such as `body[3].quote.words[1]`; `house.…` for the house's own.
        speaker: the id of the person whose words it holds, or empty.
        note: the note's number, 0 for what is not a note.
    """

    kind: Kind
    path: str
    text: str
    words: Words
    speaker: str = ""
    note: int = 0
    _ends: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Count where each piece ends, so that one is found quickly."""
        object.__setattr__(self, "_ends", tuple(accumulate(len(piece.text) for piece in self.words)))

    def typed(self, start: int, end: int) -> tuple[str, int, int]:
        """Return the path and characters where `start` to `end` were typed.

        If nobody typed them here, as in an attribution, it is the beginning of the passage's own value.
        """
        found: tuple[str, int, int] | None = None
        for piece, at in self._pieces(bisect_right(self._ends, start)):
            if found is None and piece.text == "":
                continue
            if found is not None and at >= end:
                break
            stretch = _locate_source(piece, start - at, min(end - at, len(piece.text)))
            if stretch and found and stretch[0] == found[0]:
                found = (found[0], found[1], stretch[2])
            found = found or stretch
        return found or (self.path, 0, 0)

    def before(self, at: int, width: int = 40) -> str:
        """Return the few characters before `at`.

        They are enough to see how a sentence leads up to it.
        """
        return self.text[max(0, at - width) : at]

    def is_made(self, start: int) -> bool:
        """Return whether nobody typed the character at `start`.

        Examples are a mark, an attribution, and the value of an expression.
        """
        found = next(self._pieces(bisect_right(self._ends, start)), None)
        return found is not None and found[1] <= start and not isinstance(found[0].origin, Source)

    def is_literal(self, start: int, end: int) -> bool:
        """Return whether all characters were typed here, in one piece.

        These are the characters from `start` to `end`.
        """
        for piece, at in self._pieces(bisect_left(self._ends, end)):
            if at > start:
                break
            if isinstance(piece.origin, Source):
                return True
        return False

    def finding(
        self, start: int, end: int, message: str, *, mend: str | None = None, severity: Severity | None = None
    ) -> Finding:
        """Return a finding about the characters from `start` to `end`.

        `mend` is what to put in their place; it is kept only if they were typed in one piece.
        """
        path, first, last = self.typed(start, end)
        safe = mend if self.is_literal(start, end) else None
        return Finding(path, message, first, last, self.text[start:end], safe, severity)

    def _pieces(self, first: int) -> Iterator[tuple[Piece, int]]:
        """Yield the pieces from number `first` on, with their places."""
        for number in range(first, len(self.words)):
            yield self.words[number], self._ends[number - 1] if number else 0


def _locate_source(piece: Piece, start: int, end: int) -> tuple[str, int, int] | None:
    """Return the path and the characters that made part of a piece."""
    match piece.origin:
        case Source(path, first, last):
            if last - first != len(piece.text):
                return path, first, last
            return path, first + max(start, 0), first + end
        case Field(at=Source(path, first, last)):
            return path, first, last
        case Field() | GeneratedText():
            return None


def list_passages(document: Document) -> tuple[Passage, ...]:
    """Return every text of a document, in order.

    Descriptions of pictures and the summary are included.
    """
    return tuple(_walk_document(document))


def _walk_document(document: Document) -> Iterator[Passage]:
    """Yield every text of a document."""
    subhead = document.subhead
    for block in document.blocks:
        if isinstance(block, Figure | Chart) and block.alt:
            path = f"{block.path}.alt"
            yield _make_unprinted_passage(Kind.ALT, path, block.alt)
        contact = isinstance(block, Contact)
        for leaf in iter_leaves([block]):
            kind = Kind.SUBHEAD if leaf is subhead else Kind.CONTACT if contact else _find_kind(leaf)
            speaker = leaf.speaker if isinstance(leaf, Quotation | PullQuote) else ""
            number = leaf.number if isinstance(leaf, Note) else 0
            yield Passage(kind, leaf.path, to_plain_text(leaf.words), leaf.words, speaker, number)
    if document.summary:
        yield _make_unprinted_passage(Kind.SUMMARY, "summary", document.summary)


def _make_unprinted_passage(kind: Kind, path: str, text: str) -> Passage:
    """Return a passage for a text that is not printed."""
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


def _find_kind(leaf: Leaf) -> Kind:
    """Return the kind of passage that a leaf is."""
    if isinstance(leaf, Heading):
        return Kind.HEADLINE if leaf.level == 1 else Kind.HEADING
    if isinstance(leaf, Note) and leaf.key.startswith("contact-"):
        return Kind.CONTACT
    standing = Kind.STANDING if leaf.path.startswith("house.") else Kind.PARAGRAPH
    return next((kind for of, kind in KINDS if isinstance(leaf, of)), standing)
