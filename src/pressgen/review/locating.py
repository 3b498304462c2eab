"""Which character drawn on a page is which character that was sent.

A text is looked for as it was sent. Where it is not drawn so, word by word: right-to-left lines come out of a PDF in an
order between that of the eye and that of speech, with the letters of ligatures and the marks of numbers changed over.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.export import Block
    from pressgen.pdf.glyphs import Box, Glyph

UNSEEN = re.compile("[\\s\u00ad\u2010\u2011\u034f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
RUN = 12
"""Characters by which a text is found again behind the foot of one page and the head of the next."""
GAP = 1500
"""Characters that may stand between two parts of a text: what dresses the pages, notes in the margin."""
WORDS = 150
"""The same in words."""
ENOUGH = 0.5
"""The share of a text's words that must stand at a place for it to be that of the text."""
PLACES = 8
"""Places at which a text is looked for by its rarest word."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A character of the pages: where it is drawn, and which character of which sent text it is.

    Attributes:
        backwards: whether it is read from right to left.
    """

    page: int
    box: Box
    block: int
    offset: int
    backwards: bool = False

    @property
    def middle(self) -> float:
        """The middle of its box, across."""
        return (self.box[0] + self.box[2]) / 2

    @property
    def edges(self) -> tuple[float, float]:
        """Where it begins and ends, as it is read."""
        return (self.box[2], self.box[0]) if self.backwards else (self.box[0], self.box[2])


def placed(blocks: Sequence[Block], glyphs: Sequence[Glyph]) -> list[Placed]:
    """The characters that have a box and belong to a sent text, in the order of the texts."""
    drawn = _Drawn(glyphs)
    found: list[Placed] = []
    cursor = 0
    for number, block in enumerate(blocks):
        if block.part not in {"body", "notes"}:
            continue
        places = drawn.as_sent(block.text, cursor)
        if len(places) < sum(1 for _ in _folded(block.text)):
            places = max(places, drawn.by_words(block.text, cursor), key=len)
        if not places:
            continue
        cursor = max(at for _, at in places) + 1
        for offset, at in places:
            glyph = drawn.glyph(at)
            if glyph.box is not None:
                found.append(Placed(glyph.page, glyph.box, number, offset, _backwards(block.text[offset])))
    return found


class _Drawn:
    """The characters of the pages as they look, one after the other; places in it are positions in `text`."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self._glyphs = glyphs
        shapes = [(shape, at) for at, glyph in enumerate(glyphs) for shape in _shape(glyph.text)]
        self.text = "".join(shape for shape, _ in shapes)
        self._from = [at for _, at in shapes]

    def glyph(self, at: int) -> Glyph:
        """The glyph that drew a character."""
        return self._glyphs[self._from[at]]

    def as_sent(self, text: str, cursor: int) -> list[tuple[int, int]]:
        """The characters of a text, drawn one after the other, each as its offset and its place; from `cursor` on."""
        said = list(_folded(text))
        places = _found(self.text, "".join(each for each, _ in said), cursor)
        return [(offset, at) for (_, offset), at in zip(said, places, strict=False)]

    def by_words(self, text: str, cursor: int) -> list[tuple[int, int]]:
        """The same for a text whose words are drawn with their characters in another order."""
        wanted = [(key, at) for each in re.finditer(r"\S+", text) if (key := _key(at := _letters(each)))]
        keys = [key for key, _ in wanted]
        for start in self._starts(keys, cursor):
            window = self._words[start : start + len(wanted) + WORDS]
            pairs = _paired(keys, [key for key, _ in window])
            if len(pairs) >= ENOUGH * len(wanted) > 0:
                return sorted(spot for one, other in pairs for spot in _spots(wanted[one][1], window[other][1]))
        return []

    def _starts(self, keys: Sequence[str], cursor: int) -> Iterator[int]:
        yield bisect_left(self._words, cursor, key=lambda word: word[1][0][1])
        known = [(len(self._index[key]), at, key) for at, key in enumerate(keys) if key in self._index]
        if known:
            _, at, key = min(known)
            yield from (max(0, place - at - 1) for place in self._index[key][:PLACES])

    @cached_property
    def _words(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """The words of the pages: the letters of each in the order of the alphabet, and where each stands."""
        found: list[list[tuple[str, int]]] = [[]]
        at = 0
        for glyph in self._glyphs:
            if glyph.text.isspace():
                found.append([])
            for shape in _shape(glyph.text):
                if shape.isalnum():
                    found[-1].append((shape, at))
                at += 1
        return [(_key(word), word) for word in found if word]

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = defaultdict(list)
        for at, (key, _) in enumerate(self._words):
            index[key].append(at)
        return index


def _letters(word: re.Match[str]) -> list[tuple[str, int]]:
    """The letters and figures of a word, each with its offset in the text."""
    return [
        (shape, word.start() + offset)
        for offset, each in enumerate(word[0])
        for shape in _shape(each)
        if shape.isalnum()
    ]


def _key(letters: Sequence[tuple[str, int]]) -> str:
    return "".join(sorted(letter for letter, _ in letters))


def _paired(wanted: Sequence[str], there: Sequence[str]) -> list[tuple[int, int]]:
    """The words of both that are the same: first those in one order, then what stands between them in another."""
    matcher = SequenceMatcher(None, wanted, there, autojunk=False)
    pairs = [(m.a + step, m.b + step) for m in matcher.get_matching_blocks() for step in range(m.size)]
    if not pairs:
        return []
    left = sorted(set(range(len(wanted))) - {one for one, _ in pairs})
    low, high = pairs[0][1] - len(left), pairs[-1][1] + len(left)
    free = sorted(set(range(max(0, low), min(len(there), high + 1))) - {other for _, other in pairs})
    for one in left:
        if (other := next((each for each in free if there[each] == wanted[one]), None)) is not None:
            free.remove(other)
            pairs.append((one, other))
    return pairs


def _spots(wanted: Sequence[tuple[str, int]], there: Sequence[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    """The offset of each letter of a word, and where it is drawn."""
    free = list(there)
    for letter, offset in wanted:
        at = next(each for each in free if each[0] == letter)
        free.remove(at)
        yield offset, at[1]


@lru_cache(maxsize=10_000)
def _backwards(character: str) -> bool:
    return unicodedata.bidirectional(character) in {"R", "AL"}


def _folded(text: str) -> Iterator[tuple[str, int]]:
    """The characters of a text as they look, without white space and hyphens, each with its offset."""
    for offset, each in enumerate(text):
        for shape in _shape(each):
            yield shape, offset


@lru_cache(maxsize=10_000)
def _shape(character: str) -> str:
    """What a character looks like; empty for one that is not seen, or for a hyphen."""
    return "" if character == "-" else UNSEEN.sub("", unicodedata.normalize("NFKC", character))


def _found(text: str, said: str, cursor: int) -> list[int]:
    """Where the characters `said` stand in `text`, from `cursor` on if they do; none where they do not."""
    if not said:
        return []
    start = text.find(said[: 4 * RUN], cursor)
    if start < 0:
        start = text.find(said[: 4 * RUN])
    if start < 0:
        start = text.find(said[:RUN], cursor)
    if start < 0:
        return []
    places: list[int] = []
    at = start
    while len(places) < len(said):
        if at < len(text) and text[at] == said[len(places)]:
            places.append(at)
            at += 1
            continue
        rest = said[len(places) : len(places) + RUN]
        again = text.find(rest, at, at + GAP)
        if again < 0:
            break
        at = again
    return places
