"""The words of a text as they are looked for: small letters without accents, each with its place in the text.

`Ŵyn`, `wyn` and `WYN` are one word; so are `3,930` and `3930`. Scripts that put no space between words (Chinese,
Japanese, Korean, Thai) are looked for letter by letter, so that a word is found wherever it stands.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pressgen.text.prose import CITATION, EXPRESSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UNSPACED = "\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
SILENT = "\u00ad\u0300-\u036f\u064b-\u0652\u0670\u200c\u200d\ufe0e\ufe0f"
"""What may stand within a word and is not looked for: accents of their own, vowel points, soft hyphens, joiners."""
WORD = re.compile(
    r"(?P<figure>\d{1,3}(?:[,.'’\u00a0\u202f]\d{3})+(?!\w))"
    rf"|[{UNSPACED}]"
    rf"|[^\W_{UNSPACED}](?:[^\W_{UNSPACED}]|[{SILENT}])*"
)
SIMPLE = re.compile(r"[a-z0-9]+")
ODD = re.compile(r"\{\{|\[\^|\d[,.'’]\d{3}")
UNPRINTED = re.compile(rf"{EXPRESSION.pattern}|(?<!\\){CITATION.pattern}")
FACT = re.compile(r"\bfacts\.(\w+)")
UNLIKE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that are no letter with an accent to Unicode, as those write them whose keyboard lacks them."""


class Word(NamedTuple):
    """A word as it is looked for, and the characters of the text that it stands for."""

    text: str
    start: int
    end: int


def words(text: str, facts: Mapping[str, str] | None = None) -> Iterator[Word]:
    """The words of a text without citations, in order; for `{{ facts.ID }}` those of the figure that `facts` gives."""
    at = 0
    for match in UNPRINTED.finditer(text) if "{{" in text or "[^" in text else ():
        yield from _plain(text, at, match.start())
        for name in FACT.findall(match[1] or ""):
            value = (facts or {}).get(name, "")
            yield from (Word(each.text, *match.span()) for each in _plain(value, 0, len(value)))
        at = match.end()
    yield from _plain(text, at, len(text))


def texts(text: str, facts: Mapping[str, str] | None = None) -> list[str]:
    """The same words without their places, which for most texts is known sooner."""
    if text.isascii() and not ODD.search(text):
        return SIMPLE.findall(text.lower())
    return [each.text for each in words(text, facts)]


def folded(text: str) -> str:
    """`text` in small letters, without accents."""
    return text.lower() if text.isascii() else _folded(text)


def _plain(text: str, start: int, end: int) -> Iterator[Word]:
    for match in WORD.finditer(text, start, end):
        found = match[0]
        spelled = re.sub(r"\D", "", found) if match["figure"] else folded(found)
        for each in spelled.split():  # a ligature of an old script may be several words
            yield Word(each, *match.span())


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(each for each in apart if unicodedata.category(each) not in {"Mn", "Cf"})
    return unicodedata.normalize("NFC", kept).translate(UNLIKE)
