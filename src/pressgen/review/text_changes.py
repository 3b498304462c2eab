"""The changes within one text that was sent: what stands where nothing stood, and what is gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.model.proposal import Kind, Proposal
from pressgen.model.words import Field
from pressgen.review.similarity import plain
from pressgen.text.differing import FIGURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pressgen.model.export import Block
    from pressgen.model.words import Piece
    from pressgen.review.word_model import Revision

BORDER = "\n"
"""What stands in an `after` where a paragraph was split."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a sent character: it stands, somebody struck it, or it is gone without a track."""

    stands: bool = False
    struck: Revision | None = None


@dataclass(slots=True)
class _Change:
    """Characters `start` to `end` become `after`, by one hand."""

    start: int
    end: int
    before: str
    after: str
    revisions: list[Revision | None]

    @property
    def hand(self) -> tuple[str, str] | None:
        first = self.revisions[0]
        return first.hand if first else None

    def is_of_one_figure(self, other: _Change, figures: Iterable[tuple[int, int]]) -> bool:
        """Whether both change nothing but one figure, and are by the same hand."""
        return self.hand == other.hand and any(self.is_within(*each) and other.is_within(*each) for each in figures)

    def is_replaced_by(self, other: _Change, values: Iterable[tuple[int, int]]) -> bool:
        """Whether one strikes a part of a printed value and the other puts something in its place."""
        if self.end != other.start or bool(self.before) == bool(other.before) or BORDER in {self.after, other.after}:
            return False
        struck = self if self.before else other
        return any(struck.is_within(*each) for each in values)

    def is_within(self, start: int, end: int) -> bool:
        """Whether it changes nothing but characters `start` to `end`."""
        edge = self.start == self.end and self.start in {start, end}
        return start <= self.start and self.end <= end and not edge and self.after != BORDER

    def takes(self, other: _Change) -> bool:
        """Whether `other` follows at once and is by the same hand: then the two are one change."""
        border = BORDER in {self.after, other.after}
        return self.end == other.start and self.hand == other.hand and not border


def changes(
    number: int, block: Block, fates: Sequence[Fate], put: Mapping[int, Sequence[tuple[str, Revision | None]]]
) -> Iterator[Proposal]:
    """The proposals on the sent text `block`, the one at position `number`.

    Args:
        number: its position among the sent texts.
        block: the text.
        fates: what became of each of its characters.
        put: by offset, the characters that were put in before it, `BORDER` for a split, each with who did it.
    """
    merged: list[_Change] = []
    for each in _single(block.text, fates, put):
        if merged and merged[-1].takes(each):
            last = merged[-1]
            last.end, last.before, last.after = each.end, last.before + each.before, last.after + each.after
            last.revisions += each.revisions
        else:
            merged.append(each)
    for change in _whole_values(block, merged):
        if change.before != change.after or change.revisions[0] is not None:
            yield _proposal(number, block, change)


def _whole_values(block: Block, changes: Iterable[_Change]) -> list[_Change]:
    """The changes, with those made one that are nothing on their own.

    They are the changes of one hand within a figure, and a part of a printed value that one hand struck with what
    another put in its place: who accepted only one of the two would print half of each.
    """
    figures, values = list(_figures(block)), list(_values(block))
    found: list[_Change] = []
    for each in changes:
        last = found[-1] if found else None
        if last and (last.is_of_one_figure(each, figures) or last.is_replaced_by(each, values)):
            between = block.text[last.end : each.start]
            last.before, last.after = last.before + between + each.before, last.after + between + each.after
            last.end, last.revisions = each.end, last.revisions + each.revisions
        else:
            found.append(each)
    return found


def _figures(block: Block) -> Iterator[tuple[int, int]]:
    """Where figures stand in a text; one whose sign of currency is typed and whose digits are a fact, in two parts."""
    for start, piece in _placed(block):
        yield from ((start + match.start(), start + match.end()) for match in FIGURE.finditer(piece.text))


def _values(block: Block) -> Iterator[tuple[int, int]]:
    """Where values stand that an expression prints."""
    for start, piece in _placed(block):
        if isinstance(piece.origin, Field) and not piece.note:
            yield start, start + len(piece.text)


def _placed(block: Block) -> Iterator[tuple[int, Piece]]:
    at = 0
    for piece in block.words:
        yield at, piece
        at += len(piece.text)


def fields_within(block: Block, start: int, end: int) -> tuple[str, ...]:
    """The fields of the data whose values stand within characters `start` to `end` of a text, or where they meet."""
    found, at = [], 0
    for piece in block.words:
        stop = at + len(piece.text)
        touched = at <= start <= stop if start == end else at < end and start < stop
        if touched and isinstance(piece.origin, Field):
            found.append(piece.origin.name)
        at = stop
    return tuple(dict.fromkeys(found))


def _single(
    text: str, fates: Sequence[Fate], put: Mapping[int, Sequence[tuple[str, Revision | None]]]
) -> Iterator[_Change]:
    for at in range(len(text) + 1):
        for typed, revision in put.get(at, ()):
            yield _Change(at, at, "", typed, [revision])
        if at < len(text) and not fates[at].stands:
            yield _Change(at, at + 1, text[at], "", [fates[at].struck])


def _proposal(number: int, block: Block, change: _Change) -> Proposal:
    hands = list(filter(None, change.revisions))
    first = hands[0] if hands else None
    if change.after == BORDER:
        kind = Kind.SPLIT
    else:
        kind = Kind.TYPOGRAPHY if plain(change.before) == plain(change.after) else Kind.EDIT
    return Proposal(
        kind=kind,
        path=block.path,
        before=change.before,
        after=change.after,
        author="; ".join(dict.fromkeys(each.author for each in hands)),
        date=first.date if first else "",
        tracked=first is not None,
        block=number,
        start=change.start,
        end=change.end,
        fields=fields_within(block, change.start, change.end),
        revisions=frozenset(each.number for each in change.revisions if each),
    )
