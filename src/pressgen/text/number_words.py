"""Find numbers in English prose: `1,204`, `twenty-one`, `3.5 million`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SIZES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "m": 1_000_000,
}
ONES = "|".join(SMALL[1:10])
WORDED = rf"(?:{'|'.join(TENS)})(?:[-‑ ](?:{ONES}))?|{'|'.join(sorted(SMALL, key=len, reverse=True))}"
FIGURE = re.compile(
    r"(?<![\w.,/:-])(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:\s?(?P<size>million|billion|thousand|bn|m)\b)?(?![\w/:]|,\d|\.\d|-\d)"
)
WORD = re.compile(
    rf"(?<![\w-])(?P<word>{WORDED})(?:\s+(?P<size>hundred|thousand|million|billion))?(?![\w]|-(?!{ONES}\b)\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as printed.

    Attributes:
        start, end: its place, with “million”.
        text: the characters.
        worded: whether it is spelled out.
    """

    start: int
    end: int
    text: str
    value: Decimal
    worded: bool


@lru_cache(maxsize=4096)  # many rules ask about the same text, and a release of 200 pages has many
def find_numbers(text: str) -> tuple[PrintedNumber, ...]:
    """Return the numbers in an English text, in order."""
    return tuple(sorted(_find_all(text), key=lambda each: each.start))


def _find_all(text: str) -> Iterator[PrintedNumber]:
    for match in FIGURE.finditer(text):
        value = Decimal(match["figure"].replace(",", "")) * SIZES.get(match["size"] or "", 1)
        yield PrintedNumber(match.start(), match.end(), match[0], value, worded=False)
    for match in WORD.finditer(text):
        value = Decimal(_parse_words(match["word"].lower())) * SIZES.get((match["size"] or "").lower(), 1)
        yield PrintedNumber(match.start(), match.end(), match[0], value, worded=True)


def _parse_words(word: str) -> int:
    tens, _, ones = re.sub("[‑ ]", "-", word).partition("-")
    if tens in TENS:
        return TENS[tens] + (SMALL.index(ones) if ones else 0)
    return SMALL.index(tens)
