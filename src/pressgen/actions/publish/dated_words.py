"""Words of an approved text that hold on one day only: “today”, a date, a weekday."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.load.source import read_source
from pressgen.text.days import ROWS, printed_days, weekdays
from pressgen.text.embargo.days import RELATIVE
from pressgen.text.embargo.names import weekday_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version

TEXT = "public/"


def find_dated_words(ledger: Ledger, version: Version, was: datetime) -> list[str] | None:
    """Find the words of a version's public texts that name the day of `was`, or a day counted from it.

    Returns: the words as printed, each once; None where a text is in a language whose words for days are not known.

    Raises:
        Refused: a file of the version is not in the ledger as it was approved.
    """
    day = was.astimezone(ZoneInfo(version.zone)).date()
    found: dict[str, None] = {}
    for name, digest in version.files.items():
        if name.startswith(TEXT) and name.endswith(".txt"):
            language = _language(ledger, version, name)
            if language not in ROWS:
                return None
            found |= dict.fromkeys(_dated(ledger.fetch(digest).decode(), language, day))
    return list(found)


def _language(ledger: Ledger, version: Version, name: str) -> str:
    """The first subtag of the language of a text: by the name of its file, else by the release's own field."""
    stem = name.removesuffix(".txt").removeprefix(TEXT)
    suffix = stem.rpartition(".")[2] if "." in stem else ""
    file = f"release.{suffix}.yaml" if suffix else "release.yaml"
    if file not in version.data:
        return ""
    house = next((each for each in version.house if each.endswith("/house.yaml")), "")
    places = [(file, version.data[file]), *([(house, version.house[house])] if house else [])]
    read = (read_source(ledger.fetch(digest), each)[0].text_at("language") for each, digest in places)
    return next(filter(None, read), suffix).partition("-")[0].lower()


def _dated(text: str, language: str, day: date) -> Iterator[str]:
    for match in RELATIVE.finditer(text):
        yield match[0]
    for printed in printed_days(text, language):
        if printed.on(day) == day:
            yield " ".join(text[printed.start : printed.end].split())
    for match in weekdays(text, language):
        if weekday_of(match[0].lower()) == day.weekday():
            yield match[0]
