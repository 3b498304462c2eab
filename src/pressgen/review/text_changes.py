"""The insertions and deletions within one sent text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.model.words import Field
from pressgen.review.similarity import normalise_typography
from pressgen.text.word_diff import FIGURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.model.words import Piece
    from pressgen.review.word_model import TrackedChange

BLANKS = re.compile(r"\s+")
BORDER = "\n"
"""The place in an `after` where a paragraph was split."""


@dataclass(frozen=True, slots=True)
class CharacterStatus:
    """The status of a sent character: kept, deleted with tracking, or missing."""

    stands: bool = False
    struck: TrackedChange | None = None


@dataclass(slots=True)
class _Change:
    """A replacement of characters, made by one person.

    Characters `start` to `end` become `after`.
    """

    start: int
    end: int
    before: str
    after: str
    revisions: list[TrackedChange | None]

    @property
    def author(self) -> str | None:
        first = self.revisions[0]
        return first.author if first else None

    def is_of_one_figure(self, other: _Change, figures: Iterable[tuple[int, int]]) -> bool:
        """Return whether both change only one figure, by one person."""
        return self.author == other.author and any(self.is_within(*each) and other.is_within(*each) for each in figures)

    def is_replaced_by(self, other: _Change, values: Iterable[tuple[int, int]]) -> bool:
        """Return whether `other` inserts what replaces a deleted part.

        The deleted text is part of a printed value.
        """
        if self.end != other.start or bool(self.before) == bool(other.before) or BORDER in {self.after, other.after}:
            return False
        struck = self if self.before else other
        return any(struck.is_within(*each) for each in values)

    def is_within(self, start: int, end: int) -> bool:
        """Return whether it changes only characters `start` to `end`."""
        edge = self.start == self.end and self.start in {start, end}
        return start <= self.start and self.end <= end and not edge and self.after != BORDER

    def is_continued_by(self, other: _Change) -> bool:
        """Return whether `other` continues this change.

        It follows at once and is by the same person, at whatever minute: who deletes words and types others takes time.
        """
        border = BORDER in {self.after, other.after}
        return self.end == other.start and self.author == other.author and not border


def propose_text_changes(
    number: int,
    block: ExportedBlock,
    statuses: Sequence[CharacterStatus],
    insertions: Mapping[int, Sequence[tuple[str, TrackedChange | None]]],
) -> Iterator[Proposal]:
    """Yield the proposals on one sent text.

    Args:
        number: its position among the sent texts.
        block: the text.
        statuses: the status of each of its characters.
        insertions: by offset, the characters that were inserted before it, `BORDER` for a split, each with its author.
    """
    merged: list[_Change] = []
    for each in _find_changes(block.text, statuses, insertions):
        if merged and merged[-1].is_continued_by(each):
            last = merged[-1]
            last.end, last.before, last.after = each.end, last.before + each.before, last.after + each.after
            last.revisions += each.revisions
        else:
            merged.append(each)
    for change in _join_value_changes(block, merged):
        if change.before != change.after or change.revisions[0] is not None:
            yield _proposal(number, block, change)


def _join_value_changes(block: ExportedBlock, changes: Iterable[_Change]) -> list[_Change]:
    """Join changes that mean nothing on their own.

    They are one person's changes within a figure. They are also a deleted part of a printed value with the text that
    another person put in its place: accepting only one of the two would print half of each.
    """
    figures, values = list(_find_figures(block)), list(_find_values(block))
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


def _find_figures(block: ExportedBlock) -> Iterator[tuple[int, int]]:
    """Find the figures in a text.

    A figure with a typed currency sign and digits from a fact has two parts.
    """
    for start, piece in _iter_pieces(block):
        yield from ((start + match.start(), start + match.end()) for match in FIGURE.finditer(piece.text))


def _find_values(block: ExportedBlock) -> Iterator[tuple[int, int]]:
    for start, piece in _iter_pieces(block):
        if isinstance(piece.origin, Field) and not piece.note:
            yield start, start + len(piece.text)


def _iter_pieces(block: ExportedBlock) -> Iterator[tuple[int, Piece]]:
    at = 0
    for piece in block.words:
        yield at, piece
        at += len(piece.text)


def list_fields_in_span(block: ExportedBlock, start: int, end: int) -> tuple[str, ...]:
    """List the data fields that print characters of a span.

    Fields that meet in the span are included.
    """
    found, at = [], 0
    for piece in block.words:
        stop = at + len(piece.text)
        touched = at <= start <= stop if start == end else at < end and start < stop
        if touched and isinstance(piece.origin, Field):
            found.append(piece.origin.name)
        at = stop
    return tuple(dict.fromkeys(found))


def _find_changes(
    text: str, statuses: Sequence[CharacterStatus], insertions: Mapping[int, Sequence[tuple[str, TrackedChange | None]]]
) -> Iterator[_Change]:
    for at in range(len(text) + 1):
        for typed, revision in insertions.get(at, ()):
            yield _Change(at, at, "", typed, [revision])
        if at < len(text) and not statuses[at].stands:
            yield _Change(at, at + 1, text[at], "", [statuses[at].struck])


def is_typography(text: str, start: int, end: int, after: str) -> bool:
    """Return whether a change leaves the words as they are.

    A blank or line break beside a blank changes none. At an end of the text it may: the text may be joined to another.
    """
    left, right = text[max(start - 1, 0) : start], text[end : end + 1]
    one, other = (BLANKS.sub(" ", normalise_typography(f"{left}{words}{right}")) for words in (text[start:end], after))
    return one == other


def _proposal(number: int, block: ExportedBlock, change: _Change) -> Proposal:
    changes = list(filter(None, change.revisions))
    first = changes[0] if changes else None
    if change.after == BORDER:
        kind = ProposalKind.SPLIT
    else:
        kind = ProposalKind.EDIT
        if is_typography(block.text, change.start, change.end, change.after):
            kind = ProposalKind.TYPOGRAPHY
    return Proposal(
        kind=kind,
        path=block.path,
        before=change.before,
        after=change.after,
        author="; ".join(dict.fromkeys(each.author for each in changes)),
        date=first.date if first else "",
        tracked=first is not None,
        block=number,
        start=change.start,
        end=change.end,
        fields=list_fields_in_span(block, change.start, change.end),
        revisions=frozenset(each.number for each in change.revisions if each),
    )
