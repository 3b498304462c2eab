"""Durations in words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from datetime import timedelta

YEAR = 365 * 24 * 3600
UNITS = (("day", 24 * 3600), ("hour", 3600), ("minute", 60), ("second", 1))
WHOLE_DAYS = 7
"""The count of days from which hours are left out."""


def format_duration(length: timedelta) -> str:
    """Format a duration in words, in its largest two units, rounded down.

    Examples are `7 years`, `28 days`, `1 day 11 hours`, `9 hours 29 minutes`, `5 seconds` and `less than a second`.
    """
    left = int(abs(length.total_seconds()))
    if left >= 2 * YEAR:
        return format_count(left // YEAR, "year")
    for (unit, size), (smaller, part) in pairwise(UNITS):
        if left >= size:
            count, rest = divmod(left, size)
            more = 0 if unit == "day" and count >= WHOLE_DAYS else rest // part
            return " ".join([format_count(count, unit), *([format_count(more, smaller)] if more else [])])
    return format_count(left, "second") if left else "less than a second"
