"""Find other places that a new value of the data would change.

The copy itself does not change them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING

from pressgen.model.document import iter_leaves
from pressgen.model.proposal import ProposalKind
from pressgen.model.record import read_number
from pressgen.model.words import Field, to_plain_text
from pressgen.review.completeness import WITHIN
from pressgen.review.data_paths import find_value_path
from pressgen.review.similarity import normalise_typography as folded
from pressgen.text.figures import parse_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pressgen.model.document import Document, Leaf
    from pressgen.model.export import ExportedBlock
    from pressgen.model.proposal import Proposal
    from pressgen.model.words import Piece


class OtherPlaceReason(StrEnum):
    """The reasons why a place may not change as well."""

    UNCHANGED = "unchanged"
    """The copy shows it, and does not change it."""
    OTHERWISE = "otherwise"
    """The copy changes it in another way."""
    UNDECIDED = "undecided"
    """The copy changes it, by proposals that are not accepted."""
    HIDDEN = "hidden"
    """The copy does not show it, so its editor cannot have seen it."""
    MOVED_ON = "moved on"
    """Its text has changed since the copy was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPlace:
    """A place that would change together with a value.

    Attributes:
        path, offset: of the text that it is in, and the position of the expression in that.
        before, after: what it prints, and would print.
        proposals: for `UNDECIDED`, those that change it.
    """

    path: str
    offset: int = 0
    before: str
    after: str
    why: OtherPlaceReason
    proposals: tuple[Proposal, ...] = ()


def find_printed_paths(texts: Iterable[Leaf | ExportedBlock]) -> set[str]:
    """Find the data paths that texts print by expression or repeatedly."""
    found: set[str] = set()
    seen: set[str] = set()
    for text in texts:
        found |= {find_value_path(piece.origin.name) for piece in text.words if isinstance(piece.origin, Field)}
        found |= {text.path} & seen
        seen.add(text.path)
    return found


@dataclass(frozen=True, slots=True)
class ReviewedCopy:
    """A returned copy with its proposals and the accepted ones.

    Attributes:
        blocks: the texts that were sent.
        proposals: everything that it proposes.
        accepted: the proposals that are applied.
        path_now: gives the present path of a text of the sent data, None where the text is gone.
    """

    blocks: Sequence[ExportedBlock]
    proposals: Sequence[Proposal]
    accepted: Sequence[Proposal]
    path_now: Callable[[str], str | None]


def find_other_places(copy: ReviewedCopy, before: Document, after: Document) -> list[OtherPlace]:
    """Find the places that would change although the copy keeps them.

    Args:
        copy: the copy.
        before: the release now.
        after: the release with only the new values from the accepted proposals.
    """
    comparison = _Comparison(copy, before.language)
    found = list(comparison.places(before, after))
    if before.summary != after.summary:
        found.append(
            OtherPlace(path="summary", before=before.summary, after=after.summary, why=OtherPlaceReason.HIDDEN)
        )
    return found


class _Comparison:
    def __init__(self, copy: ReviewedCopy, language: str) -> None:
        self._copy, self._language = copy, language
        self._shown: dict[str, list[int]] = defaultdict(list)
        for number, block in enumerate(copy.blocks):
            if block.id:
                self._shown[copy.path_now(block.path) or block.path].append(number)
        self._by_block: dict[int, list[Proposal]] = defaultdict(list)
        for each in copy.proposals:
            self._by_block[each.block].append(each)
        self._accepted = {id(each) for each in copy.accepted}

    def places(self, before: Document, after: Document) -> Iterator[OtherPlace]:
        """Yield the differences, text by text."""
        news = _by_path(after)
        for path, olds in _by_path(before).items():
            for position, (old, new) in enumerate(zip_longest(olds, news.get(path, []))):
                if str(old or "") != str(new or ""):
                    yield from self._in_text(path, position, old, new)

    def _in_text(self, path: str, position: int, old: Leaf | None, new: Leaf | None) -> Iterator[OtherPlace]:
        number = self._block(path, position, str(old or ""))
        if number is None:
            why = OtherPlaceReason.MOVED_ON if self._shown[path] else OtherPlaceReason.HIDDEN
            yield OtherPlace(path=path, before=str(old or ""), after=str(new or ""), why=why)
            return
        mine = [each for each in self._by_block[number] if id(each) in self._accepted]
        if any(each.kind is ProposalKind.DELETE for each in mine):
            return
        if old is None or new is None or _was_typed(old, new):
            yield from self._in_whole(path, number, str(old or ""), str(new or ""))
            return
        for index, (one, other) in enumerate(zip(old.words, new.words, strict=True)):
            if one.text != other.text:
                yield from self._in_piece(path, number, old, index, other)

    def _in_whole(self, path: str, number: int, old: str, new: str) -> Iterator[OtherPlace]:
        """Compare a text as a whole.

        The text is the value itself, or its parts have changed.
        """
        block = self._copy.blocks[number]
        span = 0, len(block.text)
        if block.text != old and not any(id(each) in self._accepted for each in self._over(number, span)):
            yield OtherPlace(path=path, before=old, after=new, why=OtherPlaceReason.MOVED_ON)
        elif block.text == old and not self._is_same(self._text(number, span) or "", new):
            yield self._place(path, (old, new), number, span)

    def _in_piece(self, path: str, number: int, old: Leaf, index: int, new: Piece) -> Iterator[OtherPlace]:
        one, block = old.words[index], self._copy.blocks[number]
        span = _find_span(block, old, index)
        offset = one.origin.at.start if isinstance(one.origin, Field) and one.origin.at else 0
        if span is None:
            yield OtherPlace(path=path, offset=offset, before=one.text, after=new.text, why=OtherPlaceReason.MOVED_ON)
        elif (text := self._text(number, span)) is not None and not self._is_same(text, new.text):
            yield replace(self._place(path, (one.text, new.text), number, span), offset=offset)

    def _block(self, path: str, position: int, text: str) -> int | None:
        """Return the number of the sent text for a release text.

        It is the one with the same words, else the one at the same position.
        """
        shown = self._shown[path]
        same = [number for number in shown if self._copy.blocks[number].text == text]
        if len(same) == 1:
            return same[0]
        return shown[position] if position < len(shown) else None

    def _text(self, number: int, span: tuple[int, int]) -> str | None:
        """Return a span of a sent text after the accepted proposals.

        None where they delete the span or replace more.
        """
        start, end = span
        text = self._copy.blocks[number].text[start:end]
        for each in sorted(self._over(number, span), key=lambda each: -each.start):
            if id(each) not in self._accepted:
                continue
            if each.start < start or each.end > end:
                return None
            text = text[: each.start - start] + each.after + text[each.end - start :]
        return text if text.strip() else None

    def _is_same(self, copy: str, release: str) -> bool:
        """Return whether two texts are equal, apart from typography.

        Separators in figures are ignored as well, because pressgen sets them.
        """
        if folded(copy) == folded(release):
            return True
        figures = [read_number(parse_number(each, self._language)) for each in (copy, release)]
        return None not in figures and figures[0] == figures[1]

    def _over(self, number: int, span: tuple[int, int]) -> Iterator[Proposal]:
        start, end = span
        whole = span == (0, len(self._copy.blocks[number].text))
        for each in self._by_block[number]:
            if each.kind in WITHIN and (whole or (each.start < end and each.end > start)):
                yield each

    def _place(self, path: str, texts: tuple[str, str], number: int, span: tuple[int, int]) -> OtherPlace:
        over = list(self._over(number, span))
        waiting = tuple(each for each in over if id(each) not in self._accepted)
        waiting += tuple(each for each in self._by_block[number] if each.kind is ProposalKind.DELETE)
        why = (
            OtherPlaceReason.UNDECIDED
            if waiting
            else OtherPlaceReason.OTHERWISE
            if over
            else OtherPlaceReason.UNCHANGED
        )
        return OtherPlace(path=path, before=texts[0], after=texts[1], why=why, proposals=waiting)


def _by_path(document: Document) -> Mapping[str, list[Leaf]]:
    found: dict[str, list[Leaf]] = defaultdict(list)
    for leaf in iter_leaves(document.blocks):
        found[leaf.path].append(leaf)
    return found


def _was_typed(old: Leaf, new: Leaf) -> bool:
    """Return whether a difference between two texts was typed there.

    Otherwise an expression printed it.
    """
    pairs = list(zip_longest(old.words, new.words))
    return any(one is None or other is None for one, other in pairs) or any(
        one.text != other.text and not isinstance(one.origin, Field) for one, other in pairs if one and other
    )


def _find_span(block: ExportedBlock, leaf: Leaf, index: int) -> tuple[int, int] | None:
    """Find where a sent text prints a piece of the leaf.

    None where that is not certain.
    """
    if block.text == str(leaf):
        start = len(to_plain_text(leaf.words[:index]))
        return start, start + len(leaf.words[index].text)
    wanted = leaf.words[index]
    nth = sum(_prints_same(each, wanted) for each in leaf.words[:index])
    total = sum(_prints_same(each, wanted) for each in leaf.words)
    spans = list(_find_spans(block.words, wanted))
    return spans[nth] if len(spans) == total else None


def _find_spans(words: Iterable[Piece], wanted: Piece) -> Iterator[tuple[int, int]]:
    at = 0
    for piece in words:
        end = at + len(piece.text)
        if _prints_same(piece, wanted):
            yield at, end
        at = end


def _prints_same(one: Piece, other: Piece) -> bool:
    """Return whether two pieces print one value in one way."""
    if not (isinstance(one.origin, Field) and isinstance(other.origin, Field)) or one.text != other.text:
        return False
    return (one.origin.name, one.origin.filters) == (other.origin.name, other.origin.filters)
