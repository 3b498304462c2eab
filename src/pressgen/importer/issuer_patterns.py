"""Patterns of domains, numbers, postcodes, registers and spelling that tell countries apart."""

from __future__ import annotations

import re

from pressgen.importer.countries import COUNTRIES


def _compile(table: dict[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compile a pattern for each country; blanks in it are ignored."""
    return tuple((code, re.compile(pattern, re.VERBOSE)) for code, pattern in table.items())


DOMAIN = re.compile(
    r"(?P<mail>@)?(?<![\w.-])(?P<domain>(?:[\w-]+\.)+(?P<top>[a-z]{2,4}))(?![\w.-]*@)(?!\w)", re.IGNORECASE
)
TOPS = {code.lower(): code for code in COUNTRIES} | {"uk": "GB", "gov": "US", "edu": "US", "mil": "US"}
BORROWED = frozenset(("co", "in", "bh", "pe", "no", "at", "be", "it", "es", "us"))
"""Endings that also end a word or another sort of address: they count only after `www.`, `//` or `@`."""
DIALLING = re.compile(r"(?:\+|\b00)\s?\(?(\d{1,3})")
CODES = {each.dialling: code for code, each in COUNTRIES.items() if each.dialling != "1"}
NATIONAL_SHAPES = _compile(
    {
        "AU": r"""04\d\d[\s-]?\d{3}[\s-]?\d{3} | \(?0[2378]\)?[\s-]?\d{4}[\s-]?\d{4}
            | \(?0[2378]\)?[\s-]\d{3}[\s-]?\d{4} | 1[38]00\s?\d{3}\s?\d{3} | 13\s\d\d\s\d\d""",
        "NZ": r"\(?0[34679]\)?[\s-]\d{3}[\s-]\d{4} | 02\d\s\d{3,4}\s\d{3,4}",
        "IE": r"\(?01\)?[\s-]\d{3}\s?\d{4} | 08[35679][\s-]?\d{3}\s?\d{4}",
        "FR": r"0[1-79](?:[\s.]\d\d){4}",
        "GB": r"""\(?02[03489]\)?[\s-]?\d{4}[\s-]?\d{4}
            | \(?0(?:1\d{3}|7\d{3}|1\d1|11\d|3\d\d|8\d\d)\)?[\s-]?\d{3}[\s-]?\d{3,4}
            | 029?20\s\d{3}\s?\d{3} | 02920\s\d{6}""",
        "ES": r"[6789]\d\d\s\d{3}\s\d{3} | [89]\d\s\d{3}\s\d\d\s\d\d | [6789]\d\d(?:\s\d\d){3}",
        "DE": r"\(?0[2-9]\d{1,4}\)?\s?[/–-]\s?\d[\d\s-]{3,} | 0[2-9]\d{1,3}\s\d{5,8}",
        "ZA": r"0[1-8]\d\s\d{3}\s\d{4}",
    }
)
"""Numbers without a country code, as each country writes them."""
AMERICAN_NUMBER = re.compile(r"(?:1[\s.-])?\(?(?P<area>[2-9]\d\d)\)?[\s./-]?-?\d{3}[\s.-]\d{4}")
POSTCODES = _compile(
    {
        "GB": r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[ABD-HJLNP-UW-Z]{2}\b",
        "CA": r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z]\s\d[A-Z]\d\b",
        "IE": r"\b(?:D6W|[ACDEFHKNPRTVWXY]\d\d)\s(?=[A-Z]*\d)[\dACDEFHKNPRTVWXY]{4}\b",
        "AT": r"\bA-\d{4}\b",
        "CH": r"\bCH-\d{4}\b",
        "DE": r"\bD-\d{5}\b",
        "FR": r"\bF-\d{5}\b | \b\d{5}\s+(?:Paris|Cedex|CEDEX)\b",
    }
)
REGISTERS = _compile(
    {
        "AU": r"\bA[BC]N:?\s*\d\d | \bPty\.?\s+Ltd | \bASX\b",
        "GB": r"""\b[Rr]egistered\s(?:in\sEngland|in\sScotland|charity) | \bcharity\s(?:no|number)\b
            | \bCompanies\sHouse\b""",
        "NZ": r"\bNZX\b | \bNZBN\b",
        "CA": r"\bTSXV?\b",
        "DE": r"\bHRB\s\d | \bAmtsgericht\b",
        "FR": r"\bRCS\s[A-Z] | \bSIRE[NT]\b",
    }
)
INSTITUTIONS = _compile(
    {
        "GB": r"\bNHS\b | \bOfsted\b | \bWhitehall\b | \bHM\s[A-Z] | \bSenedd\b | \bHolyrood\b | \bDefra\b | £\s?\d",
        "US": r"""\bFDA\b | \bCongress(?:man|woman|ional)?\b | \bN(?:ASDAQ|asdaq)\b | \bNYSE\b | \bLLC\b
            | \bFBI\b | \bUSD[AT]\b | \bState’s\sAttorney\b | \b[Dd]istrict\s[Aa]ttorney\b | \b(?:Sen|Rep|Gov)\.""",
        "AU": r"\bCommonwealth\sof\sAustralia\b | \bA\$\s?\d | \bTAFE\b | \bCSIRO\b | \bShadow\s[Mm]inister\b",
        "CA": r"\bC\$\s?\d | \bCAD\b | \bRCMP\b",
        "IE": r"\bTaoiseach\b | \bDáil\b | \bTánaiste\b | \bGarda\b",
    }
)
BRITISH = re.compile(
    r"""\b(?:colour\w* | labour\w* | favour\w* | honour\w* | behaviour\w* | neighbour\w* | centre[sd]? | metres?
      | theatres? | programmes? | defence | licences? | travell(?:ed|ing|ers?) | catalogues? | jewellery
      | tyres? | aluminium | enrolment | fulfilment | per\scent | whilst | organis(?:e|ed|es|ing|ations?|ers?|ational)
      | (?:recogn|real|apolog|emphas|maxim|minim)is(?:e|ed|es|ing) | analys(?:ed?|ing))\b""",
    re.IGNORECASE | re.VERBOSE,
)
AMERICAN = re.compile(
    r"""\b(?:colors? | colored | colorful | labor | favors? | favored | favorites? | favorable | honors? | honored
      | honoring | behaviors? | behavioral | neighbor\w* | centers? | centered | theaters? | defense
      | travel(?:ed|ing|ers?) | catalogs? | jewelry | aluminum | enrollment | fulfillment | percent | gotten
      | organiz(?:e|ed|es|ing|ations?|ers?|ational)
      | (?:recogn|apolog|emphas|maxim|minim)iz(?:e|ed|es|ing) | analyz(?:ed?|ing))\b""",
    re.IGNORECASE | re.VERBOSE,
)
PROGRAM = re.compile(r"\bprograms?\b", re.IGNORECASE)
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|April|May|June|July|Aug(?:ust|\.)?|Sept(?:ember|\.)?|Oct(?:ober|\.)?"
    r"|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
MONTH_FIRST = re.compile(rf"\b{MONTH}\s\d{{1,2}},\s\d{{4}}\b")
DAY_FIRST = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s{MONTH},?\s\d{{4}}\b", re.IGNORECASE)
NUMERIC = re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,2})/(?:\d{4}|\d{2})(?![\d/])")
