"""Edits in LibreOffice: accepted and rejected, a file reads as LibreOffice has it, and every word typed is told."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from review.fuzz_office import failures, rounds
from soak.result import Result

SIZE, SHORT = 80, 12
BATCH = 40
"""Rounds that one LibreOffice plays."""


def soak(size: int, seed: int) -> Result:
    """Play rounds from a seed on."""
    faults, words = list[str](), 0
    for first in range(seed, seed + size, BATCH):
        seeds = range(first, min(first + BATCH, seed + size))
        with TemporaryDirectory() as folder:
            played = rounds(Path(folder), seeds)
        faults += [
            f"{number} {what} {about}"
            for number, each in zip(seeds, played, strict=True)
            for what, about in failures(each)
        ]
        words += sum(len(each.typed) for each in played)
    if words <= size:
        faults.append(f"{seed}: only {words} words were typed, so that little was proved")
    return Result(size, tuple(faults), f"{words} words typed")
