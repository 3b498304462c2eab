"""Find paragraphs that one person moved.

A text that one person deleted in one place and added in another is one change, not two. If two persons did that, or
without tracking, it is reported as two changes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.review.similarity import compute_similarity, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.review.char_alignment import CharacterTrace
    from pressgen.review.word_model import Spot, TrackedChange

NAMED, UNNAMED, LONG_ENOUGH = 0.3, 0.6, 4
"""Similarity of the two ends of a move, where the file names them as such and where it does not; least number of
words."""
ELSEWHERE = 0.3
"""Penalty of a match if its new place belongs to another text."""


@dataclass(slots=True)
class _RemovedText:
    """A sent text that was removed from its place, and by whom."""

    spots: list[Spot] = field(default_factory=list)
    struck: list[TrackedChange] = field(default_factory=list)


@dataclass(slots=True)
class _AddedParagraph:
    """A paragraph that one person added, whatever others changed since."""

    author: str
    spots: list[Spot] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


def follow_moves(trace: CharacterTrace) -> None:
    """Map the characters of moved paragraphs to their sent places.

    `trace.away` holds the places of their old words in the file.
    """
    gone = _find_removed(trace)
    options = [
        (score, -abs(each.spots[0][0] - block), block, at, each)
        for at, each in enumerate(_find_added(trace))
        for score, block in _find_origins(trace, gone, each)
    ]
    done: set[int] = set()
    placed: set[Spot] = set()
    for _, _, block, _, come in sorted(options, key=lambda each: each[:4], reverse=True):
        if block in done or not placed.isdisjoint(come.spots):
            continue
        done.add(block)
        placed.update(come.spots)
        for paragraph, offset in gone[block].spots:
            if (at := trace.coordinates[paragraph][offset]) is not None:
                trace.away[paragraph, offset] = at
            trace.coordinates[paragraph][offset] = None
        trace.align([block], list(come.spots))


def _find_removed(trace: CharacterTrace) -> dict[int, _RemovedText]:
    found: dict[int, _RemovedText] = defaultdict(_RemovedText)
    kept: set[int] = set()
    for at, row in enumerate(trace.coordinates):
        for offset, coordinate in enumerate(row):
            if coordinate is None:
                continue
            struck = trace.file.paragraphs[at].characters[offset].struck
            found[coordinate.sent].spots.append((at, offset))
            if struck is None:
                kept.add(coordinate.sent)
            else:
                found[coordinate.sent].struck.append(struck)
    return {block: each for block, each in found.items() if block not in kept}


def _find_added(trace: CharacterTrace) -> Iterator[_AddedParagraph]:
    """Find the added paragraphs, as each author left them."""
    came: dict[str, _AddedParagraph] = {}
    began: dict[str, int] = {}
    border = now = 0
    sent = -1  # when the last of the earlier characters was added
    for at, paragraph in enumerate(trace.file.paragraphs):
        for offset, each in enumerate(paragraph.characters):
            now += 1
            if each.inserted is None:
                sent = sent if trace.of((at, offset)) is None else now
                continue
            come = came.setdefault(each.inserted.author, _AddedParagraph(each.inserted.author))
            come.spots.append((at, offset))
            come.names |= {each.inserted.name} - {""}
        now += 1
        mark = paragraph.inserted
        for author in list(came) if mark is None else [mark.author] if mark.author in came else []:
            ended = came.pop(author)
            if sent < max(border, began.get(author, 0)):
                yield ended
        if mark is None:
            border = now
        else:
            began[mark.author] = now


def _find_origins(
    trace: CharacterTrace, gone: dict[int, _RemovedText], come: _AddedParagraph
) -> Iterator[tuple[float, int]]:
    """Find the removed texts that an added paragraph may come from.

    Each comes with a score of how well it fits.
    """
    paragraphs = trace.file.paragraphs
    mine = split_words("".join(paragraphs[at].characters[offset].text for at, offset in come.spots))
    here = dict.fromkeys(at for at, _ in come.spots)
    near = {trace.home[each] for each in here if each in trace.home}
    near |= {found.sent for each in here for found in trace.coordinates[each] if found}
    for block, each in gone.items():
        if come.author not in {revision.author for revision in each.struck}:
            continue
        other = split_words(trace.blocks[block].text)
        both, _ = compute_similarity(other, mine)
        named = bool(come.names & {revision.name for revision in each.struck})
        whole = both == 1.0 or min(len(other), len(mine)) >= LONG_ENOUGH
        if (named and both >= NAMED) or (both >= UNNAMED and whole):
            yield named + both - (ELSEWHERE if near and block not in near else 0.0), block
