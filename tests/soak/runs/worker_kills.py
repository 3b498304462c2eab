"""Two workers killed while 2,000 releases fall due in one minute, on SQLite: none early, lost or empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soak.workers import killed

if TYPE_CHECKING:
    from soak.result import Result

SIZE, SHORT = 40, 2


def soak(size: int, seed: int) -> Result:
    """Kill the workers `size` times in all, while 50 times as many releases fall due."""
    return killed(size, seed, store="sqlite")
