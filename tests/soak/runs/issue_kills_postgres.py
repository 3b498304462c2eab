"""`pressgen issue` killed at random moments, on PostgreSQL, quiet and busy: no mail lost or unrecorded."""

from __future__ import annotations

from soak.issuing import killed
from soak.result import Result

SIZE, SHORT = 200, 2


def soak(size: int, seed: int) -> Result:
    """Kill it `size` times with the processors quiet, and as often with them busy."""
    return killed(size, seed, postgres=True)
