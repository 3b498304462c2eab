"""Compare the words of two texts, in parts that people can read."""

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
"""A figure such as £4,210, a time such as 14:00, a word such as don’t is one token: half of it means nothing."""
LITTLE = 0.25
"""Share of common words below which one text is shown as replaced by the other, not word for word."""

Stretch = tuple[range, range, bool]
"""The place of a part in the old text and in the new one, and whether both are the same there."""


def split_into_tokens(text: str) -> list[str]:
    """Return the words, spaces and single marks of a text, in order.

    Joined, they are the text again.
    """
    return TOKEN.findall(text)


def widen_to_words(text: str, start: int, end: int, after: str) -> tuple[int, int]:
    """Widen a change of characters to whole words and figures.

    Args:
        text: what is changed.
        start: the first of its characters that is removed.
        end: the one after the last that is removed.
        after: the new characters.

    Returns:
        `start` and `end` moved apart until no word of the old or the new text is cut.
    """
    skipped = text.rfind(" ", 0, start) + 1  # no word or figure holds a plain space
    near = text[skipped : text.find(" ", end) if " " in text[end:] else len(text)]
    first, last = start - skipped, end - skipped
    new = near[:first] + after + near[last:]
    more = len(new) - len(near)
    old_edges, new_edges = (set(_find_word_edges(each)) for each in (near, new))
    while not (first in old_edges and first in new_edges):
        first -= 1
    while not (last in old_edges and last + more in new_edges):
        last += 1
    return skipped + first, skipped + last


def _find_word_edges(text: str) -> Iterator[int]:
    """Yield the places where no word is cut."""
    at = 0
    for token in split_into_tokens(text):
        if token.isspace():
            yield from range(at, at + len(token))
        yield at
        at += len(token)
    yield at


def diff_words(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    """Yield the parts of two texts that are the same or differ.

    Each text is a sequence of words, spaces and marks. Changes on both sides of a space are one: “{-the cat-}{+a dog+}”
    and not four changes.
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
