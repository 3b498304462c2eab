"""Which words of a text differ: in stretches that a person reads, not in crumbs."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIGNS = "$\u00a2-\u00a5\u20a0-\u20cf"
"""Signs of currencies, for a class of characters."""
FIGURE = re.compile(
    rf"(?:(?<!\w)[-+\u2212])?[{SIGNS}]?\d\w*(?:[.,:'’\u066b\u066c-]\w+|[\u00a0\u202f]\d{{3}}(?!\d))*"
    rf"(?:[\u00a0\u202f]?[%‰\u066a{SIGNS}])?"
)
"""A figure with its sign, currency, separators, decimals and percent sign."""
TOKEN = re.compile(rf"{FIGURE.pattern}|\w+(?:[.,:'’-]\w+)*|\s+|[^\w\s]")
"""A figure such as £4,210, a time such as 14:00, a word such as don’t is one: half of it tells nobody anything."""
LITTLE = 0.25
"""Share of common words below which one text is told as another in its place, not word for word."""

Stretch = tuple[range, range, bool]
"""Where a stretch stands in the old text and in the new one, and whether both say the same there."""


def tokens(text: str) -> list[str]:
    """Words, spaces and single marks, which put together are `text`."""
    return TOKEN.findall(text)


def widen_to_words(text: str, start: int, end: int, after: str) -> tuple[int, int]:
    """Widen a change of characters to whole words and figures.

    Args:
        text: what is changed.
        start: the first of its characters that goes.
        end: the one behind the last that goes.
        after: what comes in their place.

    Returns: `start` and `end` so far apart that no word of the old or the new text is cut.
    """
    skipped = text.rfind(" ", 0, start) + 1  # no word or figure holds a plain space
    near = text[skipped : text.find(" ", end) if " " in text[end:] else len(text)]
    first, last = start - skipped, end - skipped
    new = near[:first] + after + near[last:]
    more = len(new) - len(near)
    old_edges, new_edges = (set(_edges(each)) for each in (near, new))
    while not (first in old_edges and first in new_edges):
        first -= 1
    while not (last in old_edges and last + more in new_edges):
        last += 1
    return skipped + first, skipped + last


def _edges(text: str) -> Iterator[int]:
    """Where no word is cut."""
    at = 0
    for token in tokens(text):
        if token.isspace():
            yield from range(at, at + len(token))
        yield at
        at += len(token)
    yield at


def stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    """Two texts side by side, each as words, spaces and marks, in stretches that are the same or differ.

    What differs on both sides of a space is one stretch: “{-the cat-}{+a dog+}” and not four changes.
    """
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    same = [each for what, a, b, _, _ in codes if what == "equal" for each in old[a:b] if not each.isspace()]
    words = max(sum(not each.isspace() for each in one) for one in (old, new))
    if len(same) < LITTLE * words:
        codes = [("replace", 0, len(old), 0, len(new))]
    found: list[Stretch] = []
    for at, (what, a, b, c, d) in enumerate(codes):
        between = 0 < at < len(codes) - 1 and all(each.isspace() for each in old[a:b])
        equal = what == "equal" and not between
        if found and not equal and not found[-1][2]:
            before, after, _ = found[-1]
            found[-1] = (range(before.start, b), range(after.start, d), False)
        else:
            found.append((range(a, b), range(c, d), equal))
    yield from found
