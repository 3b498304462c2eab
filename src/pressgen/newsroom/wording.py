"""The newsroom's own words by language.

Where it lacks a language, it uses English and marks it as such.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.text.dates import get_locale, get_zone_name

if TYPE_CHECKING:
    from babel import Locale

    from pressgen.model.moment import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsroomWording:
    """The newsroom's own words in one language."""

    language: str
    newsroom: str = "Newsroom"
    releases: str = "News releases"
    year: str = "News releases, {year}"
    years: str = "By year"
    none: str = "There is no release here."
    files: str = "This release as a file"
    languages: str = "Other languages"
    word: str = "Word"
    corrected: str = "Corrected {when}: {line}"
    corrections: str = "Corrections"
    correction: str = "Corrected"
    withdrawn: str = "This news release has been withdrawn"
    withdrawal: str = "The release {reference}, published on {published}, was withdrawn on {when}."
    reason: str = "Reason: {reason}"
    disregard: str = "Please do not use it, and take down what was published from it."
    feeds: str = "Feeds"


ENGLISH = NewsroomWording(language="en-GB")
SPOKEN = {
    "en": ENGLISH,
    "cy": NewsroomWording(
        language="cy",
        newsroom="Ystafell newyddion",
        releases="Datganiadau i’r wasg",
        year="Datganiadau i’r wasg {year}",
        years="Fesul blwyddyn",
        none="Nid oes datganiad yma.",
        files="Y datganiad hwn fel ffeil",
        languages="Ieithoedd eraill",
        word="Word",
        corrected="Cywirwyd {when}: {line}",
        corrections="Cywiriadau",
        correction="Cywirwyd",
        withdrawn="Tynnwyd y datganiad hwn i’r wasg yn ôl",
        withdrawal="Tynnwyd y datganiad {reference}, a gyhoeddwyd ar {published}, yn ôl ar {when}.",
        reason="Rheswm: {reason}",
        disregard="Peidiwch â’i ddefnyddio, a thynnwch i lawr yr hyn a gyhoeddwyd ohono.",
        feeds="Ffrydiau",
    ),
}


def get_wording(language: str) -> NewsroomWording:
    """Return the newsroom's words in a language, or in English.

    The language is BCP 47. Dates are the region's own.
    """
    found = SPOKEN.get(language.partition("-")[0].lower())
    return replace(found, language=language) if found else ENGLISH


def format_day(moment: Moment, language: str) -> str:
    """Format a day, such as `11 March 2027` or `March 11, 2027`."""
    from babel.dates import format_date

    return format_date(moment.local, "long", locale=_get_locale(language))


def format_minute(moment: Moment, language: str) -> str:
    """Format a day with its time and zone.

    Such as `11 March 2027, 00:01 GMT`.
    """
    return f"{format_day(moment, language)}, {moment.local:%H:%M} {get_zone_name(moment)}"


def format_month(moment: Moment, language: str) -> str:
    """Format the name of a month on its own."""
    from babel.dates import format_date

    name = format_date(moment.local, "LLLL", locale=_get_locale(language))
    return f"{name[0].upper()}{name[1:]}"


def get_native_name(language: str) -> str:
    """Return a language's name in that language, such as `Cymraeg`.

    Where it is not known, return the code.
    """
    try:
        name = get_locale(language).get_language_name()
    except ValueError:
        name = None
    return f"{name[0].upper()}{name[1:]}" if name else language


def _get_locale(language: str) -> Locale:
    """Return the locale of a language, or English if unknown.

    A language is unknown where the names of its months are.
    """
    try:
        return get_locale(language)
    except ValueError:
        return get_locale("en-GB")
