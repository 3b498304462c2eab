"""Find dates in prose: `Wednesday 08 May`, `May 8, 2019`, `08/05/2019`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pressgen.text.embargo.names import MONTHS, WEEKDAYS, parse_month, parse_weekday

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = {"en": (0,), "fr": (1,), "de": (2,), "es": (3,), "cy": (4, 5)}
"""The rows of the tables of month and weekday names that a language uses."""
ENGLISH_SHORT = "Jan Feb Mar Apr Jun Jul Aug Sept? Oct Nov Dec"
ENGLISH_SHORT_DAYS = "Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun"
ORDINAL = r"(?:st|nd|rd|th|er|º|ain|fed|af|il|ydd|eg)(?![^\W\d_])|\.(?=\s)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
NUMERIC = re.compile(r"(?<![\w/.-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\w/-]|\.\d)")
ISO = re.compile(r"(?<![\w/-])(\d{4})-(\d{2})-(\d{2})(?![\d/-])")


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A date as printed.

    Attributes:
        start, end: its place, with its weekday and year.
        month: 1 to 12.
        year: None where none is printed.
        weekday: 0 for Monday; None where none is printed.
        spelled: the weekday as printed, or empty.
        ordinal: the suffix of the day, such as `th`, or empty; `ordinal_at` is where it begins.
        clear: whether it can be read in one way only; `08/05/2019` is another day in Ohio.
    """

    start: int
    end: int
    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    spelled: str = ""
    ordinal: str = ""
    ordinal_at: int = 0
    clear: bool = True

    def on(self, near: date | None) -> date | None:
        """Return the date; a missing year is the one nearest to `near`.

        Returns:
            None if there is no such day, or nothing to take the year from.
        """
        if self.year is not None:
            return _make_date(self.year, self.month, self.day)
        if near is None:
            return None
        years = (near.year + step for step in (-1, 0, 1))
        found = [each for each in (_make_date(year, self.month, self.day) for year in years) if each]
        return min(found, key=lambda each: abs(each - near), default=None)


@lru_cache(maxsize=4096)  # many rules ask about the same text, and a release of 200 pages has many
def find_dates(text: str, language: str, *, month_first: bool = False) -> tuple[PrintedDay, ...]:
    """Return the dates in a text, in order.

    Args:
        text: any prose.
        language: the first subtag of its language; one without names here has figures only.
        month_first: whether `05/08/2019` is in May, as in the United States.
    """
    found = [*_find_numeric_dates(text, month_first=month_first)]
    if language in ROWS:
        found += [
            _parse_worded_date(match) for pattern in _compile_patterns(language) for match in pattern.finditer(text)
        ]
    return tuple(sorted(found, key=lambda each: each.start))


def find_weekdays(text: str, language: str) -> Iterator[re.Match[str]]:
    """Yield the names of weekdays in a text."""
    if language in ROWS:
        yield from re.finditer(
            rf"(?<![^\W\d_])(?:{_build_weekday_pattern(language)})(?![^\W\d_])", text, _get_flags(language)
        )


@cache
def _compile_patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Compile the patterns of dates in a language.

    They are: day before month; a day whose month follows the next day; month before day.
    """
    months, days = _build_month_pattern(language), _build_weekday_pattern(language)
    weekday = rf"(?:(?<![^\W\d_])(?P<weekday>{days})(?![^\W\d_])\.?,?\s+(?:the\s+|le\s+|den\s+|el\s+|de\s+)?)?"
    day = rf"(?<![\w.:/£$€])(?P<day>{DAY})(?P<ordinal>{ORDINAL})?"
    month = rf"(?P<month>{months})(?![^\W\d_])\.?"
    year = r"(?:,?\s+(?:de\s+|del\s+)?(?P<year>(?:1[5-9]|20|21)\d\d)(?![\d]|[.,]\d|\s?(?:hrs|hours)\b))?"
    after = rf"(?:,?\s+\((?P<after>{days})\))?"
    worded = rf"{weekday}{day}\s+(?:of\s+|de\s+|o\s+)?{month}{year}{after}"
    to = r"(?:,|and|to|or|until|through|–|-|&|und|bis|et|au|y|al|a)"
    onward = rf"(?=\s*{to}\s+(?:(?:{days})\s+)?{DAY}(?:{ORDINAL})?\s+{month}{year})"
    ranged = rf"(?<![^\W\d_])(?P<weekday>{days})(?![^\W\d_])\.?\s+{day}{onward}"
    figure = rf"(?P<day>{DAY})(?P<ordinal>{ORDINAL})?(?![\d:]|[.,]\d|\s?%|\s+per\b)"
    led = rf"{weekday}(?<![^\W\d_]){month}\s+{figure}{year}{after}"
    return tuple(re.compile(each, _get_flags(language)) for each in (worded, ranged, led))  # type: ignore[return-value]


def _get_flags(language: str) -> int:
    """Return the flags for patterns of a language.

    English names of months and days have a capital; “may 8 people come” is not a date.
    """
    return 0 if language == "en" else re.IGNORECASE


@cache
def _build_month_pattern(language: str) -> str:
    names = {name for row in ROWS[language] for name in MONTHS[row].split()}
    if language == "en":
        return "|".join([*map(str.title, names), *map(str.upper, names), *ENGLISH_SHORT.split()])
    return "|".join(sorted(names, key=len, reverse=True))


@cache
def _build_weekday_pattern(language: str) -> str:
    row = min(ROWS[language][0], len(WEEKDAYS) - 1)
    names = WEEKDAYS[row].split()
    if language == "en":
        return "|".join(
            [*(each.title() for each in names), *(each.upper() for each in names), *ENGLISH_SHORT_DAYS.split()]
        )
    if language == "cy":
        return "|".join(f"[Dd]?[Dd]ydd {each}" for each in names)
    return "|".join(names)


def parse_printed_weekday(word: str) -> int | None:
    """Parse a weekday as prose has it; Welsh mutations too."""
    return parse_weekday(re.sub("^d?dydd", "dydd", word.lower()))


def _parse_worded_date(match: re.Match[str]) -> PrintedDay:
    parts = match.groupdict()
    spelled = parts.get("weekday") or parts.get("after") or ""
    return PrintedDay(
        start=match.start(),
        end=match.end(),
        day=int(match["day"]),
        month=parse_month(match["month"]) or 0,
        year=int(parts["year"]) if parts.get("year") else None,
        weekday=parse_printed_weekday(spelled) if spelled else None,
        spelled=spelled,
        ordinal=match["ordinal"] or "",
        ordinal_at=match.start("ordinal") if match["ordinal"] else 0,
    )


def _find_numeric_dates(text: str, *, month_first: bool) -> Iterator[PrintedDay]:
    for match in ISO.finditer(text):
        year, month, day = map(int, match.groups())
        if 1 <= month <= 12 and 1 <= day <= 31:  # noqa: PLR2004 - the calendar's
            yield PrintedDay(match.start(), match.end(), day, month, year)
    for match in NUMERIC.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        day, month = (second, first) if month_first else (first, second)
        if not 1 <= month <= 12 and 1 <= day <= 12:  # noqa: PLR2004
            day, month = month, day
        if 1 <= month <= 12 and 1 <= day <= 31:  # noqa: PLR2004
            yield PrintedDay(match.start(), match.end(), day, month, year, clear=day > 12 or day == month)  # noqa: PLR2004


def _make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
