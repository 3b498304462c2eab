"""Two texts as one line, with what went and what came marked word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

WORD = re.compile(r"\s+|\S+")
AROUND = 8
"""How many words are shown before and after a change; what stands further off is left out."""


def redline(before: str, after: str) -> str:
    """The words of `after` in their order, `[-gone-]` for those only in `before`, `{+new+}` for those only in it.

    A line break is shown as ¶; unchanged words far from any change as an ellipsis.
    """
    old, new = WORD.findall(before), WORD.findall(after)
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    told: list[str] = []
    for index, (verdict, a, b, c, d) in enumerate(codes):
        if verdict == "equal":
            told.append(_shortened(new[c:d], first=index == 0, last=index == len(codes) - 1))
            continue
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        told += [f"[-{gone}-]"] * bool(gone) + [f"{{+{come}+}}"] * bool(come)
    return re.sub(r"\s*\n\s*", " ¶ ", "".join(told))


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    """Unchanged words, of which only those beside a change are shown."""
    head, tail = (0 if first else 2 * AROUND), (0 if last else 2 * AROUND)  # half of the parts are white space
    if len(words) <= head + tail + 1:
        return "".join(words)
    return "".join(words[:head]) + "…" + "".join(words[len(words) - tail :])
