"""Find times of day in prose: `00.01`, `9:30am`, `0001 hours`, `noon`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Style = Literal["colon", "point", "half", "hundred", "word"]
"""`00:01`, `00.01`, `12.01am`, `0001`, `noon`."""

ZONES = "GMT|BST|UTC|CET|CEST|EET|EEST|WET|WEST|IST|EST|EDT|CST|CDT|MST|MDT|PST|PDT|ET|CT|MT|PT|AEST|AEDT"
ZONE = rf"(?:\s?\(?(?P<zone>{ZONES})\b\)?|\s(?P<place>UK time|London time|local time))?"
NUMERAL = r"(?<![\w.,:£$€+-])(?<![\d/]/)"
HALF = re.compile(
    rf"{NUMERAL}(?P<hour>1[0-2]|0?\d)(?:[.:](?P<minute>[0-5]\d))?\s?(?P<half>[ap])(?:m\b|\.\s?m\b\.?)(?!\w){ZONE}",
    re.IGNORECASE,
)
COLON = re.compile(rf"{NUMERAL}(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\d:]|\.\d|\s?[apAP]\.?\s?[mM]\b){ZONE}")
POINT = re.compile(
    rf"{NUMERAL}(?P<hour>[01]\d|2[0-4]|\d(?=\.\d\d\s?(?:{ZONES})\b))\.(?P<minute>[0-5]\d)"
    rf"(?![\d%]|\.\d|\s?(?:per|percent|million|billion|m|bn|kg|km|cm|mm|°|[apAP]\.?\s?[mM])\b|,\d)(?:\s?(?:hours|hrs)\b)?{ZONE}"
)
HUNDRED = re.compile(
    rf"{NUMERAL}(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?:\s?(?:hours|hrs)\b|(?=\s+(?:{ZONES})\b)){ZONE}"
)
WORD = re.compile(rf"\b(?:12\s)?(?P<word>midnight|noon|midday)\b{ZONE}", re.IGNORECASE)
POINT_BEFORE = re.compile(r"\b(?:at|until|till|by|from|before|after|to|and|\d{4}|[A-Z][a-z]+day|[A-Z][a-z]{2,8}),?\s$")
"""Words before `00.01` that make it a time; elsewhere it may be a figure."""


@dataclass(frozen=True, slots=True)
class PrintedTime:
    """A time of day as printed.

    Attributes:
        start, end: its place, with its zone.
        hour: 0 to 24, on the 24-hour clock.
        zone: the abbreviation after it, such as `BST`; `London time` and the like; or empty.
        half: `a` or `p` if a half of the day is printed, else empty.
        word: `midnight`, `noon` or `midday`, else empty.
    """

    start: int
    end: int
    hour: int
    minute: int
    style: Style
    zone: str = ""
    half: str = ""
    word: str = ""

    @property
    def shown(self) -> str:
        """The time on the 24-hour clock: `00:01`."""
        return f"{self.hour:02}:{self.minute:02}"


@lru_cache(maxsize=4096)  # many rules ask about the same text, and a release of 200 pages has many
def find_times(text: str) -> tuple[PrintedTime, ...]:
    """Return the times of day in an English text, in order."""
    found = [_parse_time(match, style) for pattern, style in PATTERNS for match in pattern.finditer(text)]
    return tuple(sorted((each for each in found if each is not None), key=lambda each: each.start))


PATTERNS: tuple[tuple[re.Pattern[str], Style], ...] = (
    (HALF, "half"), (COLON, "colon"), (POINT, "point"), (HUNDRED, "hundred"), (WORD, "word"),
)  # fmt: skip


def _parse_time(match: re.Match[str], style: Style) -> PrintedTime | None:
    parts = match.groupdict()
    zone = parts.get("zone") or parts.get("place") or ""
    if style == "word":
        word = match["word"].lower()
        return PrintedTime(match.start(), match.end(), 0 if word == "midnight" else 12, 0, style, zone, word=word)
    if style == "point" and not (zone or POINT_BEFORE.search(match.string[max(0, match.start() - 20) : match.start()])):
        return None
    hour, half = int(match["hour"]), (parts.get("half") or "").lower()
    if half and hour <= 12:  # noqa: PLR2004 - hours of a half day
        hour = hour % 12 + 12 * (half == "p")
    return PrintedTime(match.start(), match.end(), hour, int(parts.get("minute") or 0), style, zone, half)
