"""A lift on a weekend or a bank holiday, or of official statistics at another hour than 09:30.

Desks are thin then, and nobody answers the telephone. It may be meant, so it is a warning; a weekend is a note on style
in houses that do not name their country. Bank holidays are those of `style.country`; the hour of statistics (Code of
Practice for Statistics, T3.6) counts where `style.statistics` is `true`.

Wrong: `embargo: 2019-05-06 00:01`, the early May bank holiday, in a house whose country is `GB-ENG`

Right: `embargo: 2019-05-07 00:01`
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pressgen.check.subject import Subject

SATURDAY = 5
STATISTICS = (9, 30)


@rule("T15", "day-off", Severity.WARNING)
def check(subject: Subject) -> Iterator[Finding]:
    """Find lifts on weekends, bank holidays and at unusual hours."""
    name = "embargo" if subject.moments.embargo else "publish"
    moment, typed = getattr(subject.moments, name), getattr(subject.release.times, name)
    if moment is None:
        return
    day, style = moment.local.date(), subject.house.style
    path, end = f"times.{name}", len(typed)
    holiday = _find_holiday(day, style.country) if style.country else ""
    if holiday:
        yield Finding(path, f"{day.day} {day:%B %Y} is a bank holiday ({holiday})", 0, end)
    elif day.weekday() >= SATURDAY:
        severity = None if style.country else Severity.STYLE
        yield Finding(
            path, f"{day.day} {day:%B %Y} is a {day:%A}: few journalists work then", 0, end, severity=severity
        )
    if style.statistics and (moment.local.hour, moment.local.minute) != STATISTICS:
        yield Finding(
            path, f"official statistics are released at 09:30 on a weekday, not at {moment.local:%H:%M}", 0, end
        )


@lru_cache(maxsize=256)
def _find_holiday(day: date, country: str) -> str:
    import holidays

    land, _, part = country.partition("-")
    try:
        return str(holidays.country_holidays(land, subdiv=part or None, years=day.year).get(day) or "")
    except NotImplementedError:
        return ""
