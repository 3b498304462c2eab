"""The words of a text, normalised for searching.

They have small letters without accents, and each has its place in the text.

`Ŵyn`, `wyn` and `WYN` are one word; so are `3,930` and `3930`. Scripts that put no space between words (Chinese,
Japanese, Korean, Thai) are split into letters, so that a word is found anywhere.
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
"""Characters within a word that searches ignore: combining accents, vowel points, soft hyphens, joiners."""
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
"""Letters that Unicode does not split into a letter and an accent.

People without them on the keyboard type them like this.
"""


class SearchWord(NamedTuple):
    """A normalised word, with its place in the text."""

    text: str
    start: int
    end: int


def split_words(text: str, facts: Mapping[str, str] | None = None) -> Iterator[SearchWord]:
    """Split a text into normalised words, without citations.

    For `{{ facts.ID }}` it returns the words of the figure that `facts` gives.
    """
    at = 0
    for match in UNPRINTED.finditer(text) if "{{" in text or "[^" in text else ():
        yield from _split_plain_text(text, at, match.start())
        for name in FACT.findall(match[1] or ""):
            value = (facts or {}).get(name, "")
            yield from (SearchWord(each.text, *match.span()) for each in _split_plain_text(value, 0, len(value)))
        at = match.end()
    yield from _split_plain_text(text, at, len(text))


def list_words(text: str, facts: Mapping[str, str] | None = None) -> list[str]:
    """List the normalised words of a text, without their places.

    It is faster than `split_words` for most texts.
    """
    if text.isascii() and not ODD.search(text):
        return SIMPLE.findall(text.lower())
    return [each.text for each in split_words(text, facts)]


def normalise_text(text: str) -> str:
    """Normalise a text to lower case without accents."""
    return text.lower() if text.isascii() else _normalise_unicode(text)


def _split_plain_text(text: str, start: int, end: int) -> Iterator[SearchWord]:
    """Split a text without expressions into normalised words."""
    for match in WORD.finditer(text, start, end):
        found = match[0]
        spelled = re.sub(r"\D", "", found) if match["figure"] else normalise_text(found)
        for each in spelled.split():  # a ligature of an old script may be several words
            yield SearchWord(each, *match.span())


@lru_cache(maxsize=8192)
def _normalise_unicode(text: str) -> str:
    """Normalise a text with other letters than ASCII."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(each for each in apart if unicodedata.category(each) not in {"Mn", "Cf"})
    return unicodedata.normalize("NFC", kept).translate(UNLIKE)
