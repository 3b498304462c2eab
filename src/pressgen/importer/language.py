"""Guess the language of a text by its most common words."""

from __future__ import annotations

import re
from collections import Counter

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
}
LETTERS = re.compile(r"[^\W\d_]+")
SAMPLE = 4000
LEAST = 0.08
"""The share of a text's words that must be among a language's most common ones."""


def guess_language(text: str) -> str:
    """Guess the language of a text; empty if none is likely.

    The result has two letters.

    Args:
        text: any text; only its first 4,000 words count.
    """
    counted = Counter(word.lower() for word in LETTERS.findall(text[: SAMPLE * 10])[:SAMPLE])
    total = sum(counted.values())
    if not total:
        return ""
    shares = {language: sum(counted[word] for word in common.split()) / total for language, common in COMMON.items()}
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] >= LEAST else ""
