"""Two texts as one line, with what went and what came marked word by word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.text.differing import stretches

if TYPE_CHECKING:
    from collections.abc import Callable

WORD = re.compile(r"[^\S\u00a0\u202f]+|[\S\u00a0\u202f]+")
"""A space that breaks no line joins: it stands within a figure, or between it and its unit."""
AROUND = 8
"""How many words are shown before and after a change; what stands further off is left out."""


def gone_in_marks(text: str) -> str:
    """Words that went, as they are marked where there is no dress."""
    return f"[-{text}-]"


def come_in_marks(text: str) -> str:
    """The same for words that came."""
    return f"{{+{text}+}}"


def redline(
    before: str, after: str, gone: Callable[[str], str] = gone_in_marks, come: Callable[[str], str] = come_in_marks
) -> str:
    """The words of `after` in their order, with those only in `before` as `gone` shows them, new ones as `come` does.

    A line break is shown as ¶; unchanged words far from any change as an ellipsis.
    """
    old, new = (WORD.findall(re.sub(r"\s*\n\s*", " ¶ ", each)) for each in (before, after))
    found = list(stretches(old, new))
    told: list[str] = []
    for at, (was, is_, same) in enumerate(found):
        if same:
            told.append(_shortened([new[each] for each in is_], first=at == 0, last=at == len(found) - 1))
            continue
        went, came = "".join(old[each] for each in was), "".join(new[each] for each in is_)
        told += [gone(went)] * bool(went) + [come(came)] * bool(came)
    return "".join(told)


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    """Unchanged words, of which only those beside a change are shown."""
    head, tail = (0 if first else 2 * AROUND), (0 if last else 2 * AROUND)  # half of the parts are white space
    if len(words) <= head + tail + 1:
        return "".join(words)
    return "".join(words[:head]) + "…" + "".join(words[len(words) - tail :])
