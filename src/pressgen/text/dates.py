"""Dates, times and zone names in the reader's language, always from one moment (patterns: Unicode UTS 35, part 4)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from babel import Locale

    from pressgen.model.moment import Moment

PATTERN = re.compile(r"(?:[GyYuQqMLwWdDEecabBhHkKmsSAzZOvVXx]+|'[^']*'|[^A-Za-z'])+")


@lru_cache(maxsize=64)
def locale(language: str) -> Locale:
    """Babel's locale for a BCP 47 language; its parent where the region is unknown.

    Raises:
        ValueError: the language is unknown.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - most texts have no dates

    for name in (language, language.partition("-")[0]):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise ValueError(f"the language “{language}” is unknown")


def shown(moment: Moment, pattern: str, language: str) -> str:
    """A moment on its own clock, in the words of a language.

    Raises:
        ValueError: the pattern has letters that mean nothing.
    """
    return _shown(moment.local, pattern, language)


def _shown(local: datetime, pattern: str, language: str) -> str:
    from babel.dates import format_datetime  # noqa: PLC0415 - as above

    if not PATTERN.fullmatch(pattern):
        raise ValueError(f"“{pattern}” is no date pattern; one is made of letters such as EEEE d MMMM y, HH:mm")
    return format_datetime(local, pattern, locale=locale(language))


def zone_name(moment: Moment) -> str:
    """The short name of the zone at that moment, right for the season (GMT, BST); its offset where it has none."""
    name = moment.local.tzname() or ""
    if name.isalpha():
        return name
    return f"UTC{name[:3]}:{name[3:]}" if name[3:] else f"UTC{name}"


def utc_time(moment: Moment, language: str) -> str:
    """The same instant in UTC, with its day: `23:01 UTC, Tuesday 7 May`."""
    return _shown(moment.instant, "HH:mm 'UTC', EEEE d MMMM", language)
