"""Which of the texts that were sent an accepted paragraph carries on: one, several that were joined, or none."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.review.accept_reject import Text
    from pressgen.review.char_alignment import Trace


def owners(trace: Trace, texts: Sequence[Text]) -> list[list[int]]:
    """The sent texts of each accepted paragraph, in the order of their words in it.

    A sent text stays with one run of paragraphs, where most of it stands; stragglers elsewhere lose their coordinates,
    as if they were typed there.
    """
    owned = [list(dict.fromkeys(at[0] for spot in text.spots if (at := trace.of(spot)))) for text in texts]
    homes: dict[int, list[int]] = defaultdict(list)
    for number, blocks in enumerate(owned):
        for block in blocks:
            homes[block].append(number)
    for block, numbers in homes.items():
        runs = _runs(block, numbers, owned)
        if len(runs) > 1:
            sizes = [sum(_size(trace, texts[each], block) for each in run) for run in runs]
            for run in runs[: (best := sizes.index(max(sizes)))] + runs[best + 1 :]:
                for each in run:
                    _forget(trace, texts[each], block)
                    owned[each].remove(block)
    _rewritten(trace, texts, owned)
    return owned


def joins(owned: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The pairs of sent texts that stand in one paragraph now, the first before the second."""
    return sorted({pair for blocks in owned for pair in pairwise(blocks)})


def _runs(block: int, numbers: list[int], owned: list[list[int]]) -> list[list[int]]:
    """The paragraphs that hold words of a text, in runs with nothing of another text between them."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and all(owned[between] in ([], [block]) for between in range(runs[-1][-1] + 1, number)):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _size(trace: Trace, text: Text, block: int) -> int:
    return sum(1 for spot in text.spots if (at := trace.of(spot)) is not None and at[0] == block)


def _forget(trace: Trace, text: Text, block: int) -> None:
    for paragraph, offset in text.spots:
        at = trace.coordinates[paragraph][offset]
        if at is not None and at[0] == block:
            trace.coordinates[paragraph][offset] = None


def _rewritten(trace: Trace, texts: Sequence[Text], owned: list[list[int]]) -> None:
    """Give a paragraph the sent texts that its new words replace, if those stand nowhere else or go on beside it."""
    there = {block for blocks in owned for block in blocks}
    for number, text in enumerate(texts):
        beside = {*owned[number - 1][-1:]} if number else set()
        beside |= {*owned[number + 1][:1]} if number + 1 < len(texts) else set()
        free = [each for each in _replaced(trace, text) if each not in there or (each in beside and not owned[number])]
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


def _replaced(trace: Trace, text: Text) -> list[int]:
    """The sent texts whose words were struck right beside words that the same person put in."""
    found: dict[int, None] = {}
    for paragraph in text.paragraphs:
        row = zip(trace.file.paragraphs[paragraph].characters, trace.coordinates[paragraph], strict=True)
        for (one, at), (other, there) in pairwise(row):
            for gone, block, put, new in ((one, at, other, there), (other, there, one, at)):
                by = (gone.struck and gone.struck.author, put.inserted and put.inserted.author)
                if block and not new and by[0] is not None and by[0] == by[1] and not put.struck:
                    found[block[0]] = None
    return list(found)
