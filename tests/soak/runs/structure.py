"""Structure added in LibreOffice: every box, row, link, note and move is seen, at its place, and the release loads."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from review.fuzz_structure import play_structure
from soak.result import Result

SIZE, SHORT = 200, 9
BATCH = 50
"""Acts that one LibreOffice makes."""
AT_PLACE = 0.98
"""The least share of acts that are told where they were made."""


def soak(size: int, seed: int) -> Result:
    """Make acts from a seed on."""
    faults, elsewhere = list[str](), 0
    for first in range(seed, seed + size, BATCH):
        with TemporaryDirectory() as folder:
            played = play_structure(Path(folder), range(first, min(first + BATCH, seed + size)))
        faults += [f"unseen: {each}" for each in played.unseen] + [f"no release: {each}" for each in played.broken]
        elsewhere += len(played.elsewhere)
    if elsewhere > size * (1 - AT_PLACE):
        faults.append(f"{elsewhere} of {size} acts are told at another place")
    return Result(size, tuple(faults), f"{elsewhere} told at another place")
