"""Workers, issuers, savers, approvers interleaved at every crossing, on SQLite: nothing early, lost or twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storm.fleet import played

if TYPE_CHECKING:
    from soak.result import Result

SIZE, SHORT = 10_000, 200


def soak(size: int, seed: int) -> Result:
    """Play `size` interleavings; those of one seed are the same each time."""
    return played(size, seed)
