"""Faults planted in the samples: the rule meant for each finds at least nineteen of twenty."""

from __future__ import annotations

from check.mutations import faults as plant
from check.mutations import tried
from soak.result import Result

SIZE, SHORT = 5000, 30
"""At most so many; there are fewer."""
LEAST = 0.95


def soak(size: int, seed: int) -> Result:
    """Plant the faults that a seed draws, spread evenly over all of them."""
    planted = plant(seed)
    chosen = planted[:: max(1, len(planted) // size)]
    missed = [f"{seed} {each.fault.rule} {each.fault.what}" for each in tried(chosen) if not each.caught]
    share = 1 - len(missed) / max(len(chosen), 1)
    return Result(len(chosen), tuple(missed) if share < LEAST else (), f"{share:.1%} caught")
