"""Two people change one file: a clean merge has every word that either typed and none that either struck."""

from __future__ import annotations

from collections import Counter

from review.fuzz_threeway import History
from soak.result import Result

SIZE, SHORT = 3000, 150
GOOD = {"clean", "conflict"}


def soak(size: int, seed: int) -> Result:
    """Merge histories from a seed on."""
    verdicts = {number: History(number).verdict() for number in range(seed, seed + size)}
    faults = [f"{number} {verdict}" for number, verdict in verdicts.items() if verdict not in GOOD]
    total = Counter(each for each in verdicts.values() if each in GOOD)
    if total["clean"] <= total["conflict"]:
        faults.append(f"{seed}: only {total['clean']} of {size} merged, so that little was proved")
    return Result(size, tuple(faults), str(dict(total)))
