"""Find words that name one day: a date, a weekday, or “today”."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pressgen.text.dates_in_prose import ROWS, PrintedDay, find_dates, find_weekdays, parse_printed_weekday

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

RELATIVE = {
    "en": r"today|tonight|tomorrow|yesterday|this\s(?:morning|afternoon|evening)",
    "fr": r"aujourd['’]hui|demain|hier|ce\s(?:matin|soir)|cet\saprès-midi",
    "de": r"heute|morgen|gestern",
    "es": r"hoy|mañana|ayer|esta\s(?:tarde|noche)",
    "cy": r"heddiw|heno|yfory|ddoe|y\s(?:bore|prynhawn)\s(?:hwn|yma)",
}
"""The words of each language that mean another day when a text is published on another."""
GENERIC = r"(?![’']s\s+\w+s\b)"
"""Not “today’s teenagers”, which means no day."""


def find_day_words(text: str, language: str, day: date, *, month_first: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the places of words that fit one day only.

    Args:
        text: any prose.
        language: the first subtag of its language; `has_day_words` says whether its words are known. Of any other,
            only dates in figures are found.
        day: a date without its year is taken for the one nearest to this day.
        month_first: whether `05/08/2019` is in May. Figures that can be read in two ways are found in both.
    """
    dates = find_dates(text, language, month_first=month_first)
    found = {(each.start, each.end) for each in dates if _may_be(each, day)}
    found |= {match.span() for match in _find_relative_words(text, language)}
    dated = [(each.start, each.end) for each in dates]
    for match in find_weekdays(text, language):
        if (
            not any(start <= match.start() < end for start, end in dated)
            and parse_printed_weekday(match[0]) == day.weekday()
        ):
            found.add(match.span())
    yield from sorted(found)


def has_day_words(language: str) -> bool:
    """Return whether the words for days of a language are known."""
    return language in ROWS


def _find_relative_words(text: str, language: str) -> Iterator[re.Match[str]]:
    """Yield words that mean another day on another day."""
    if language in RELATIVE:
        yield from _compile_relative(language).finditer(text)


@cache
def _compile_relative(language: str) -> re.Pattern[str]:
    end = GENERIC if language == "en" else ""
    return re.compile(rf"(?<![^\W\d_])(?:{RELATIVE[language]})(?![^\W\d_]){end}", re.IGNORECASE)


def _may_be(printed: PrintedDay, day: date) -> bool:
    """Return whether a printed date may be read as a day."""
    if printed.on(day) == day:
        return True
    return not printed.clear and (printed.day, printed.month, printed.year) == (day.month, day.day, day.year)
