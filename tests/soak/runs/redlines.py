"""Redlines of random rewrites: accepted they say the new version, rejected the old one."""

from __future__ import annotations

from review.redlines import failures
from soak.result import Result

SIZE, SHORT = 500, 18


def soak(size: int, seed: int) -> Result:
    """Draw redlines from a seed on."""
    return Result(size, tuple(each for number in range(seed, seed + size) for each in failures(number)))
