"""Find the signs of the country and zone of an office.

They are domains, telephone numbers, postcodes, places, named zones, registers, spelling and the order of dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.importer.contacts import find_phone_numbers
from pressgen.importer.countries import (
    AUSTRALIAN_AREAS,
    CANADIAN_CODES,
    COUNTRIES,
    ENGLISH,
    LANGUAGE_COUNTRIES,
    REGIONS,
    STATES,
)
from pressgen.importer.dateline import read_dateline
from pressgen.importer.issuer_patterns import (
    AMERICAN,
    AMERICAN_NUMBER,
    BORROWED,
    BRITISH,
    CODES,
    DAY_FIRST,
    DIALLING,
    DOMAIN,
    INSTITUTIONS,
    MONTH_FIRST,
    NATIONAL_SHAPES,
    NUMERIC,
    POSTCODES,
    PROGRAM,
    REGISTERS,
    TOPS,
)
from pressgen.text.embargo.names import find_zone, find_zones
from pressgen.text.embargo.sense import LineKind, classify_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressgen.importer.manuscript import SourceParagraph


@dataclass(frozen=True, slots=True)
class IssuerSign:
    """A sign of an issuer's country, and perhaps of its zone.

    Attributes:
        kind: what sort of sign it is, such as “telephone”.
        words: as printed.
        countries: the countries that it speaks for, in two letters, each with its weight.
        zone: the IANA zone that it speaks for, or empty.
    """

    kind: str
    words: str
    line: int
    countries: tuple[tuple[str, int], ...]
    zone: str = ""


MAIL, WEB, CODE, NATIONAL, POSTCODE, REGISTER, ZONE, DATELINE = 8, 4, 8, 5, 6, 6, 8, 6
STATE, SHARED, PLACE, BODY, SPEECH, SLIGHT = 4, 3, 2, 2, 2, 1
"""The weights of signs."""
FIRST_PARAS = 15
"""Paragraphs in which the dateline is searched for."""
MONTHS = 12
HOMES = ("Australia/Sydney", "America/New_York", "Europe/Dublin", "Asia/Kolkata")
"""Offices that read an abbreviation such as EST differently."""


def _index_places() -> dict[str, tuple[str, str]]:
    """Index all names of places by name: country and zone."""
    found: dict[str, tuple[str, str]] = {}
    for code, country in COUNTRIES.items():
        zone = "" if code in REGIONS else country.zone
        found |= dict.fromkeys(country.places.split("|"), (code, zone))
    for code, zones in REGIONS.items():
        found |= {name: (code, zone) for zone, names in zones.items() for name in names.split("|")}
    return found


PLACES = _index_places()
_LOUD = {name.upper(): name for name in PLACES if len(name) > 3 and name.upper() not in PLACES}  # noqa: PLR2004
NAMED_PLACE = re.compile(
    rf"(?<![\w@./-])(?:{'|'.join(sorted(map(re.escape, [*PLACES, *_LOUD]), key=len, reverse=True))})(?![\w@])"
)
_STATES = {
    code: {state: zone for zone, states in zones.items() for state in states.split()} for code, zones in STATES.items()
}
AUSTRALIAN_STATE = re.compile(rf"\b({'|'.join(_STATES['AU'])})[.,]*\s+\d{{4}}\b")
TOWN_AND_STATE = re.compile(
    rf"\b[A-Z][\w.’'-]+,\s+(?P<state>{'|'.join([*_STATES['US'], *_STATES['CA']])})"
    rf"(?P<zip>\.?\s+\d{{5}}(?:-\d{{4}})?)?\b"
)


def find_signs(paras: Sequence[SourceParagraph], language: str) -> list[IssuerSign]:
    """Find the signs of the issuer's country, each once.

    Args:
        paras: the whole text.
        language: of the text, two letters, or empty.
    """
    found: dict[tuple[str, str], IssuerSign] = {}
    for sign in [
        *_read_language(language),
        *_read_datelines(paras),
        *(each for para in paras for each in _read(para, language)),
    ]:
        found.setdefault((sign.kind, sign.words.lower()), sign)
    return list(found.values())


def _read_language(language: str) -> Iterator[IssuerSign]:
    countries = LANGUAGE_COUNTRIES.get(language, "").split()
    if countries:
        first, *others = countries
        weights = ((first, MAIL if language == "cy" else SPEECH), *((each, SLIGHT) for each in others))
        yield IssuerSign("language", language, 0, weights)


def _read_datelines(paras: Sequence[SourceParagraph]) -> Iterator[IssuerSign]:
    for para in paras[:FIRST_PARAS]:
        dateline = read_dateline(para.text[:300], "Europe/London")
        if dateline and dateline.place:
            for code, zone, words in _find_places(dateline.place, loud=True):
                yield IssuerSign("dateline", words, para.line, ((code, DATELINE),), zone)
            for match in TOWN_AND_STATE.finditer(dateline.place):
                yield _read_state("dateline", match, para.line, DATELINE)


def _read(para: SourceParagraph, language: str) -> Iterator[IssuerSign]:
    text, line = para.text, para.line
    yield from _read_domains(para)
    yield from _read_numbers(text, line, language)
    yield from _read_addresses(text, line)
    for kind, weight, table in (
        ("postcode", POSTCODE, POSTCODES), ("register", REGISTER, REGISTERS), ("institution", BODY, INSTITUTIONS),
    ):  # fmt: skip
        for code, pattern in table:
            for match in pattern.finditer(text):
                yield IssuerSign(kind, match[0], line, ((code, weight),), _single_zone(code))
    for code, zone, words in _find_places(text):
        yield IssuerSign("place", words, line, ((code, PLACE),), zone)
    if classify_line(text[:300]) in (LineKind.EMBARGO, LineKind.IMMEDIATE, LineKind.EVENT):
        yield from _read_zones(text[:300], line)
    if language == "en":
        yield from _read_usage(text, line)


def _read_addresses(text: str, line: int) -> Iterator[IssuerSign]:
    """Read states with their postcodes, and towns with their states."""
    for match in AUSTRALIAN_STATE.finditer(text):
        yield IssuerSign("postcode", match[0], line, (("AU", POSTCODE),), _STATES["AU"][match[1]])
    for match in TOWN_AND_STATE.finditer(text):
        yield _read_state("postcode" if match["zip"] else "state", match, line, POSTCODE if match["zip"] else STATE)


def _read_domains(para: SourceParagraph) -> Iterator[IssuerSign]:
    for match in DOMAIN.finditer(para.text):
        top = match["top"].lower()
        addressed = (
            match["mail"] or match["domain"].lower().startswith("www.") or para.text[: match.start()].endswith("//")
        )
        if (code := TOPS.get(top)) and (addressed or top not in BORROWED):
            weight = MAIL if match["mail"] else WEB
            yield IssuerSign("domain", match["domain"], para.line, ((code, weight),), _single_zone(code))


def _read_numbers(text: str, line: int, language: str) -> Iterator[IssuerSign]:
    for match in find_phone_numbers(text):
        number = match[0].strip()
        if dialled := DIALLING.match(number):
            yield from _read_dialled(number, dialled[1], line)
        elif american := AMERICAN_NUMBER.fullmatch(number):
            code = "CA" if american["area"] in CANADIAN_CODES else "US"
            yield IssuerSign("telephone", number, line, ((code, NATIONAL),))
        elif codes := [code for code, shape in NATIONAL_SHAPES if shape.fullmatch(number)]:
            yield _read_national(number, codes, language, line)


def _read_national(number: str, codes: list[str], language: str, line: int) -> IssuerSign:
    """Read a number without a country code, by its shape."""
    spoken = LANGUAGE_COUNTRIES.get(language, ENGLISH).split()
    fitting = [code for code in codes if code in spoken] or codes
    weight = SLIGHT if fitting == codes and codes[0] not in spoken else NATIONAL if len(fitting) == 1 else SHARED
    area = AUSTRALIAN_AREAS.get(number.strip("(")[:2], "") if "AU" in fitting else _single_zone(fitting[0])
    return IssuerSign("telephone", number, line, tuple((code, weight) for code in fitting), area)


def _read_dialled(number: str, digits: str, line: int) -> Iterator[IssuerSign]:
    if digits.startswith("1"):
        area = "".join(filter(str.isdigit, number)).lstrip("0")[1:4]
        yield IssuerSign("telephone", number, line, (("CA" if area in CANADIAN_CODES else "US", CODE),))
        return
    if code := next((CODES[digits[:size]] for size in (3, 2, 1) if digits[:size] in CODES), ""):
        yield IssuerSign("telephone", number, line, ((code, CODE),), _single_zone(code))


def _read_state(kind: str, match: re.Match[str], line: int, weight: int) -> IssuerSign:
    code = "US" if match["state"] in _STATES["US"] else "CA"
    return IssuerSign(kind, match[0], line, ((code, weight),), _STATES[code][match["state"]])


def _find_places(text: str, *, loud: bool = False) -> Iterator[tuple[str, str, str]]:
    """Find the places in a text: country, zone, and words.

    Args:
        text: a paragraph, or the place of a dateline.
        loud: whether names in capitals count as well, whatever their length.
    """
    for match in NAMED_PLACE.finditer(text.title() if loud and text.isupper() else text):
        code, zone = PLACES[_LOUD.get(match[0], match[0])]
        yield code, zone, match[0]


def _read_zones(text: str, line: int) -> Iterator[IssuerSign]:
    """Read the zones of an embargo line that only one country has."""
    for word in find_zones(text):
        meant = {zone.name for home in HOMES if (zone := find_zone(word, home))}
        named = meant.pop() if len(meant) == 1 else ""
        if code := _find_country(named) if named else "":
            yield IssuerSign("named zone", word, line, ((code, ZONE),), _single_zone(code))


def _find_country(zone: str) -> str:
    for code, zones in REGIONS.items():
        if zone in zones:
            return code
    return next((code for code, country in COUNTRIES.items() if country.zone == zone), "")


def _read_usage(text: str, line: int) -> Iterator[IssuerSign]:
    """Read the spelling and the order of dates in an English text."""
    others = tuple((code, SLIGHT) for code in ENGLISH.split() if code != "US")
    for match in BRITISH.finditer(text):
        yield IssuerSign("spelling", match[0].lower(), line, others)
    for match in AMERICAN.finditer(text):
        yield IssuerSign("spelling", match[0].lower(), line, (("US", SLIGHT),))
    if program := PROGRAM.search(text):
        yield IssuerSign("spelling", program[0].lower(), line, (("US", SLIGHT), ("AU", SLIGHT), ("CA", SLIGHT)))
    for match in MONTH_FIRST.finditer(text):
        yield IssuerSign("order of the date", match[0], line, (("US", 2 * SLIGHT), ("CA", SLIGHT)))
    for match in DAY_FIRST.finditer(text):
        yield IssuerSign("order of the date", match[0], line, others)
    for match in NUMERIC.finditer(text):
        if int(match[1]) > MONTHS >= int(match[2]):
            yield IssuerSign("order of the date", match[0], line, others)
        elif int(match[2]) > MONTHS >= int(match[1]):
            yield IssuerSign("order of the date", match[0], line, (("US", 2 * SLIGHT),))


def _single_zone(code: str) -> str:
    """Return the zone of a country that has only one; otherwise empty."""
    return "" if code in REGIONS else COUNTRIES[code].zone


def list_speakers(signs: Iterable[IssuerSign], code: str) -> list[IssuerSign]:
    """List the signs that speak for a country."""
    return [sign for sign in signs if any(each == code for each, _ in sign.countries)]
