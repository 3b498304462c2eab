"""Show two texts as one line, with changes marked word by word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.text.word_diff import diff_words

if TYPE_CHECKING:
    from collections.abc import Callable

WORD = re.compile(r"[^\S\u00a0\u202f]+|[\S\u00a0\u202f]+")
"""A no-break space joins: it is within a figure, or between it and its unit."""
AROUND = 8
"""How many words are shown before and after a change; others are left out."""


def mark_deletion(text: str) -> str:
    """Return deleted words in brackets, for plain text."""
    return f"[-{text}-]"


def mark_insertion(text: str) -> str:
    """Return inserted words in braces, for plain text."""
    return f"{{+{text}+}}"


def format_redline(
    before: str, after: str, gone: Callable[[str], str] = mark_deletion, come: Callable[[str], str] = mark_insertion
) -> str:
    """Return the words of a text, with deletions and insertions marked.

    `gone` marks words only in `before`, and `come` new ones. A line break is shown as ¶, and unchanged words far from
    any change as an ellipsis.
    """
    old, new = (WORD.findall(re.sub(r"\s*\n\s*", " ¶ ", each)) for each in (before, after))
    found = list(diff_words(old, new))
    parts: list[str] = []
    for at, (was, is_, same) in enumerate(found):
        if same:
            parts.append(_shorten_unchanged([new[each] for each in is_], first=at == 0, last=at == len(found) - 1))
            continue
        went, came = "".join(old[each] for each in was), "".join(new[each] for each in is_)
        parts += [gone(went)] * bool(went) + [come(came)] * bool(came)
    return "".join(parts)


def _shorten_unchanged(words: list[str], *, first: bool, last: bool) -> str:
    """Return unchanged words, cut to those near a change."""
    head, tail = (0 if first else 2 * AROUND), (0 if last else 2 * AROUND)  # half of the parts are white space
    if len(words) <= head + tail + 1:
        return "".join(words)
    return "".join(words[:head]) + "…" + "".join(words[len(words) - tail :])
