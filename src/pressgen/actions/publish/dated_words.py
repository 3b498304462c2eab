"""Words of an approved text that fit one day only.

Examples are “today”, a date, or a weekday.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.load.source import read_source
from pressgen.text.days import ROWS, find_dates, find_weekdays
from pressgen.text.embargo.days import RELATIVE
from pressgen.text.embargo.names import parse_weekday

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version

TEXT = "public/"


def find_dated_words(ledger: Ledger, version: Version, was: datetime) -> list[str] | None:
    """Find words in a version's public texts that fit one day only.

    That is the day of `was`: its date, its weekday, or a word like “today”.

    Returns:
        the words as printed, each once; None where a text is in a language with unknown words for days.

    Raises:
        InputError: a file of the version is not in the ledger as it was approved.
    """
    day = was.astimezone(ZoneInfo(version.zone)).date()
    found: dict[str, None] = {}
    for name, digest in version.files.items():
        if name.startswith(TEXT) and name.endswith(".txt"):
            language = _find_text_language(ledger, version, name)
            if language not in ROWS:
                return None
            found |= dict.fromkeys(_find_words_for_day(ledger.fetch(digest).decode(), language, day))
    return list(found)


def _find_text_language(ledger: Ledger, version: Version, name: str) -> str:
    """Return the first subtag of a text's language.

    The source's own field decides, or else the file's name.
    """
    stem = name.removesuffix(".txt").removeprefix(TEXT)
    suffix = stem.rpartition(".")[2] if "." in stem else ""
    file = f"release.{suffix}.yaml" if suffix else "release.yaml"
    if file not in version.data:
        return ""
    house = next((each for each in version.house if each.endswith("/house.yaml")), "")
    places = [(file, version.data[file]), *([(house, version.house[house])] if house else [])]
    read = (read_source(ledger.fetch(digest), each)[0].text_at("language") for each, digest in places)
    return next(filter(None, read), suffix).partition("-")[0].lower()


def _find_words_for_day(text: str, language: str, day: date) -> Iterator[str]:
    for match in RELATIVE.finditer(text):
        yield match[0]
    for printed in find_dates(text, language):
        if printed.on(day) == day:
            yield " ".join(text[printed.start : printed.end].split())
    for match in find_weekdays(text, language):
        if parse_weekday(match[0].lower()) == day.weekday():
            yield match[0]
