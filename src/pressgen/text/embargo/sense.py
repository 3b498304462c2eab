"""Classify a line: embargo, none, immediate release, or waiting for an event.

The traps are newsroom practice: “NO EMBARGO”, serial numbers, links that work under embargo, another paper's embargo
that “lifts”, restrictions to countries, and “check against delivery”.
"""

from __future__ import annotations

import re
from enum import StrEnum

DELIVERED = re.compile(r"check\s+against\s+delivery", re.IGNORECASE)
IMMEDIATE = re.compile(
    r"""\b(?:for\s+)?immediate\s+(?:release|use|publication|distribution|broadcast)\b
      | \brelease\s*:\s*immediate(?:ly)?\b
      | \b(?:pour|à)\s+(?:diffusion|publication)\s+imm[ée]diate\b | \b(?:difusi[óo]n|publicaci[óo]n)\s+inmediata\b
      | \bzur\s+sofortigen\s+(?:ver[öo]ffentlichung|verwendung|freigabe)\b | \bsofort\s+frei\b
      | \bi['’]w\s+(?:ryddhau|gyhoeddi)\s+ar\s+unwaith\b
      | \b(?:no|not|kein|keine|dim|sans|aucun)\s+(?:(?:under|an)\s+)?(?:embargo(?:ed)?|sperrfrist)\b(?!\s*(?:no|\#)\b)
      | \b(?:embargo|sperrfrist)\s*:?\s*(?:immediate(?:ly)?|none|nil|no\b|n/?a\b|keine?|aucun|ninguno|dim)\b
            (?![.:]?\s*\d|\s*:)
    """,
    re.IGNORECASE | re.VERBOSE,
)
SOON = 100
"""How far into a long line the words of immediate release may be, to be about the text."""
SERIAL = re.compile(r"embargo\s+(?:no|nr|number|n[°º])\b[.:\s]*[\d(]", re.IGNORECASE)
OTHERS = re.compile(
    r"""\bembargo(?:ed)?\s+(?:link|access|copy|copies|policy|period|breach|break|policies)\b
      | \b(?:during|after|once|when|while|since|as\s+soon\s+as|before)\s+(?:the\s+|this\s+|our\s+)?embargo
      | \b(?:broke|break|breaks|breaking|breach(?:ed)?)\s+(?:the\s+|an\s+)?embargo
      | \b(?:arms|oil|trade|export|import|weapons?|economic|un)\s+embargo
      | \bembargo(?:ed)?\s+(?:on|against)\s+(?:[\w-]+\s+){0,3}?
            (?:imports?|exports?|sales?|trade|goods|arms|weapons|oil)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
WORD = re.compile(r"(?<!\bsin )\bembarg(?:oed|ad[oa]|o|os|oé)\b|\bsperrfrist\b|\bgesperrt\b", re.IGNORECASE)
HELD = re.compile(
    r"""\bnot\s+(?:for|to\s+be)\s+(?:(?:public|press|any)\s+)?(?:release|publication|broadcast|use|published|released|used)
            [\w\s,/]{0,80}?\b(?:before|until|till|prior\s+to)\b
      | \bfor\s+(?:release|publication|use)\s+(?:at|on|from|after)\b | \bhold\s+(?:for\s+release|until)\b
      | ^\W*release\s+(?:at|after|from)\b
      | \brelease\s+(?:date|time)\s*: | \bne\s+pas\s+(?:diffuser|publier)\s+avant\b | \bà\s+diffuser\s+à\s+partir\b
      | \bnicht\s+vor\b | \bfrei\s+ab\b | \bno\s+(?:publicar|difundir)\s+(?:antes|hasta)\b
      | \bddim\s+i['’]w\s+gyhoeddi\s+cyn\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
COUNTRIES = re.compile(
    r"\b(?:in|into)\s+(?:or\s+into\s+)?(?:the\s+)?(?:united\s+states|u\.?s\.?a?\b|canada|japan)", re.IGNORECASE
)
AVAILABLE = re.compile(
    r"""\b(?:is|are|be|was)\s+(?:available|published|released|online)\b | \b(?:will\s+be\s+live|goes\s+live)\b
      | \best\s+disponible\b | \bsera\s+(?:publié|disponible)\b | \b(?:erscheint|abrufbar)\b
      | \b(?:estará\s+disponible|se\s+publicará)\b | \bar\s+gael\b""",
    re.IGNORECASE | re.VERBOSE,
)
EVENT = re.compile(
    r"""\b(?:until|till|against|await|awaiting|on|upon|after|before|at\s+the\s+time\s+of|pending)\s*(?:the\s+)?(?:time\s+of\s+)?
            (?:delivery|publication|presentation|tabling|announcement)\b(?!\s*(?:/|on|at|until|:)\s*\S*\d)
      | \bat\s+the\s+(?:end|close|start|beginning)\s+of\b | \bon\s+the\s+day\s+(?:the|that|of)\b
      | \b(?:until|when|once|after)\s+(?:the\s+|it\s+is\s+|s?he\s+)?[\w\s]{0,30}?
            (?:speaks|begins|rises|concludes|posted)\b
      | \bjusqu['’]à\s+(?:la\s+)?(?:prononciation|publication)\b | \bbis\s+zum?\s+(?:beginn|ende)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
SPACED = re.compile(r"(?:\b\w{1,2}\b\W{0,5}){8,40}")
SPACED_EVENT = re.compile(r"embargoed?(?:until|against|on|await\w*)delivery")


class LineKind(StrEnum):
    """The kind of an embargo line."""

    NONE = "no embargo of this text"
    IMMEDIATE = "immediate release"
    EVENT = "an embargo until something happens"
    EMBARGO = "an embargo"
    AVAILABLE = "when something is available"


def classify_line(line: str) -> LineKind:
    """Return the kind of an embargo line."""
    if (match := IMMEDIATE.search(line)) and match.start() < SOON:
        return LineKind.IMMEDIATE
    if SERIAL.search(line) or OTHERS.search(line):
        return LineKind.NONE
    if not _is_embargo(line):
        if SPACED.search(line) and SPACED_EVENT.search(re.sub(r"\s", "", line).lower()):
            return LineKind.EVENT
        return LineKind.AVAILABLE if AVAILABLE.search(line) else LineKind.NONE
    return LineKind.EVENT if EVENT.search(DELIVERED.sub("", line)) else LineKind.EMBARGO


def cut_to_embargo(line: str) -> str:
    """Return the part of a long line that states its embargo.

    It begins at the word that says so.
    """
    match = WORD.search(line) or HELD.search(line) or AVAILABLE.search(line)
    return line[match.start() :][:200] if match else line


def _is_embargo(line: str) -> bool:
    return bool(WORD.search(line) or (HELD.search(line) and not COUNTRIES.search(line)))
