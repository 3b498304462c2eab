"""Merge two changed versions of a text, word by word.

If both changed the same words differently, that is a conflict, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
MOST = 4_000_000
"""The most words of one side times those of the other that are compared; a longer passage counts as one change."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Lines that both sides changed, at the same words or adjoining ones.

    Attributes:
        offset: the position of the lines in `theirs`, in characters.
        base: the lines before either change.
        theirs: the lines of one side.
        ours: the lines of the other side.
    """

    offset: int
    base: str
    theirs: str
    ours: str


@dataclass(frozen=True, slots=True)
class _Edit:
    """A replacement of the base's characters `start` to `end` by `new`."""

    start: int
    end: int
    new: str

    def touches(self, other: _Edit) -> bool:
        return self.start <= other.end and other.start <= self.end


def merge_texts(base: str, theirs: str, ours: str) -> str | Conflict:
    """Merge both sides' changes of a text; return the first conflict instead.

    A change that both sides made alike is made once. Changes that overlap or touch are a conflict.
    """
    our_edits, their_edits = list(_find_edits(base, ours)), list(_find_edits(base, theirs))
    ours_only = [each for each in our_edits if each not in their_edits]
    for each in ours_only:
        for other in their_edits:
            if each.touches(other):
                return _build_conflict(base, their_edits, our_edits, each, other)
    return _apply_edits(base, 0, len(base), [*ours_only, *their_edits])


def _build_conflict(base: str, theirs: Sequence[_Edit], ours: Sequence[_Edit], one: _Edit, other: _Edit) -> Conflict:
    """Build the conflict: whole lines around touching edits, from each side."""
    found = _Edit(min(one.start, other.start), max(one.end, other.end), "")
    while True:
        start, end = base.rfind("\n", 0, found.start) + 1, base.find("\n", found.end)
        lines = _Edit(start, len(base) if end < 0 else end, "")
        inside = [each for each in (*theirs, *ours) if each.touches(lines)]
        wider = _Edit(min(each.start for each in inside), max(each.end for each in inside), "")
        if lines.start <= wider.start and wider.end <= lines.end:
            break
        found = _Edit(min(lines.start, wider.start), max(lines.end, wider.end), "")
    before = sum(len(each.new) - (each.end - each.start) for each in theirs if each.end < lines.start)
    sides = (
        _apply_edits(base, lines.start, lines.end, [each for each in side if each.touches(lines)])
        for side in (theirs, ours)
    )
    return Conflict(lines.start + before, base[lines.start : lines.end], *sides)


def _apply_edits(base: str, start: int, end: int, edits: Sequence[_Edit]) -> str:
    """Apply separate edits to a range of characters of the base."""
    parts, at = [], start
    for each in sorted(edits, key=lambda each: (each.start, each.end)):
        parts += [base[at : each.start], each.new]
        at = each.end
    return "".join([*parts, base[at:end]])


def _find_edits(base: str, other: str) -> Iterator[_Edit]:
    """Find the edits that turn the base into another text.

    It compares lines first, then the words within lines that differ.
    """
    old, new = base.splitlines(keepends=True), other.splitlines(keepends=True)
    head = _count_common_start(old, new)
    tail = _count_common_start(old[head:][::-1], new[head:][::-1])
    at = sum(map(len, old[:head]))
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    for start, end, lines in _find_replacements(old, new, autojunk=True):  # very common lines would make this slow
        here = at + sum(map(len, old[:start]))
        before, after = "".join(old[start:end]), "".join(lines)
        words, others = TOKEN.findall(before), TOKEN.findall(after)
        if len(words) * len(others) > MOST:
            yield _Edit(here, here + len(before), after)
            continue
        places = [here]
        for token in words:
            places.append(places[-1] + len(token))
        for a, b, changed in _find_replacements(words, others):
            yield _Edit(places[a], places[b], "".join(changed))


def _find_replacements(
    old: Sequence[str], new: Sequence[str], *, autojunk: bool = False
) -> Iterator[tuple[int, int, Sequence[str]]]:
    """Yield each range that differs, with its replacement."""
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=autojunk).get_opcodes():
        if what != "equal":
            yield a, b, new[c:d]


def _count_common_start(old: Sequence[str], new: Sequence[str]) -> int:
    """Count the entries that both sequences begin with."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count
