"""Damaged files of every kind through every way in: no traceback, bounded, and what is altered is not called right."""

from __future__ import annotations

from doors.driver import play
from machine import need_program
from soak.result import Result

SIZE, SHORT = 20_000, 500


def soak(size: int, seed: int) -> Result:
    """Give files to pressgen from a seed on; the number of each makes it again."""
    need_program("pdftotext")
    played = play(seed, size)
    figures = (
        f"answered with exit codes {dict(sorted(played.codes.items()))}; at most {played.seconds:.1f} s of a processor"
        f" and {played.megabytes} MB for one"
    )
    return Result(size, tuple(played.faults), figures)
