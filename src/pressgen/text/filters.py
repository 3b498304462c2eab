"""The filters of prose and phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.model.moment import Moment
from pressgen.text import dates, figures

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from pressgen.model.house import Formats


def filters(language: str, formats: Formats) -> dict[str, Callable[..., object]]:
    """Every filter by name, for one language and one house's patterns."""

    def moment(value: object, pattern: str = formats.moment) -> str:
        return dates.shown(_moment(value), pattern, language)

    def date(value: object, pattern: str = formats.date) -> str:
        return dates.shown(_moment(value), pattern, language)

    def time(value: object, pattern: str = formats.time) -> str:
        return dates.shown(_moment(value), pattern, language)

    return {
        "nearest": figures.nearest,
        "up": figures.up,
        "down": figures.down,
        "plain": plain_digits,
        "moment": moment,
        "date": date,
        "time": time,
        "zone": lambda value: dates.zone_name(_moment(value)),
        "utc": lambda value: dates.utc_time(_moment(value), language),
        "upper": lambda value: str(value).upper(),
        "lower": lambda value: str(value).lower(),
    }


def plain_digits(value: Decimal | int) -> str:
    """A number without marks for the thousands."""
    return f"{value:f}" if not isinstance(value, int) else str(value)


def _moment(value: object) -> Moment:
    if not isinstance(value, Moment):
        raise TypeError("only a time can be shown as one, such as times.embargo")
    return value
