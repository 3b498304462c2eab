"""`make bench`: speed and memory as ratios against something run beside them, in turn, on the same machine.

Prints a line a measurement: what, the ratio of the medians, its target, the medians, and whether the target holds.
The exit code is 1 if one is missed.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks import (
    batch,
    checks,
    commands,
    copies,
    counting,
    finding,
    mails,
    memory,
    planning,
    repair,
    reviews,
    setting,
    verify,
    watching,
    word,
)

if TYPE_CHECKING:
    from benchmarks.measuring import Measurement


def main() -> int:
    """Run every benchmark; 1 if a target is missed."""
    found: list[Measurement] = [
        word.against_docxtpl(),
        repair.against_bare_weasyprint(),
        *setting.against_bare_weasyprint(),
        *verify.all_of_it(),
        *commands.quick(),
        *commands.cold_build(),
        memory.flat(),
        *mails.sending(),
        *planning.looking(),
        *finding.asking(),
        *counting.counting(),
        *checks.checking(),
        *batch.nothing_changed(),
        *batch.rates(),
        *batch.growth(),
        copies.stamping(),
        watching.saving(),
        *reviews.receiving(),
    ]
    for measurement in found:
        print(measurement.line())  # noqa: T201 - the result
    return 0 if all(measurement.holds for measurement in found) else 1


if __name__ == "__main__":
    sys.exit(main())
