"""Find the day in a line, as far as it is stated.

Examples: `Wednesday 08 May`, `6/1/72`, `Feb. 18, 2012`, `12. Oktober 2011`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from pressgen.text.embargo.names import (
    MONTH_WORD,
    RELATIVE_WORD,
    WEEKDAY_WORD,
    parse_month,
    parse_relative_day,
    parse_weekday,
)

NO_CLOCK = r"(?![\d/])(?!\s?(?:[:.h]\s?\d|[ap]\.?\s?m\b|noon|midday|hrs|hours|uhr|heures|horas))"
IN_FULL, CUT = r"\d{4}(?!\s?(?:hrs|hours))", rf"['’]?\d{{2}}(?:(?=/\d{{2}}\b)|{NO_CLOCK})"
YEAR = rf"(?:,?\s*(?:de\s+|del\s+)?(?P<year>{IN_FULL}|{CUT}))?"
DAY = r"(?P<day>[0-3][SOBQlI](?![A-Za-z])|[0-3]?[0-9](?![0-9]))"
ORDINAL = r"(?:st|nd|rd|th|er|º|ain|fed|af|il|ydd|eg|\.)?"
DAY_FIRST = re.compile(
    rf"(?<![\w.:/]){DAY}{ORDINAL}[\s-]*(?:of\s+|de\s+|o\s+)?(?P<month>{MONTH_WORD})(?![^\W\d_])\.?(?:-(?=\d{{4}}))?{YEAR}",
    re.IGNORECASE,
)
MONTH_FIRST = re.compile(
    rf"(?<![^\W\d_])(?P<month>{MONTH_WORD})(?![^\W\d_])\.?\s*{DAY}(?:st|nd|rd|th)?(?!\s?[:h]\d){YEAR}", re.IGNORECASE
)
ISO = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")
NUMERIC = re.compile(r"(?<![\w/.])(?P<first>\d{1,2})([./-])(?P<second>\d{1,2})\2(?P<year>\d{4}|\d{2})(?![\w/])")
NO_MONTH = re.compile(r"(?<![\w:/.])(?P<day>\d{1,2})[.,]\s+(?P<year>(?:19|20)\d{2})(?!\d)")
WEEKDAY = re.compile(rf"(?<![^\W\d_])(?P<weekday>{WEEKDAY_WORD})(?![^\W\d_])\.?", re.IGNORECASE)
RELATIVE = re.compile(rf"(?<![^\W\d_])(?P<relative>{RELATIVE_WORD})(?![^\W\d_])", re.IGNORECASE)
MISREAD = {"S": "58", "O": "0", "Q": "0", "B": "8", "l": "1", "I": "1"}
AMERICAN = "America/"
CENTURY = 100
PIVOT = 70  # two-digit years: 70 to 99 are of the last century
NEAR = timedelta(days=200)
"""How far from the release's own date an embargo may be if its year is taken from that date."""


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day, as far as an embargo line states it.

    Attributes:
        days: the days of the month that the digits may mean; more than one where they were misread; empty for none.
        relative: how many days after the day of writing, None where it is not stated so.
    """

    year: int | None = None
    month: int | None = None
    days: tuple[int, ...] = ()
    weekday: int | None = None
    relative: int | None = None

    @property
    def stated(self) -> bool:
        """Whether the line states anything of a day."""
        return bool(self.days) or self.weekday is not None or self.relative is not None

    @property
    def dates(self) -> list[date]:
        """The dates that it names with its year and month."""
        return [] if self.year is None or self.month is None else _list_dates(self.year, self.month, self.days)

    def within(self, dated: date) -> list[date]:
        """Return the matching dates near the day `dated`, nearest first.

        They agree with everything that is stated.
        """
        if self.relative is not None:
            return [dated + timedelta(days=self.relative)]
        months = [self.month] if self.month else [] if self.year is None and self.weekday is None else range(1, 13)
        years = [self.year] if self.year else range(dated.year - 1, dated.year + 2)
        found = [each for year in years for month in months for each in _list_dates(year, month, self.days)]
        fitting = [each for each in found if self.fits(each) and abs(each - dated) <= NEAR]
        return sorted(fitting, key=lambda each: abs(each - dated))

    def fits(self, each: date) -> bool:
        """Return whether a date falls on the stated weekday, if any."""
        return self.weekday is None or each.weekday() == self.weekday


def parse_stated_day(line: str, zone: str) -> tuple[StatedDay, str]:
    """Return the day that a line states, and the line without it.

    The date is replaced by blanks.

    Args:
        line: as printed.
        zone: the office's IANA zone: in America numerals go month, day, year; elsewhere day, month, year.
    """
    weekday = WEEKDAY.search(line)
    on = parse_weekday(weekday["weekday"]) if weekday else None
    for pattern in (ISO, DAY_FIRST, MONTH_FIRST, NUMERIC, NO_MONTH):
        for match in pattern.finditer(line):
            day = _parse_numeric_date(match, zone, on) if pattern is NUMERIC else _parse_named_date(match, on)
            if day is not None:
                return day, line[: match.start()] + " " * (match.end() - match.start()) + line[match.end() :]
    relative = RELATIVE.search(line)
    return StatedDay(weekday=on, relative=parse_relative_day(relative["relative"]) if relative else None), line


def _parse_named_date(match: re.Match[str], weekday: int | None) -> StatedDay | None:
    parts = match.groupdict()
    word = parts.get("month") or ""
    month = int(word) if word.isdigit() else parse_month(word)
    days = tuple(each for each in _list_readings(match["day"]) if 1 <= each <= 31)  # noqa: PLR2004 - days of a month
    return StatedDay(_parse_year(parts.get("year")), month, days, weekday) if days else None


def _parse_numeric_date(match: re.Match[str], zone: str, weekday: int | None) -> StatedDay | None:
    year, first, second = _parse_year(match["year"]), int(match["first"]), int(match["second"])
    orders = [(second, first), (first, second)]
    if zone.startswith(AMERICAN):
        orders.reverse()
    named = [(month, each) for month, day in orders if year for each in _list_dates(year, month, (day,))]
    fitting = [pair for pair in named if weekday is None or pair[1].weekday() == weekday] or named
    return StatedDay(year, fitting[0][0], (fitting[0][1].day,), weekday) if fitting else None


def _parse_year(digits: str | None) -> int | None:
    if not digits:
        return None
    year = int(digits.strip("'’"))
    return year if year >= CENTURY else year + (1900 if year >= PIVOT else 2000)


def _list_readings(digits: str) -> list[int]:
    readings = [""]
    for each in digits:
        readings = [start + digit for start in readings for digit in MISREAD.get(each, each)]
    return [int(each) for each in readings]


def _list_dates(year: int, month: int, days: tuple[int, ...]) -> list[date]:
    found = []
    for day in days:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return found
