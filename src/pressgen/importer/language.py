"""Identify the language of a text by script and common words."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from pressgen.importer.draft import Confidence

COMMON = {
    "en": "the of and to in is that for it was with as be by this are from has have will said at on which not were",
    "fr": "le la les des du de et en un une dans pour que qui est sur avec par au aux ce cette sont plus pas nous",
    "de": "der die das und in den von zu mit für ist des im dem nicht ein eine auf als auch sich es wird sind werden",
    "es": "el la los las de del y en que un una para por con es se su al como más ha son este lo sobre sus",
    "cy": "y yr yn a o i ar mae ac am gan wedi bod ei eu fod hyn sydd fel dros ein wrth cael gyda rhwng nid",
    "pl": "w i na z do się że jest to nie o jak za od przez po dla są oraz które ze tym być został",
    "it": "il la di e che in un una per del della con non sono le gli dei nel alla si più da come ha anche",
    "nl": "de het een van en in is dat op te voor met zijn die niet aan er om ook als bij door naar uit",
    "pt": "o a os as de do da e em que um uma para com não por se na no mais dos das como foi ao são",
    "sv": "och i att det som en på är av för med till den har de inte om ett men var sig så från kan vi ska",
    "da": "og i at det er en til af på med for den de ikke som der har et om vi kan fra ved blev være også",
    "no": "og i å det er en til av på med for den de ikke som har et om vi kan fra ved ble være også skal",
    "fi": "ja on ei se että oli hän mutta ovat myös kun tai sekä joka ole mukaan kuin vain ovat voi tämä niin",
    "ro": "și de la în a cu pe din care pentru este o un nu mai sau prin fi al au dar ale fost sunt că",
    "cs": "a v se na je že z s do o to i ve pro jako k by za od jsou ale který byl podle také jeho",
    "hu": "a az és hogy nem is egy meg de ez el van már csak mint vagy még volt ha kell lesz szerint ki",
    "tr": "ve bir bu için ile da de olarak olan çok daha gibi en olduğu ne sonra kadar var tarafından yıl",
}
SCRIPTS = (
    ("ja", r"[\u3040-\u30ff]"), ("ko", r"[\uac00-\ud7a3]"), ("zh", r"[\u4e00-\u9fff]"), ("el", r"[\u0370-\u03ff]"),
    ("he", r"[\u0590-\u05ff]"), ("ur", r"[ٹڈڑںےہھ]"), ("ar", r"[\u0600-\u06ff]"), ("uk", r"[іїєґ]"),
    ("ru", r"[\u0400-\u04ff]"),
)  # fmt: skip
"""Languages by letters that only they have, or that they have before others."""
LETTERS = re.compile(r"[^\W\d_]+")
SAMPLE = 4000
LEAST = 0.08
"""The share of a text's words that must be among a language's most common ones."""
CLEAR, AHEAD = 0.15, 1.5
"""The share of a sure language, and how many times that of the next it must be."""
OF_SCRIPT = {"ja": 0.05, "ur": 0.04, "uk": 0.02}
SCRIPT = 0.3
"""The share of a text's letters that must belong to a script."""
ENOUGH = 30
"""Words, from which a language is sure."""


class LanguageGuess(NamedTuple):
    """The language of a text.

    Attributes:
        language: two letters, or empty where none is likely.
        sure: how sure it is.
        reason: why it is not sure, or empty.
    """

    language: str
    sure: Confidence
    reason: str = ""


def identify_language(text: str, declared: str = "") -> LanguageGuess:
    """Identify the language of a text.

    Args:
        text: any text; only its first 4,000 words count.
        declared: the language that its file declares, two letters, or empty.
    """
    if written := _find_script(text):
        return LanguageGuess(written, Confidence.SURE)
    shares, total = _measure_shares(text)
    (best, most), (_, second) = shares[0], shares[1]
    if most < LEAST:
        if declared:
            return LanguageGuess(declared, Confidence.LIKELY, "only the file itself says which language it is in")
        return LanguageGuess("", Confidence.DOUBTFUL, "no language that is known has the words of this text")
    if declared and declared != best and most < CLEAR:
        return LanguageGuess(
            declared, Confidence.LIKELY, f"the file declares “{declared}”, but its words look like “{best}”"
        )
    if declared and declared != best:
        return LanguageGuess(best, Confidence.LIKELY, f"the file declares “{declared}”, but its words are “{best}”")
    if declared == best or (most >= CLEAR and most >= AHEAD * second and total >= ENOUGH):
        return LanguageGuess(best, Confidence.SURE)
    return LanguageGuess(best, Confidence.LIKELY, "the text has few words that only this language has")


def _measure_shares(text: str) -> tuple[list[tuple[str, float]], int]:
    """Return the share of common words by language, most first."""
    counted = Counter(word.lower() for word in LETTERS.findall(text[: SAMPLE * 10])[:SAMPLE])
    total = sum(counted.values())
    shares = {
        language: sum(counted[word] for word in set(common.split())) / (total or 1)
        for language, common in COMMON.items()
    }
    return sorted(shares.items(), key=lambda each: -each[1]), total


def _find_script(text: str) -> str:
    """Return the language whose script a text is in; empty for Latin."""
    letters = "".join(LETTERS.findall(text[: SAMPLE * 10]))
    for language, pattern in SCRIPTS:
        if letters and len(re.findall(pattern, letters)) >= OF_SCRIPT.get(language, SCRIPT) * len(letters):
            return language
    return ""
