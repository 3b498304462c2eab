"""Two texts as one, with what went and what came marked word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

WORD = re.compile(r"\s+|[^\s]+")


def redline(before: str, after: str) -> str:
    """The words of `after` in their order: `[-gone-]` for those only in `before`, `{+new+}` for those only in it."""
    old, new = WORD.findall(before), WORD.findall(after)
    told: list[str] = []
    for verdict, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if verdict == "equal":
            told.append(come)
        else:
            told += [f"[-{gone}-]"] * bool(gone) + [f"{{+{come}+}}"] * bool(come)
    return "".join(told)
