"""Pair the texts of two versions in their order."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pressgen.review.similarity import compute_similarity, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ALIKE = 0.4
"""Share of common words from which two texts count as one changed text."""


def pair_texts(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Pair the texts of two versions in their order.

    Each pair gives positions; None stands for a text without a partner. Removed texts come before added ones.
    """
    for verdict, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verdict == "equal":
            yield from zip(range(a, b), range(c, d), strict=True)
        else:
            yield from _pair_in_gap(old, new, range(a, b), range(c, d))


def _pair_in_gap(
    old: Sequence[str], new: Sequence[str], gone: range, come: range
) -> Iterator[tuple[int | None, int | None]]:
    """Find the most similar pairs in order, by dynamic programming."""
    said = {at: split_words(old[at]) for at in gone}, {at: split_words(new[at]) for at in come}
    alike = {(a, b): compute_similarity(said[0][a], said[1][b])[0] for a in gone for b in come}
    best: dict[tuple[int, int], float] = {}
    for a in reversed(range(len(gone) + 1)):
        for b in reversed(range(len(come) + 1)):
            if a == len(gone) or b == len(come):
                best[a, b] = 0.0
                continue
            score = alike[gone[a], come[b]]
            taken = score + best[a + 1, b + 1] if score >= ALIKE else 0.0
            best[a, b] = max(taken, best[a + 1, b], best[a, b + 1])
    a = b = 0
    while a < len(gone) or b < len(come):
        score = alike.get((gone[a], come[b]), 0.0) if a < len(gone) and b < len(come) else 0.0
        if score >= ALIKE and best[a, b] == score + best[a + 1, b + 1]:
            yield gone[a], come[b]
            a, b = a + 1, b + 1
        elif a < len(gone) and (b == len(come) or best[a, b] == best[a + 1, b]):
            yield gone[a], None
            a += 1
        else:
            yield None, come[b]
            b += 1
