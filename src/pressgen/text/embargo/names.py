"""The names of months, weekdays and zones, as newsrooms write them.

The languages are English, French, German, Spanish and Welsh.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MONTHS = (
    "january february march april may june july august september october november december",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr",
    "ionawr chwefror fawrth ebrill fai fehefin orffennaf awst fedi hydref dachwedd ragfyr",  # after a soft mutation
    "jänner fevrier maerz avril mayo juin juillet aout setiembre octobre novembre decembre",  # other spellings
)
WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "lunes martes miércoles jueves viernes sábado domingo",
    "llun mawrth mercher iau gwener sadwrn sul",  # after “dydd”
)
SHORT_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WELSH_DAY = "dydd "
RELATIVE = {
    0: "today tonight heute aujourd'hui aujourd’hui hoy heddiw heno",
    1: "tomorrow morgen demain mañana yfory",
}


class Zone(NamedTuple):
    """The meaning of a zone's name or abbreviation.

    Attributes:
        name: an IANA zone.
        offset: minutes east of Greenwich if it names one offset of that zone; None for the zone's current clock.
        region: the beginning of the names of zones where it has this meaning; empty for everywhere.
    """

    name: str
    offset: int | None = None
    region: str = ""


NEW_YORK, CHICAGO, DENVER, ANGELES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
)  # fmt: skip
LONDON, SYDNEY, ADELAIDE, PARIS = "Europe/London", "Australia/Sydney", "Australia/Adelaide", "Europe/Paris"
ZONES: dict[str, tuple[Zone, ...]] = {
    "gmt": (Zone("UTC", 0),), "utc": (Zone("UTC", 0),), "z": (Zone("UTC", 0),),
    "bst": (Zone(LONDON, 60),), "uk time": (Zone(LONDON),), "london time": (Zone(LONDON),),
    "amser y du": (Zone(LONDON),),
    "cet": (Zone(PARIS, 60),), "cest": (Zone(PARIS, 120),), "mez": (Zone("Europe/Berlin", 60),),
    "mesz": (Zone("Europe/Berlin", 120),), "heure de paris": (Zone(PARIS),), "hora de madrid": (Zone("Europe/Madrid"),),
    "hora peninsular": (Zone("Europe/Madrid"),), "eet": (Zone("Europe/Athens", 120),),
    "eest": (Zone("Europe/Athens", 180),),
    "et": (Zone(NEW_YORK),), "eastern": (Zone(NEW_YORK),), "eastern time": (Zone(NEW_YORK),),
    "eastern u.s. time": (Zone(NEW_YORK),), "us et": (Zone(NEW_YORK),), "u.s. et": (Zone(NEW_YORK),),
    "us eastern": (Zone(NEW_YORK),), "us eastern time": (Zone(NEW_YORK),), "eastern daylight time": (Zone(NEW_YORK),),
    "est": (Zone(SYDNEY, 600, "Australia/"), Zone(NEW_YORK, -300)), "edt": (Zone(NEW_YORK, -240),),
    "ct": (Zone(CHICAGO),), "central time": (Zone(CHICAGO),), "cdt": (Zone(CHICAGO, -300),),
    "cst": (Zone(ADELAIDE, 570, "Australia/"), Zone("Asia/Shanghai", 480, "Asia/"), Zone(CHICAGO, -360)),
    "mt": (Zone(DENVER),), "mst": (Zone(DENVER, -420),), "mdt": (Zone(DENVER, -360),),
    "pt": (Zone(ANGELES),), "pacific time": (Zone(ANGELES),), "pst": (Zone(ANGELES, -480),),
    "pdt": (Zone(ANGELES, -420),), "hst": (Zone("Pacific/Honolulu", -600),),
    "aest": (Zone(SYDNEY, 600),), "aedt": (Zone(SYDNEY, 660),), "eastern standard time": (
        Zone(SYDNEY, 600, "Australia/"), Zone(NEW_YORK, -300)),
    "acst": (Zone(ADELAIDE, 570),), "acdt": (Zone(ADELAIDE, 630),), "awst": (Zone("Australia/Perth", 480),),
    "nzst": (Zone("Pacific/Auckland", 720),), "nzdt": (Zone("Pacific/Auckland", 780),),
    "jst": (Zone("Asia/Tokyo", 540),), "sgt": (Zone("Asia/Singapore", 480),), "hkt": (Zone("Asia/Hong_Kong", 480),),
    "ist": (Zone("Europe/Dublin", 60, "Europe/"), Zone("Asia/Kolkata", 330)),
    "sast": (Zone("Africa/Johannesburg", 120),),
}  # fmt: skip


def parse_month(word: str) -> int | None:
    """Return the month that a word names; None for any other word.

    Names may be cut to three or four letters.
    """
    return _MONTH_OF.get(word.lower().rstrip("."))


def parse_weekday(word: str) -> int | None:
    """Return the weekday that a word names, Monday being 0; else None."""
    lower = word.lower().rstrip(".")
    return _WEEKDAY_OF.get(lower)


def parse_relative_day(word: str) -> int | None:
    """Return how many days ahead a word such as “tomorrow” means."""
    return next((days for days, words in RELATIVE.items() if word.lower() in words.split()), None)


def find_zone(word: str, issuer: str) -> Zone | None:
    """Return the meaning of a zone's name or abbreviation.

    It is read as an office in the IANA zone `issuer` reads it.
    """
    choices = ZONES.get(" ".join(word.lower().split()), ())
    return next((zone for zone in choices if issuer.startswith(zone.region)), None)


def _index_months() -> dict[str, int]:
    found: dict[str, int] = {}
    short: dict[str, set[int]] = {}
    for names in MONTHS:
        for number, name in enumerate(names.split(), 1):
            found[name] = number
            for cut in (name[:3], name[:4]):
                short.setdefault(cut, set()).add(number)
    return {cut: numbers.pop() for cut, numbers in short.items() if len(numbers) == 1} | found


def _index_weekdays() -> dict[str, int]:
    *others, welsh = (names.split() for names in WEEKDAYS)
    found = {name: at for names in others for at, name in enumerate(names)}
    found |= {WELSH_DAY + name: at for at, name in enumerate(welsh)}
    for at, short in enumerate(SHORT_WEEKDAYS):
        found |= {short: at, f"{short}s": at}
    return found | {"thur": 3, "thurs": 3}


_MONTH_OF = _index_months()
_WEEKDAY_OF = _index_weekdays()
MONTH_WORD = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
WEEKDAY_WORD = "|".join(sorted(_WEEKDAY_OF, key=len, reverse=True))
RELATIVE_WORD = "|".join(word for words in RELATIVE.values() for word in words.split())
ZONE_WORD = "|".join(sorted((name.replace(".", r"\.").replace(" ", r"\s+") for name in ZONES), key=len, reverse=True))
NAMED_ZONE = re.compile(rf"(?<![\w-])(?:{ZONE_WORD})(?![\w-])", re.IGNORECASE)


def find_zones(line: str) -> list[str]:
    """Return the zones that a line names, each once, as printed.

    Abbreviations count only in capitals, because “est” is French.
    """
    found = [match[0] for match in NAMED_ZONE.finditer(line) if match[0].isupper() or " " in match[0]]
    return list(dict.fromkeys(each for each in found if len(each) > 1))
