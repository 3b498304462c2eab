"""Random edits put in by `review receive --apply`: the release reads as the copy does, and no other line changes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from review.fuzz_apply import played
from soak.result import Result

SIZE, SHORT = 300, 10


def soak(size: int, seed: int) -> Result:
    """Play rounds from a seed on."""
    total, faults = Counter[str](), list[str]()
    for number in range(seed, seed + size):
        with TemporaryDirectory() as folder:
            verdicts, wrong = played(number, Path(folder))
        total += verdicts
        faults += wrong
    return Result(size, tuple(faults), f"changes: {dict(total)}")
