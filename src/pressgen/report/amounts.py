"""Shares, durations and counts in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta


def format_share(part: int, whole: int) -> str:
    """Format a part of a whole as a full percentage.

    Less than half a percent is `under 1%`, so that a few do not look like none.
    """
    if 0 < part * 200 < whole:
        return "under 1%"
    return f"{round(100 * part / whole) if whole else 0}%"


def format_duration(time: timedelta) -> str:
    """Format a duration in the largest unit that fits twice.

    Examples are `28 hours` and `3 days`.
    """
    minutes = round(time.total_seconds() / 60)
    for unit, size in (("day", 24 * 60), ("hour", 60), ("minute", 1)):
        if minutes >= 2 * size or size == 1:
            return format_count(round(minutes / size), unit)
    raise AssertionError(time)


def format_count(count: int, what: str) -> str:
    """Format a count with its noun."""
    return f"{count:,} {what}{'s' * (count != 1)}"
