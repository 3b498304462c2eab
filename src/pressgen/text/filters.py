"""The filters of prose and phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.model.moment import Moment
from pressgen.text import dates, figures

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from pressgen.model.house import Formats


def make_filters(language: str, formats: Formats) -> dict[str, Callable[..., object]]:
    """Return the filters by name, for a language and a house's patterns."""

    def moment(value: object, pattern: str = formats.moment) -> str:
        return dates.format_moment(_require_moment(value), pattern, language)

    def date(value: object, pattern: str = formats.date) -> str:
        return dates.format_moment(_require_moment(value), pattern, language)

    def time(value: object, pattern: str = formats.time) -> str:
        return dates.format_moment(_require_moment(value), pattern, language)

    return {
        "nearest": figures.nearest,
        "up": figures.up,
        "down": figures.down,
        "plain": format_plain_digits,
        "moment": moment,
        "date": date,
        "time": time,
        "zone": lambda value: dates.get_zone_name(_require_moment(value)),
        "utc": lambda value: dates.format_utc_time(_require_moment(value), language),
        "upper": lambda value: str(value).upper(),
        "lower": lambda value: str(value).lower(),
    }


def format_plain_digits(value: Decimal | int) -> str:
    """Format a number without thousands separators."""
    return f"{value:f}" if not isinstance(value, int) else str(value)


def _require_moment(value: object) -> Moment:
    if not isinstance(value, Moment):
        raise TypeError("only a time can be shown as one, such as times.embargo")
    return value
