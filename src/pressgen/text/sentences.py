"""Split a text into sentences, each with its place."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

END = re.compile(
    r"(?<![.!?…])[.!?…]+(?![.!?…])[”’\"')\]»]*(?![”’\"')\]»])(?=\s[“‘\"'(\[«]{0,3}[^\W_a-z]|\s*$)|[。！？۔।]+"
)
SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sir|St|Rev|Hon|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Jr|Sr|No|Nos|vs|etc|eg|ie|e\.g|i\.e|cf|ca|approx|Inc|Ltd|Co|Corp"
    r"|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Art|Fig|Vol|pp|p|al|a\.m|p\.m|U\.S|U\.K|Ph\.D)|(?<![^\W\d_])[A-Z])\.$"
)
"""Words with a point that do not end a sentence: titles, months, initials."""


class Sentence(NamedTuple):
    """A sentence: its words, and its place in the text."""

    start: int
    end: int
    text: str

    @property
    def words(self) -> int:
        """The number of words in it."""
        return len(re.findall(r"[^\W_]+(?:[’'.,-][^\W_]+)*", self.text))


@lru_cache(maxsize=4096)  # many rules ask about the same text, and a release of 200 pages has many
def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text, in order.

    Text without an end mark is a sentence, too.
    """
    return tuple(_split(text))


def _split(text: str) -> Iterator[Sentence]:
    start = 0
    for match in END.finditer(text):
        if match[0].startswith(".") and SHORT.search(text[max(start, match.start() - 8) : match.start() + 1]):
            continue
        yield from _trim_sentence(text, start, match.end())
        start = match.end()
    yield from _trim_sentence(text, start, len(text))


def find_sentence(text: str, at: int) -> Sentence:
    """Return the sentence that contains the character at `at`."""
    return next((each for each in split_sentences(text) if each.end > at), Sentence(0, len(text), text))


def _trim_sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    while start < end and text[start].isspace():
        start += 1
    if text[start:end].strip():
        yield Sentence(start, end, text[start:end])
