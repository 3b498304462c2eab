"""Guess where an office is, and the zone of its times.

The signs are telephone codes, domains, places and organisations.
"""

from __future__ import annotations

import re
from collections import Counter

SYDNEY, NEW_YORK = "Australia/Sydney", "America/New_York"
CLUES = {
    "Australia/Adelaide": r"Adelaide,\s+(?:SA|Australia)|SENATOR\s+FOR\s+SOUTH\s+AUSTRALIA",
    "Australia/Perth": r"Perth,?\s+WA\b|Western\s+Australia\s+6\d{3}",
    "Australia/Brisbane": r"Brisbane,?\s+Q(?:LD|ueensland)",
    SYDNEY: r"\.au\b|\bCanberra\b|\bSydney\b|\bMelbourne\b|\bBrisbane\b|\bAustralia(?:n|ns)?\b|\bNSW\b"
    r"|\bCommonwealth\s+Government\b|\+61\b",
    "America/Chicago": r"\bChicago\b|\bDallas\b|\bTexas\b|\bHouston\b|\bIllinois\b|\bMilwaukee\b|\bCT\b(?=\s*/|,)",
    "America/Los_Angeles": r"\bCalifornia\b|\bLos\s+Angeles\b|\bOrange\s+County\b|\bSan\s+(?:Francisco|Diego|Jose)\b"
    r"|\bSeattle\b|\bPT\b(?=/)",
    "America/New_York": r"\bWASHINGTON\b|\bNew\s+York\b|\bBoston\b|\bU\.S\.|\bSenator\b|\bFlorida\b|\bMiami\b"
    r"|\bPennsylvania\b|\bCongress\b|\bFDA\b",
    "America/Toronto": r"\bToronto\b|\bCanad(?:a|ien)\b|\bOntario\b",
    "Europe/Berlin": r"\bBerlin\b|\bMünchen\b|\bDeutschland\b|\.de\b|\+49\b",
    "Europe/Paris": r"\bParis\b|\bFrance\b|\.fr\b|\+33\b",
    "Europe/Madrid": r"\bMadrid\b|\bEspaña\b|\.es\b|\+34\b",
    "Europe/Dublin": r"\bDublin\b|\bIreland\b|\.ie\b|\+353\b",
    "Europe/London": r"\.uk\b|\bUK\b|\bEngland\b|\bWales\b|\bScotland\b|\bLondon\b|\bNHS\b|\+44\b|\bBritish\b|£\d",
}
STATES = {
    "America/New_York": "Conn Del Fla Ga Ind Ky Mass Md Mich N.C N.H N.J N.Y Ohio Pa R.I S.C Va Vt W.Va D.C",
    "America/Chicago": "Ala Ark Ill Iowa Kan La Minn Miss Mo N.D Neb Okla S.D Tenn Texas Wis",
    "America/Denver": "Colo Idaho Mont N.M Utah Wyo",
    "America/Phoenix": "Ariz",
    "America/Los_Angeles": "Calif Nev Ore Wash",
}
"""States as the Associated Press's stylebook abbreviates them after a town, by the zone of most of the state."""
AMERICAN = re.compile(
    r"\b(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|Oct(?:ober|\.)"
    r"|Nov(?:ember|\.)|Dec(?:ember|\.))\s\d{1,2},\s\d{4}\b|(?<![\d+-])\(?[2-9]\d\d\)?[\s.-]\d{3}[.-]\d{4}(?!\d)"
)
"""Dates and telephone numbers as only Americans write both."""
PARTS_OF = {SYDNEY: ("Australia/Adelaide", "Australia/Perth", "Australia/Brisbane")}
"""Zones of a country whose clocks differ from its most common one: a single clue for them decides."""
LANGUAGES = {
    "de": "Europe/Berlin",
    "fr": "Europe/Paris",
    "es": "Europe/Madrid",
    "cy": "Europe/London",
    "pl": "Europe/Warsaw",
}
REGIONS = {
    ("en", "Europe"): "en-GB",
    ("en", "Australia"): "en-AU",
    ("en", "America"): "en-US",
    ("fr", "America"): "fr-CA",
    ("fr", "Europe"): "fr-FR",
    ("de", "Europe"): "de-DE",
    ("es", "Europe"): "es-ES",
}
LEAST = 2
"""The number of clues that decide."""


def guess_issuer_zone(text: str, language: str, home: str) -> tuple[str, bool]:
    """Guess the IANA zone of the office that issued a text.

    Return also whether the text gives any sign of it.

    Args:
        text: the whole text.
        language: two letters.
        home: the zone to use without a sign.
    """
    counts = Counter({zone: len(re.findall(pattern, text)) for zone, pattern in CLUES.items()})
    for zone, pattern in _TOWNS.items():
        counts[zone] += LEAST * len(pattern.findall(text))
    best = max(counts, key=lambda zone: counts[zone])
    if counts[best] < LEAST:
        american = language == "en" and len(AMERICAN.findall(text)) >= LEAST
        return NEW_YORK if american else LANGUAGES.get(language, home), False
    return next((part for part in PARTS_OF.get(best, ()) if counts[part]), best), True


def is_state(word: str) -> bool:
    """Return whether a word is the abbreviation of a US state."""
    return any(word == f"{state}." for states in STATES.values() for state in states.split())


_TOWNS = {
    zone: re.compile(rf"\b[A-Z][A-Za-z]+,\s+(?:{'|'.join(re.escape(each) for each in states.split())})(?:\.|,)")
    for zone, states in STATES.items()
}
"""A town with its state."""


def make_language_tag(language: str, zone: str) -> str:
    """Return the BCP 47 tag of a language in a zone."""
    return REGIONS.get((language, zone.partition("/")[0]), language)
