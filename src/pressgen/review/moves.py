"""Paragraphs put elsewhere: what was struck here and put in there by the same hand is one act, not two.

Struck by one hand and put in by another, or without a track, it stays two acts and is told as two.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.review.similarity import likeness, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.review.char_alignment import Trace
    from pressgen.review.word_model import Revision, Spot

NAMED, UNNAMED, LONG_ENOUGH = 0.3, 0.6, 4
"""Likeness of the two ends of a move, where the file names them as such and where it does not; words it must have."""
ELSEWHERE = 0.3
"""What a match loses whose new place belongs to another text."""


@dataclass(slots=True)
class _Gone:
    """A sent text none of whose characters stands any more where it stood: its spots, and who struck them."""

    spots: list[Spot] = field(default_factory=list)
    struck: list[Revision] = field(default_factory=list)


@dataclass(slots=True)
class _Come:
    """A paragraph that one person put in, whatever others have struck of it or put into it since."""

    author: str
    spots: list[Spot] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


def follow_moves(trace: Trace) -> None:
    """Give the characters of moved paragraphs their coordinates at the new place; the old place is `trace.away`."""
    gone = _gone(trace)
    options = [
        (score, -abs(each.spots[0][0] - block), block, at, each)
        for at, each in enumerate(_come(trace))
        for score, block in _origins(trace, gone, each)
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


def _gone(trace: Trace) -> dict[int, _Gone]:
    found: dict[int, _Gone] = defaultdict(_Gone)
    kept: set[int] = set()
    for at, row in enumerate(trace.coordinates):
        for offset, coordinate in enumerate(row):
            if coordinate is None:
                continue
            struck = trace.file.paragraphs[at].characters[offset].struck
            found[coordinate[0]].spots.append((at, offset))
            if struck is None:
                kept.add(coordinate[0])
            else:
                found[coordinate[0]].struck.append(struck)
    return {block: each for block, each in found.items() if block not in kept}


def _come(trace: Trace) -> Iterator[_Come]:
    """The paragraphs that each person put in, as that person left them: with nothing in them that was sent there."""
    came: dict[str, _Come] = {}
    began: dict[str, int] = {}
    border = now = 0
    sent = -1  # when the last character came that was there before
    for at, paragraph in enumerate(trace.file.paragraphs):
        for offset, each in enumerate(paragraph.characters):
            now += 1
            if each.inserted is None:
                sent = sent if trace.of((at, offset)) is None else now
                continue
            come = came.setdefault(each.inserted.author, _Come(each.inserted.author))
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


def _origins(trace: Trace, gone: dict[int, _Gone], come: _Come) -> Iterator[tuple[float, int]]:
    """The texts that may have been moved to where `come` stands, each with how well they fit."""
    paragraphs = trace.file.paragraphs
    mine = words("".join(paragraphs[at].characters[offset].text for at, offset in come.spots))
    here = dict.fromkeys(at for at, _ in come.spots)
    near = {trace.home[each] for each in here if each in trace.home}
    near |= {found[0] for each in here for found in trace.coordinates[each] if found}
    for block, each in gone.items():
        if come.author not in {revision.author for revision in each.struck}:
            continue
        other = words(trace.blocks[block].text)
        both, _ = likeness(other, mine)
        named = bool(come.names & {revision.name for revision in each.struck})
        whole = both == 1.0 or min(len(other), len(mine)) >= LONG_ENOUGH
        if (named and both >= NAMED) or (both >= UNNAMED and whole):
            yield named + both - (ELSEWHERE if near and block not in near else 0.0), block
