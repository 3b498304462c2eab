"""Effort in units that mean the same on every machine: what a fixed piece of work takes there at that moment."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 1_000_000
"""Steps of the fixed piece of work: about a twentieth of a second of a fast processor."""


def unit() -> float:
    """The seconds of a processor that the fixed piece of work takes."""
    start, total = time.process_time(), 0
    for number in range(ROUNDS):
        total += number & 7
    return time.process_time() - start


def spent(since: float) -> float:
    """The units of work that this process has done since `time.process_time()` said so."""
    seconds = time.process_time() - since
    return seconds / unit()


@contextmanager
def at_most(units: float) -> Iterator[None]:
    """Fail where more work is done than so many units: quadratic work on a hostile file takes thousands."""
    start = time.process_time()
    yield
    assert spent(start) < units
