"""For each accepted paragraph, the sent texts that it came from.

There may be one, several that were joined, or none.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.review.accept_reject import StateParagraph
    from pressgen.review.char_alignment import CharacterTrace


def find_origins(trace: CharacterTrace, texts: Sequence[StateParagraph]) -> list[list[int]]:
    """Find the sent texts that each accepted paragraph comes from.

    They come in the order of their words in it. A sent text stays with one run of paragraphs, where most of its words
    are. Stray words elsewhere lose their coordinates, as if they were typed there.
    """
    owned = [list(dict.fromkeys(at[0] for spot in text.spots if (at := trace.of(spot)))) for text in texts]
    homes: dict[int, list[int]] = defaultdict(list)
    for number, blocks in enumerate(owned):
        for block in blocks:
            homes[block].append(number)
    for block, numbers in homes.items():
        runs = _group_runs(block, numbers, owned)
        if len(runs) > 1:
            sizes = [sum(_size(trace, texts[each], block) for each in run) for run in runs]
            for run in runs[: (best := sizes.index(max(sizes)))] + runs[best + 1 :]:
                for each in run:
                    _clear_coordinates(trace, texts[each], block)
                    owned[each].remove(block)
    _assign_replaced(trace, texts, owned)
    return owned


def find_joins(owned: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """List the pairs of sent texts that now share a paragraph.

    The text that comes first is first in its pair.
    """
    return sorted({pair for blocks in owned for pair in pairwise(blocks)})


def _group_runs(block: int, numbers: list[int], owned: list[list[int]]) -> list[list[int]]:
    """Group the paragraphs that hold words of a text into runs.

    No words of another text are within a run.
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and all(owned[between] in ([], [block]) for between in range(runs[-1][-1] + 1, number)):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _size(trace: CharacterTrace, text: StateParagraph, block: int) -> int:
    return sum(1 for spot in text.spots if (at := trace.of(spot)) is not None and at[0] == block)


def _clear_coordinates(trace: CharacterTrace, text: StateParagraph, block: int) -> None:
    for paragraph, offset in text.spots:
        at = trace.coordinates[paragraph][offset]
        if at is not None and at[0] == block:
            trace.coordinates[paragraph][offset] = None


def _assign_replaced(trace: CharacterTrace, texts: Sequence[StateParagraph], owned: list[list[int]]) -> None:
    """Assign sent texts to the paragraphs with words that replace them.

    This holds if they are nowhere else, or go on in the next paragraph.
    """
    there = {block for blocks in owned for block in blocks}
    for number, text in enumerate(texts):
        beside = {*owned[number - 1][-1:]} if number else set()
        beside |= {*owned[number + 1][:1]} if number + 1 < len(texts) else set()
        free = [
            each for each in _find_replaced(trace, text) if each not in there or (each in beside and not owned[number])
        ]
        if free:
            order = [at[0] for each in text.paragraphs for at in trace.coordinates[each] if at is not None]
            owned[number] = sorted({*owned[number], *free}, key=order.index)
            there.update(free)
    for number, text in enumerate(texts):
        if owned[number]:
            continue
        filled = list(dict.fromkeys(paragraph for paragraph, _ in text.spots))
        here = [at[0] for each in filled for at in trace.coordinates[each] if at is not None]
        here += [trace.home[each] for each in filled if each in trace.home]
        owned[number] = [block for block in here if block not in there][:1]
        there.update(owned[number])


def _find_replaced(trace: CharacterTrace, text: StateParagraph) -> list[int]:
    """Find sent texts that one person replaced with new words."""
    found: dict[int, None] = {}
    for paragraph in text.paragraphs:
        row = zip(trace.file.paragraphs[paragraph].characters, trace.coordinates[paragraph], strict=True)
        for (one, at), (other, there) in pairwise(row):
            for gone, block, put, new in ((one, at, other, there), (other, there, one, at)):
                by = (gone.struck and gone.struck.author, put.inserted and put.inserted.author)
                if block and not new and by[0] is not None and by[0] == by[1] and not put.struck:
                    found[block[0]] = None
    return list(found)
