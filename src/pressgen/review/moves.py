"""Paragraphs put elsewhere: what was struck here and put in there by the same hand is one act, not two.

Struck by one hand and put in by another, or without a track, it stays two acts and is told as two.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.review.likeness import likeness, words
from pressgen.review.states import accepted, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.review.incoming import Incoming, Revision, Spot
    from pressgen.review.states import Text
    from pressgen.review.tracing import Trace

NAMED, UNNAMED, LONG_ENOUGH = 0.3, 0.6, 4
"""Likeness of the two ends of a move, where the file names them as such and where it does not; words it must have."""
ELSEWHERE = 0.3
"""What a match loses whose new place belongs to another text."""


@dataclass(slots=True)
class _Gone:
    """A sent text none of whose characters stands any more where it stood: its spots, and who struck them."""

    spots: list[Spot] = field(default_factory=list)
    struck: list[Revision] = field(default_factory=list)


def follow_moves(trace: Trace) -> None:
    """Give the characters of moved paragraphs their coordinates at the new place; the old place is `trace.away`."""
    gone = _gone(trace)
    options = [
        (score, -abs(at - block), block, at, text)
        for at, text in enumerate(accepted(trace.file))
        for score, block in _origins(trace, gone, text)
    ]
    done: set[int] = set()
    placed: set[int] = set()
    for _, _, block, at, text in sorted(options, key=lambda each: each[:4], reverse=True):
        if block in done or at in placed:
            continue
        done.add(block)
        placed.add(at)
        for paragraph, offset in gone[block].spots:
            trace.coordinates[paragraph][offset] = None
        trace.away |= dict.fromkeys(gone[block].spots, block)
        trace.align([block], list(text.spots))


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


def _origins(trace: Trace, gone: dict[int, _Gone], text: Text) -> Iterator[tuple[float, int]]:
    """The texts that may have been moved to where `text` stands, each with how well they fit."""
    if not text.spots or any(trace.of(spot) for spot in text.spots):
        return
    mine, put = words(said(trace.file, text)), _put(trace.file, text)
    names, hands = {each.name for each in put if each.name}, {each.author for each in put}
    near = {trace.home[each] for each in text.paragraphs if each in trace.home}
    near |= {found[0] for each in text.paragraphs for found in trace.coordinates[each] if found}
    for block, each in gone.items():
        if not hands & {revision.author for revision in each.struck}:
            continue
        other = words(trace.blocks[block].text)
        both, _ = likeness(other, mine)
        named = bool(names & {revision.name for revision in each.struck})
        whole = both == 1.0 or min(len(other), len(mine)) >= LONG_ENOUGH
        if (named and both >= NAMED) or (both >= UNNAMED and whole):
            yield named + both - (ELSEWHERE if near and block not in near else 0.0), block


def _put(file: Incoming, text: Text) -> list[Revision]:
    """Who put the characters of a text in."""
    found = (file.paragraphs[at].characters[offset].inserted for at, offset in text.spots)
    return list(dict.fromkeys(each for each in found if each is not None))
