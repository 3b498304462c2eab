"""Weigh in which country and zone a release was issued."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.importer.countries import COUNTRIES, ENGLISH, LANGUAGE_COUNTRIES, REGIONS, SAME_CLOCK
from pressgen.importer.draft import Confidence, Evidence
from pressgen.importer.issuer_signs import IssuerSign, find_signs, list_speakers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pressgen.importer.manuscript import SourceParagraph

MOST = {"place": 6, "spelling": 4, "order of the date": 2, "institution": 4, "domain": 12, "telephone": 12, "state": 8,
    "postcode": 8, "register": 6, "dateline": 6}  # fmt: skip
"""The most that all signs of one kind weigh together."""
SURE, LIKELY, AHEAD = 8, 3, 2
"""The least weight of a sure country, of a likely one, and its distance from the next."""
DECIDING = 4
"""The least weight of the signs of a zone, in a country that has several, to be sure."""
REGIONAL = frozenset(("fr-CA", "fr-BE", "fr-CH", "de-AT", "de-CH", "es-MX", "pt-BR", "nl-BE"))


@dataclass(frozen=True, slots=True)
class Issuer:
    """The office that issued a release, as far as its text shows.

    Attributes:
        country: two letters, or empty where nothing decides.
        zone: the IANA zone; where nothing decides, the one that is most likely.
        placed: how sure country and zone are; OPEN where the country has several zones, and none is likelier.
        reason: why it is not sure, a sentence.
        signs: everything that was weighed.
    """

    country: str
    zone: str
    placed: Confidence
    reason: str
    signs: tuple[IssuerSign, ...]
    weights: tuple[tuple[str, int], ...] = ()

    @property
    def countries(self) -> frozenset[str]:
        """The countries in which it may be."""
        return frozenset(code for code, _ in self.weights)


def identify_issuer(paras: Sequence[SourceParagraph], language: str, home: str) -> Issuer:
    """Weigh the signs of an office's country and zone.

    Args:
        paras: the whole text.
        language: of the text, two letters, or empty.
        home: the zone to use without a sign.
    """
    signs = find_signs(paras, language)
    weights = weigh_countries(signs)
    (best, most), (second, next_most) = [*weights, ("", 0), ("", 0)][:2]
    if most < LIKELY or most - next_most < AHEAD:
        codes = LANGUAGE_COUNTRIES.get(language, "").split()
        zone = COUNTRIES[codes[0]].zone if codes else home
        rivals = f"the signs speak for {_name(best)} as much as for {_name(second)}"
        reason = rivals if next_most >= LIKELY else "nothing says where the office is"
        return Issuer("", zone, Confidence.DOUBTFUL, f"{reason}, so the zone of the house or language was used",
                      tuple(signs), tuple(weights))  # fmt: skip
    foreign = language in LANGUAGE_COUNTRIES and best not in LANGUAGE_COUNTRIES[language].split()
    sure = most >= SURE and most > 2 * next_most and not foreign
    zone, placed, reason = _choose_zone(list_speakers(signs, best), best)
    if placed is Confidence.SURE and not sure:
        against = f", and others for {_name(second)}" if next_most else ""
        placed, reason = Confidence.LIKELY, f"few signs speak for {_name(best)}{against}"
    return Issuer(best, zone, placed, reason, tuple(signs), tuple(weights))


def weigh_countries(signs: Iterable[IssuerSign]) -> list[tuple[str, int]]:
    """Weigh the countries that signs speak for, most likely first."""
    totals: Counter[tuple[str, str]] = Counter()
    for sign in signs:
        for code, weight in sign.countries:
            totals[code, sign.kind] = min(totals[code, sign.kind] + weight, MOST.get(sign.kind, weight))
    countries: Counter[str] = Counter()
    for (code, _), weight in totals.items():
        countries[code] += weight
    return countries.most_common()


def _choose_zone(signs: Sequence[IssuerSign], code: str) -> tuple[str, Confidence, str]:
    """Choose the zone in a country; say why it is not sure."""
    country = COUNTRIES[code]
    if code not in REGIONS:
        return country.zone, Confidence.SURE, ""
    zones: Counter[str] = Counter()
    for sign in signs:
        if sign.zone:
            zones[sign.zone] += next(weight for each, weight in sign.countries if each == code)
    (zone, most), *rest = [*zones.most_common(), ("", 0)]
    others = [each for each, weight in rest if weight and not _is_same_clock(each, zone) and 2 * weight > most]
    named = country.name if country.name.endswith("a") else f"the {country.name}"
    if not zone or others:
        why = f"the text names places in {len(others) + 1} of them" if others else "no place in the text decides"
        return zone or country.zone, Confidence.OPEN, f"{named} has several zones, and {why}"
    if most < DECIDING:
        return zone, Confidence.LIKELY, f"{named} has several zones, and only a mention of a place decides"
    return zone, Confidence.SURE, ""


def _is_same_clock(one: str, other: str) -> bool:
    return any(one in zones and other in zones for zones in SAME_CLOCK)


def _name(code: str) -> str:
    return COUNTRIES[code].name if code else "none"


def list_issuer_evidence(issuer: Issuer) -> list[Evidence]:
    """List the signs of an issuer's country and zone, heaviest first."""
    found = [
        Evidence("country", " ".join(code for code, _ in sign.countries), sign.kind, sign.words, sign.line,
                 max(weight for _, weight in sign.countries))
        for sign in issuer.signs
    ]  # fmt: skip
    found += [
        Evidence("zone", sign.zone, sign.kind, sign.words, sign.line, dict(sign.countries)[issuer.country])
        for sign in list_speakers(issuer.signs, issuer.country) if sign.zone and issuer.country in REGIONS
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.subject, -each.weight, each.line))


def make_language_tag(language: str, issuer: Issuer, home: str) -> str:
    """Return the BCP 47 tag of a language in an issuer's country.

    Without a country, the home tag is used if it is of that language.

    Args:
        language: two letters, or empty.
        issuer: where the text comes from.
        home: the tag of the house.
    """
    country = issuer.country
    if not language:
        return home
    if language == "en":
        if country in ENGLISH.split():
            return f"en-{country}"
        american = [each for each in issuer.signs if each.kind == "spelling" and each.countries[0][0] == "US"]
        british = [each for each in issuer.signs if each.kind == "spelling" and each.countries[0][0] != "US"]
        if len(american) != len(british):
            return "en-US" if len(american) > len(british) else "en-GB"
        return home if home.startswith("en") else "en-GB"
    spoken = LANGUAGE_COUNTRIES.get(language, "").split()
    if f"{language}-{country}" in REGIONAL:
        return f"{language}-{country}"
    return f"{language}-{spoken[0]}" if language in ("fr", "de", "es") and spoken else language
