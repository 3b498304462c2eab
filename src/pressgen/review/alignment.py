"""Align the parts of two versions: kept, moved, added and removed.

Every output of a redline reads this alignment: Word, PDF, text and JSON. Parts are blocks of a document, rows of a
table, entries of a list, or fields of a file; an output aligns the parts of a part in the same way. Tables, pictures
and charts are anchors: they stay where they are while texts move past them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pressgen.review.similarity import compute_similarity, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ALIKE = 0.4
"""Share of common words from which two texts at one place count as one changed text."""
CONTAINED, FEW = 0.75, 4
"""A text also counts as changed if the other has this share of its words, and it has at least `FEW`."""
MOVED_ALIKE, MOVED_WORDS = 0.6, 6
"""Share of common words, and number of words, from which a text with changes counts as moved."""
NAMED = 0.5
"""The least likeness of two parts with the same name, such as two rows with the same first cell."""
ANCHOR = 1000.0
"""What it is worth that an anchor stays: more than the words that move past it."""


class Alignment(StrEnum):
    """What became of a part between two versions."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    MOVED_AWAY = "moved away"
    MOVED_HERE = "moved here"


@dataclass(frozen=True)
class Part:
    """A part of one version: a text, or a block with parts.

    Attributes:
        text: all its words; the texts of its own parts are lines.
        kind: only parts of one kind can be one part of both versions.
        name: what names it in both versions, such as the key of a note or the first cell of a row.
        anchor: whether it stays while others move past it.
    """

    text: str
    kind: str = ""
    name: str = ""
    anchor: bool = False

    @cached_property
    def words(self) -> list[str]:
        """Its words and marks in lower case, without spaces."""
        return split_words(self.text)

    @property
    def key(self) -> tuple[str, str, str]:
        """What two equal parts have in common."""
        return self.kind, self.name, self.text


class AlignedPair(NamedTuple):
    """A part of the old version with its new counterpart.

    A moved part has two entries, one at either place, and both have both positions.

    Attributes:
        old, new: the positions; None where the other version has no counterpart.
    """

    what: Alignment
    old: int | None
    new: int | None


def align(old: Sequence[Part], new: Sequence[Part]) -> list[AlignedPair]:
    """Align the parts of two versions.

    Return them in the order of the new version. What is only in the old one, or moved away, follows what it followed
    there, before anything that was added at that place.
    """
    kept = _pair_in_order(old, new)
    moved = _pair_moved(old, new, kept)
    return list(_merge_orders(len(old), len(new), kept, moved))


def make_row(cells: Sequence[str], *, header: bool = False) -> Part:
    """Return a row of a table as a part.

    Its first cell names it.
    """
    text = "\n".join(cells)
    return Part(text, "header", "header") if header else Part(text, "row", cells[0].strip() if cells else "")


def make_table(rows: Sequence[Sequence[str]]) -> Part:
    """Return a table as a part.

    Its first row names it. Tables with other numbers of columns are never the same table.
    """
    columns, name = (len(rows[0]), "\n".join(rows[0])) if rows else (0, "")
    return Part("\n".join("\n".join(cells) for cells in rows), f"table of {columns}", name, anchor=True)


def pair_texts(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Pair texts in their order, without moves.

    Each pair gives positions; None stands for a text without a partner. Removed texts come before added ones.
    """
    kept = _pair_in_order([Part(each) for each in old], [Part(each) for each in new])
    yield from ((one, other) for _, one, other in _merge_orders(len(old), len(new), kept, {}))


def _merge_orders(old: int, new: int, kept: dict[int, int], moved: dict[int, int]) -> Iterator[AlignedPair]:
    """Yield both versions' parts in one order.

    `kept` and `moved` give the new position of an old part.
    """
    came = {place: at for at, place in moved.items()}
    a = b = 0
    for one, other in [*sorted(kept.items()), (old, new)]:
        for at in range(a, one):
            yield (
                AlignedPair(Alignment.MOVED_AWAY, at, moved[at])
                if at in moved
                else AlignedPair(Alignment.REMOVED, at, None)
            )
        for at in range(b, other):
            yield (
                AlignedPair(Alignment.MOVED_HERE, came[at], at)
                if at in came
                else AlignedPair(Alignment.ADDED, None, at)
            )
        if one < old:
            yield AlignedPair(Alignment.KEPT, one, other)
        a, b = one + 1, other + 1


def _pair_in_order(old: Sequence[Part], new: Sequence[Part]) -> dict[int, int]:
    """Pair parts that kept their order, keeping most words.

    A longest common subsequence in which a pair weighs as much as it has words in common.
    """
    first, last = _count_equal_ends(old, new)
    gone, come = range(first, len(old) - last), range(first, len(new) - last)
    weights = _weigh_pairs(old, new, gone, come)
    best = [[0.0] * (len(come) + 1) for _ in range(len(gone) + 1)]
    for a in reversed(range(len(gone))):
        row, below = best[a], best[a + 1]
        for b in reversed(range(len(come))):
            taken = weights.get((gone[a], come[b]), 0.0)
            row[b] = max(below[b], row[b + 1], taken + below[b + 1] if taken else 0.0)
    kept = {at: at for at in range(first)}
    a = b = 0
    while a < len(gone) and b < len(come):
        taken = weights.get((gone[a], come[b]), 0.0)
        if taken and best[a][b] == taken + best[a + 1][b + 1]:
            kept[gone[a]] = come[b]
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return kept | {len(old) - at: len(new) - at for at in range(1, last + 1)}


def _count_equal_ends(old: Sequence[Part], new: Sequence[Part]) -> tuple[int, int]:
    """Count the equal parts at the beginning and at the end."""
    shorter = min(len(old), len(new))
    first = next((at for at in range(shorter) if old[at].key != new[at].key), shorter)
    rest = shorter - first
    return first, next((at for at in range(rest) if old[-1 - at].key != new[-1 - at].key), rest)


def _weigh_pairs(old: Sequence[Part], new: Sequence[Part], gone: range, come: range) -> dict[tuple[int, int], float]:
    """Return the weight of each pair that may be one part.

    A part with as many equals on one side as on the other is paired with them alone.
    """
    counts = Counter(old[at].key for at in gone), Counter(new[at].key for at in come)
    settled = {key for key, count in counts[0].items() if counts[1][key] == count}
    weights = {}
    for a in gone:
        for b in come:
            one, other = old[a], new[b]
            if one.key == other.key:
                likeness = 1.0
            elif one.kind != other.kind or one.key in settled or other.key in settled:
                continue
            else:
                likeness = _compute_likeness(one, other)
            if likeness:
                weights[a, b] = likeness * (1 + min(len(one.words), len(other.words))) + ANCHOR * (
                    one.anchor and other.anchor
                )
    return weights


def _compute_likeness(one: Part, other: Part) -> float:
    """Return the likeness of two parts, from 0 to 1.

    It is 0 if they are not the same part.
    """
    dice, contained = compute_similarity(one.words, other.words)
    if one.name and one.name == other.name:
        return NAMED + dice / 2
    if dice >= ALIKE:
        return dice
    few = min(len(one.words), len(other.words)) < FEW
    return 0.0 if few or contained < CONTAINED else max(dice, ALIKE / 2)


def _pair_moved(old: Sequence[Part], new: Sequence[Part], kept: dict[int, int]) -> dict[int, int]:
    """Pair the parts that moved, from the most alike on.

    Of equally alike ones, the longest and then the nearest come first.
    """
    gone = [at for at, each in enumerate(old) if at not in kept and each.words]
    taken = set(kept.values())
    come = [at for at, each in enumerate(new) if at not in taken and each.words]
    found = []
    for a in gone:
        for b in come:
            one, other = old[a], new[b]
            if likeness := _compute_moved_likeness(one, other):
                found.append((-likeness, -len(other.words), abs(a - b), a, b))
    moved: dict[int, int] = {}
    for *_, a, b in sorted(found):
        if a not in moved and b not in taken:
            moved[a] = b
            taken.add(b)
    return moved


def _compute_moved_likeness(one: Part, other: Part) -> float:
    if one.kind != other.kind:
        return 0.0
    if one.key == other.key:
        return 2.0
    dice, _ = compute_similarity(one.words, other.words)
    if one.name and one.name == other.name:
        return 1 + dice
    long = min(len(one.words), len(other.words)) >= MOVED_WORDS
    return dice if long and dice >= MOVED_ALIKE else 0.0
