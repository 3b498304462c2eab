"""Find the times of day in a line, as in `8:30 a.m.`.

Other forms are `00.01`, `2330 hours`, `12 noon`, `18 h 30` and `18 Uhr`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pressgen.text.embargo.names import ZONE_WORD

MISREAD = str.maketrans("OQolI", "00011")
"""Digits as scanning often misreads them."""
DIGITS = r"[\dOQolI]"
ZONE = rf"(?P<zone>(?:{ZONE_WORD})(?:\s?[+-]\s?\d{{1,2}}(?::?\d{{2}})?)?|[+-]\d{{2}}:\d{{2}})(?![\w])"
AFTER = rf"(?:(?:\s*,)?\s*\(?\s*{ZONE}(?:\s?\))?)?"
HALVES = re.compile(
    rf"(?<![\w.:£$€])(?P<hour>\d{{1,2}})(?:\s?[.:,]?\s?(?P<minute>{DIGITS}{{2}}))?[\s.]*"
    rf"(?P<half>[ap]\.?\s?m\b\.?|y\.?[bh]\b\.?|yp\b\.?){AFTER}",
    re.IGNORECASE,
)
"""With a half of the day: a.m., p.m., and the Welsh y.b., y.h., yp."""
WHOLE = re.compile(
    rf"(?<![\w.:/£$€])(?P<hour>[01]?\d|2[0-4])\s?[.:hH]\s?(?P<minute>[0-5]\d)"
    rf"(?:\s?(?:hrs?|hours|uhr|horas|heures|h)\b\.?)?(?![\w/]|\.\d){AFTER}",
    re.IGNORECASE,
)
"""On the 24-hour clock, with its minutes."""
HOURS = re.compile(
    rf"(?<![\w.:/£$€])(?P<hour>[01]?\d|2[0-4])\s?(?:uhr|heures|horas|h|hrs|hours)\b{AFTER}", re.IGNORECASE
)
MILITARY = re.compile(
    rf"(?<![\w.:/£$€])(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?![\d:/]|\.\d)(?:\s?(?P<unit>hrs?|hours|h)\b\.?)?{AFTER}",
    re.IGNORECASE,
)
"""`2330 hours`, `0001 AEDT`; four digits alone may be a year or a number."""
NOON = re.compile(
    rf"(?<![\w.:/])(?:12(?:[.:]00)?\s*)?(?:noon|midday|mittags?|midi|mediod[íi]a|hanner\s+dydd){AFTER}\b", re.IGNORECASE
)
MIDNIGHT = re.compile(
    rf"(?<![\w.:/])(?:12(?:[.:]00)?\s*)?(?:midnight|mitternacht|minuit|medianoche|hanner\s+nos){AFTER}", re.IGNORECASE
)
LOWER = re.compile(r"[a-z]{2,4}")
LAST_HOUR, NOON_HOUR = 24, 12


@dataclass(frozen=True, slots=True)
class StatedTime:
    """A time of day that an embargo line states.

    Attributes:
        hour: 0 to 24.
        zone: the zone as printed after it, or empty.
        midnight: whether it is the word “midnight”, which names two.
        misread: whether its digits were corrected.
    """

    hour: int
    minute: int
    zone: str = ""
    midnight: bool = False
    misread: bool = False


def find_stated_times(line: str) -> list[StatedTime]:
    """Return the times of day in a line, in order.

    A line in which the dates are blanked out gives the best result.
    """
    found: list[tuple[int, StatedTime]] = []
    for pattern in (NOON, MIDNIGHT, HALVES, MILITARY, WHOLE, HOURS):
        for match in pattern.finditer(line):
            if (clock := _parse_time(pattern, match)) is not None:
                found.append((match.start(), clock))
                line = line[: match.start()] + "\0" * (match.end() - match.start()) + line[match.end() :]
    return [clock for _, clock in sorted(found, key=lambda each: each[0])]


def _parse_time(pattern: re.Pattern[str], match: re.Match[str]) -> StatedTime | None:
    zone = match["zone"] or ""
    if pattern is NOON:
        return StatedTime(NOON_HOUR, 0, zone)
    if pattern is MIDNIGHT:
        return StatedTime(0, 0, zone, midnight=True)
    parts = match.groupdict()
    if pattern is MILITARY and not (parts["unit"] or zone):
        return None
    digits = parts.get("minute") or "00"
    minutes = digits.translate(MISREAD)
    hour, minute = int(match["hour"]), int(minutes)
    if minute > 59 or hour > LAST_HOUR:  # noqa: PLR2004 - minutes of an hour
        return None
    half = re.sub(r"\W", "", parts.get("half") or "").lower()
    if half and 0 < hour <= NOON_HOUR:  # “00.01am” and “18:00pm” name their hour without the half
        hour = hour % NOON_HOUR + (NOON_HOUR if half in {"pm", "yh", "yp"} else 0)
    if not half and LOWER.fullmatch(zone):
        zone = ""  # “18h est” is French, “18 Uhr ist” German
    return StatedTime(hour, minute, zone, misread=minutes != digits)
