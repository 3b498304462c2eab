"""The newsroom's own words by language; where it lacks a language, it speaks English and says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.text.dates import locale, zone_name

if TYPE_CHECKING:
    from babel import Locale

    from pressgen.model.moment import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the newsroom says of its own; `language` is what it says it in."""

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


ENGLISH = Words(language="en-GB")
SPOKEN = {
    "en": ENGLISH,
    "cy": Words(
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


def words(language: str) -> Words:
    """The words of a BCP 47 language, or English ones; dates among them are the region's own."""
    found = SPOKEN.get(language.partition("-")[0].lower())
    return replace(found, language=language) if found else ENGLISH


def day(moment: Moment, language: str) -> str:
    """A day in the words of a language: `11 March 2027`, `March 11, 2027`."""
    from babel.dates import format_date  # noqa: PLC0415 - only the making of a page needs it

    return format_date(moment.local, "long", locale=_locale(language))


def minute(moment: Moment, language: str) -> str:
    """A day with its time and zone, as that clock showed it: `11 March 2027, 00:01 GMT`."""
    return f"{day(moment, language)}, {moment.local:%H:%M} {zone_name(moment)}"


def month(moment: Moment, language: str) -> str:
    """The name of a month, as it stands by itself."""
    from babel.dates import format_date  # noqa: PLC0415 - as above

    name = format_date(moment.local, "LLLL", locale=_locale(language))
    return f"{name[0].upper()}{name[1:]}"


def own_name(language: str) -> str:
    """What those who speak a language call it, with a capital: `Cymraeg`; its code where nobody has told."""
    try:
        name = locale(language).get_language_name()
    except ValueError:
        name = None
    return f"{name[0].upper()}{name[1:]}" if name else language


def _locale(language: str) -> Locale:
    """The locale of a language, English where its months are not known."""
    try:
        return locale(language)
    except ValueError:
        return locale("en-GB")
