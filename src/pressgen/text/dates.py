"""Format dates, times and zone names in the reader's language.

All come from one moment (patterns: Unicode UTS 35, part 4).
"""

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
def get_locale(language: str) -> Locale:
    """Return Babel's locale for a BCP 47 language.

    Where the region is unknown, it is that of the language alone.

    Raises:
        ValueError: the language is unknown.
    """
    from babel import Locale, UnknownLocaleError

    for name in (language, language.partition("-")[0]):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise ValueError(f"the language “{language}” is unknown")


def format_moment(moment: Moment, pattern: str, language: str) -> str:
    """Format a moment in its own zone, in a language.

    Raises:
        ValueError: the pattern has letters that mean nothing.
    """
    return _format_local_time(moment.local, pattern, language)


def _format_local_time(local: datetime, pattern: str, language: str) -> str:
    from babel.dates import format_datetime

    if not PATTERN.fullmatch(pattern):
        raise ValueError(f"“{pattern}” is no date pattern; one is made of letters such as EEEE d MMMM y, HH:mm")
    return format_datetime(local, pattern, locale=get_locale(language))


def get_zone_name(moment: Moment) -> str:
    """Return the short name of a moment's zone, or its offset.

    The name is right for the season, such as GMT or BST; a zone without a name has its offset.
    """
    name = moment.local.tzname() or ""
    if name.isalpha():
        return name
    return f"UTC{name[:3]}:{name[3:]}" if name[3:] else f"UTC{name}"


def format_utc_time(moment: Moment, language: str) -> str:
    """Format a moment in UTC: `23:01 UTC, Tuesday 7 May`."""
    return _format_local_time(moment.instant, "HH:mm 'UTC', EEEE d MMMM", language)
