"""Redlines of random rewrites: accepted they say the new version, rejected the old one, and little is struck."""

from __future__ import annotations

from review.redlines import count_least, failures, played
from review.word_states import count_struck
from soak.result import Result

SIZE, SHORT = 300, 18
MOST = 1.2
"""How many words may be struck, for each one that has to be."""


def soak(size: int, seed: int) -> Result:
    """Draw redlines from a seed on."""
    faults: list[str] = []
    struck = least = 0
    for number in range(seed, seed + size):
        faults += failures(number)
        struck += count_struck(played(number).redline)
        least += count_least(played(number))
    if struck > MOST * least:
        faults.append(f"{struck} words are struck where {least} would do")
    return Result(size, tuple(faults), f"{struck} words struck; by the ids of the texts, {least} would do")
