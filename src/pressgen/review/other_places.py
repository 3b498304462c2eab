"""The places that would change with a value of the data though the copy does not change them so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING

from pressgen.model.document import leaves
from pressgen.model.proposal import Kind
from pressgen.model.record import read_number
from pressgen.model.words import Field, plain
from pressgen.review.completeness import WITHIN
from pressgen.review.data_paths import data_path
from pressgen.review.similarity import plain as folded
from pressgen.text.figures import read_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pressgen.model.document import Document, Leaf
    from pressgen.model.export import Block
    from pressgen.model.proposal import Proposal
    from pressgen.model.words import Piece


class Why(StrEnum):
    """Why a place may not change along."""

    UNCHANGED = "unchanged"
    """The copy shows it, and leaves it as it was."""
    OTHERWISE = "otherwise"
    """The copy makes something else of it."""
    UNDECIDED = "undecided"
    """The copy changes it, by proposals that are not accepted."""
    HIDDEN = "hidden"
    """The copy does not show it, so its editor cannot have seen it."""
    MOVED_ON = "moved on"
    """Its text is another one than when the copy was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPlace:
    """A place that would change.

    Attributes:
        path, offset: of the text that it is in, and where the expression stands in that.
        before, after: what it prints, and would print.
        proposals: for `UNDECIDED`, those that change it.
    """

    path: str
    offset: int = 0
    before: str
    after: str
    why: Why
    proposals: tuple[Proposal, ...] = ()


def find_printed_paths(texts: Iterable[Leaf | Block]) -> set[str]:
    """Find the paths of the data that texts print by an expression, or more than once."""
    found: set[str] = set()
    seen: set[str] = set()
    for text in texts:
        found |= {data_path(piece.origin.name) for piece in text.words if isinstance(piece.origin, Field)}
        found |= {text.path} & seen
        seen.add(text.path)
    return found


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that came back.

    Attributes:
        blocks: the texts that were sent.
        proposals: everything that it proposes.
        accepted: those of them that are put in.
        path_now: gives the path at which a text of the data as sent stands now, None where it is gone.
    """

    blocks: Sequence[Block]
    proposals: Sequence[Proposal]
    accepted: Sequence[Proposal]
    path_now: Callable[[str], str | None]


def find_other_places(copy: Copy, before: Document, after: Document) -> list[OtherPlace]:
    """Find every place that differs between two Documents though the copy does not change it alike.

    Args:
        copy: the copy.
        before: the release as it is now.
        after: the release with the new values that the accepted proposals give it, and no other change.
    """
    comparison = _Comparison(copy, before.language)
    found = list(comparison.places(before, after))
    if before.summary != after.summary:
        found.append(OtherPlace(path="summary", before=before.summary, after=after.summary, why=Why.HIDDEN))
    return found


class _Comparison:
    def __init__(self, copy: Copy, language: str) -> None:
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
        """What differs, text by text."""
        news = _by_path(after)
        for path, olds in _by_path(before).items():
            for position, (old, new) in enumerate(zip_longest(olds, news.get(path, []))):
                if str(old or "") != str(new or ""):
                    yield from self._in_text(path, position, old, new)

    def _in_text(self, path: str, position: int, old: Leaf | None, new: Leaf | None) -> Iterator[OtherPlace]:
        number = self._block(path, position, str(old or ""))
        if number is None:
            why = Why.MOVED_ON if self._shown[path] else Why.HIDDEN
            yield OtherPlace(path=path, before=str(old or ""), after=str(new or ""), why=why)
            return
        mine = [each for each in self._by_block[number] if id(each) in self._accepted]
        if any(each.kind is Kind.DELETE for each in mine):
            return
        if old is None or new is None or _is_typed(old, new):
            yield from self._in_whole(path, number, str(old or ""), str(new or ""))
            return
        for index, (one, other) in enumerate(zip(old.words, new.words, strict=True)):
            if one.text != other.text:
                yield from self._in_piece(path, number, old, index, other)

    def _in_whole(self, path: str, number: int, old: str, new: str) -> Iterator[OtherPlace]:
        """A text that is the value itself, or whose parts are not the same any more."""
        block = self._copy.blocks[number]
        span = 0, len(block.text)
        if block.text != old and not any(id(each) in self._accepted for each in self._over(number, span)):
            yield OtherPlace(path=path, before=old, after=new, why=Why.MOVED_ON)
        elif block.text == old and not self._is_same(self._text(number, span) or "", new):
            yield self._place(path, (old, new), number, span)

    def _in_piece(self, path: str, number: int, old: Leaf, index: int, new: Piece) -> Iterator[OtherPlace]:
        one, block = old.words[index], self._copy.blocks[number]
        span = _span(block, old, index)
        offset = one.origin.at.start if isinstance(one.origin, Field) and one.origin.at else 0
        if span is None:
            yield OtherPlace(path=path, offset=offset, before=one.text, after=new.text, why=Why.MOVED_ON)
        elif (text := self._text(number, span)) is not None and not self._is_same(text, new.text):
            yield replace(self._place(path, (one.text, new.text), number, span), offset=offset)

    def _block(self, path: str, position: int, text: str) -> int | None:
        """The sent text that a text of the release was: the one that says the same, else the one at its position."""
        shown = self._shown[path]
        same = [number for number in shown if self._copy.blocks[number].text == text]
        if len(same) == 1:
            return same[0]
        return shown[position] if position < len(shown) else None

    def _text(self, number: int, span: tuple[int, int]) -> str | None:
        """What the accepted proposals make of a stretch of a sent text; None where they strike it or replace more."""
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
        """Whether two texts say the same, but for typography and the separators of a figure, which pressgen sets."""
        if folded(copy) == folded(release):
            return True
        figures = [read_number(read_shown(each, self._language)) for each in (copy, release)]
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
        waiting += tuple(each for each in self._by_block[number] if each.kind is Kind.DELETE)
        why = Why.UNDECIDED if waiting else Why.OTHERWISE if over else Why.UNCHANGED
        return OtherPlace(path=path, before=texts[0], after=texts[1], why=why, proposals=waiting)


def _by_path(document: Document) -> Mapping[str, list[Leaf]]:
    found: dict[str, list[Leaf]] = defaultdict(list)
    for leaf in leaves(document.blocks):
        found[leaf.path].append(leaf)
    return found


def _is_typed(old: Leaf, new: Leaf) -> bool:
    """Whether what differs between two states of a text was typed in it, and not printed by an expression."""
    pairs = list(zip_longest(old.words, new.words))
    return any(one is None or other is None for one, other in pairs) or any(
        one.text != other.text and not isinstance(one.origin, Field) for one, other in pairs if one and other
    )


def _span(block: Block, leaf: Leaf, index: int) -> tuple[int, int] | None:
    """Where in a sent text stands what a piece of the leaf prints now; None where that is not certain."""
    if block.text == str(leaf):
        start = len(plain(leaf.words[:index]))
        return start, start + len(leaf.words[index].text)
    wanted = leaf.words[index]
    nth = sum(_alike(each, wanted) for each in leaf.words[:index])
    total = sum(_alike(each, wanted) for each in leaf.words)
    spans = list(_spans(block.words, wanted))
    return spans[nth] if len(spans) == total else None


def _spans(words: Iterable[Piece], wanted: Piece) -> Iterator[tuple[int, int]]:
    at = 0
    for piece in words:
        end = at + len(piece.text)
        if _alike(piece, wanted):
            yield at, end
        at = end


def _alike(one: Piece, other: Piece) -> bool:
    """Whether two pieces print one value in one way."""
    if not (isinstance(one.origin, Field) and isinstance(other.origin, Field)) or one.text != other.text:
        return False
    return (one.origin.name, one.origin.filters) == (other.origin.name, other.origin.filters)
