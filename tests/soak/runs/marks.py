"""Random marks, as five programs make them, on PDFs of every sample: none may be lost."""

from __future__ import annotations

from collections import Counter

from review.fuzz_marks import played
from soak.result import Result

SIZE, SHORT = 200, 5
LEAST = 0.9
"""The share of the marks that must be told on the right text."""


def soak(size: int, seed: int) -> Result:
    """Mark files from a seed on."""
    total, faults = Counter[str](), list[str]()
    for number in range(seed, seed + size):
        verdicts, wrong = played(number)
        total += verdicts
        faults += [line for line in wrong if " lost: " in line]
    right = sum(count for verdict, count in total.items() if "right" in verdict) / max(total.total(), 1)
    if right < LEAST:
        faults.append(f"only {right:.2%} of the marks are told on the right text, from seed {seed}")
    return Result(size, tuple(faults), f"{right:.2%} of {total.total()} marks on the right text: {dict(total)}")
