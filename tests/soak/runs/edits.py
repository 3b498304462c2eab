"""Random edits in Word's way on every sample: no word and no change of the editor may be lost."""

from __future__ import annotations

from collections import Counter

from review.fuzz import RIGHT, played
from soak.result import Result

SIZE, SHORT = 2000, 42
NEVER = {"lost", "untold", "closure broken"}
BESIDE = {"move of the other", "invented", "closure broken"}
"""Verdicts on something else than an edit."""
LEAST = 0.9
"""The share of the edits that must be told on the right text."""


def soak(size: int, seed: int) -> Result:
    """Play rounds from a seed on."""
    total, faults = Counter[str](), list[str]()
    for number in range(seed, seed + size):
        verdicts, wrong = played(number)
        total += verdicts
        faults += [line for line in wrong if line.split(": ")[1] in NEVER]
    judged = sum(count for verdict, count in total.items() if verdict not in BESIDE)
    share = sum(total[each] for each in RIGHT) / max(judged, 1)
    if share < LEAST:
        faults.append(f"only {share:.2%} of the edits are told on the right text, from seed {seed}")
    return Result(size, tuple(faults), f"{share:.2%} of {judged} edits on the right text: {dict(total)}")
