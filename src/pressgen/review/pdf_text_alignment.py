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
from typing import TYPE_CHECKING, NamedTuple

from pressgen.pdf.glyphs import Glyph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.export import Block
    from pressgen.pdf.glyphs import Box

UNSEEN = re.compile("[\\s\u00ad\u2010\u2011\u034f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
RUN = 12
"""Characters by which a text is found again behind the foot of one page and the head of the next."""
GAP = 1500
"""Characters that may stand between two parts of a text: what dresses the pages, notes in the margin."""
WORDS = 150
"""The same in words."""
ENOUGH = 0.5
"""The share of a text's words that must stand at a place for it to be that of the text."""
LINE_ENDS = {"\n", "\r", ""}
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


class Word(NamedTuple):
    """A word of a text or of the pages.

    Attributes:
        text: as it stands there.
        letters: its letters and figures, each with where it stands: the offset in the text, the place on the pages.
        line: which line of the pages it stands on; 0 in a text.
    """

    text: str
    letters: tuple[tuple[str, int], ...]
    line: int

    @property
    def key(self) -> str:
        """Its letters in the order of the alphabet: ligatures come out of a PDF with theirs changed over."""
        return "".join(sorted(letter for letter, _ in self.letters))


class Matched(NamedTuple):
    """A text found word by word: its words, those of the pages, and which is which, first of all those in one order."""

    wanted: list[Word]
    there: list[Word]
    in_order: list[tuple[int, int]]
    elsewhere: list[tuple[int, int]]

    def letters(self) -> Iterator[tuple[int, int]]:
        """The offset of each letter that is there, and its place."""
        for one, other in (*self.in_order, *self.elsewhere):
            free = list(self.there[other].letters)
            for letter, offset in self.wanted[one].letters:
                at = next(each for each in free if each[0] == letter)
                free.remove(at)
                yield offset, at[1]


def placed(blocks: Sequence[Block], glyphs: Sequence[Glyph]) -> list[Placed]:
    """The characters that have a box and belong to a sent text, in the order of the texts."""
    drawn = Drawn(glyphs)
    found: list[Placed] = []
    cursor = 0
    for number, block in enumerate(blocks):
        if block.part not in {"body", "notes"}:
            continue
        places = drawn.as_sent(block.text, cursor)
        if len(places) < length(block.text) and (match := drawn.by_words(block.text, cursor)):
            places = max(places, sorted(match.letters()), key=len)
        if not places:
            continue
        cursor = max(at for _, at in places) + 1
        for offset, at in places:
            glyph = drawn.glyph(at)
            if glyph.box is not None:
                found.append(Placed(glyph.page, glyph.box, number, offset, backwards(block.text[offset])))
    return found


class Drawn:
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

    def by_words(self, text: str, cursor: int) -> Matched | None:
        """A text whose words have their characters in another order, or are not all there; None if few are."""
        wanted = list(words_of(text))
        keys = [word.key for word in wanted]
        for start in self._starts(keys, cursor):
            there = self.words[start : start + len(wanted) + WORDS]
            in_order, elsewhere = _paired(keys, [word.key for word in there])
            if len(in_order) + len(elsewhere) >= ENOUGH * len(wanted) > 0:
                return Matched(wanted, there, in_order, elsewhere)
        return None

    def _starts(self, keys: Sequence[str], cursor: int) -> Iterator[int]:
        yield bisect_left(self.words, cursor, key=lambda word: word.letters[0][1])
        known = [(len(self._index[key]), at, key) for at, key in enumerate(keys) if key in self._index]
        if known:
            _, at, key = min(known)
            yield from (max(0, place - at - 1) for place in self._index[key][:PLACES])

    @cached_property
    def words(self) -> list[Word]:
        """The words of the pages."""
        found: list[Word] = []
        text, letters, at, line, page = "", list[tuple[str, int]](), 0, 0, 0
        for glyph in (*self._glyphs, Glyph("\n", -1, None)):
            if glyph.text.isspace() or glyph.page != page:
                if letters:
                    found.append(Word(text, tuple(letters), line))
                text, letters = "", []
                line += glyph.text in LINE_ENDS or glyph.page != page
                page = glyph.page
            if glyph.text.isspace():
                continue
            text += glyph.text
            for shape in _shape(glyph.text):
                letters += [(letter, at) for letter in _letter(shape)]
                at += 1
        return found

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.words):
            index[word.key].append(at)
        return index


def length(text: str) -> int:
    """How many characters of a text are seen."""
    return sum(1 for _ in _folded(text))


def words_of(text: str) -> Iterator[Word]:
    """The words of a text that have letters or figures."""
    for match in re.finditer(r"\S+", text):
        letters = [
            (letter, match.start() + offset)
            for offset, each in enumerate(match[0])
            for shape in _shape(each)
            for letter in _letter(shape)
        ]
        if letters:
            yield Word(match[0], tuple(letters), 0)


def _letter(shape: str) -> str:
    """A letter or figure; empty for anything else. Ghostscript 10.00 swaps the bytes of those in ligatures."""
    code = ord(shape)
    if not code & 0xFF and chr(code >> 8).isascii() and chr(code >> 8).isalpha():
        return chr(code >> 8)
    return shape if shape.isalnum() else ""


def _paired(wanted: Sequence[str], there: Sequence[str]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The words of both that are the same: those in one order, and what stands between them in another."""
    matcher = SequenceMatcher(None, wanted, there, autojunk=False)
    pairs = [(m.a + step, m.b + step) for m in matcher.get_matching_blocks() for step in range(m.size)]
    if not pairs:
        return [], []
    more = []
    left = sorted(set(range(len(wanted))) - {one for one, _ in pairs})
    low, high = pairs[0][1] - len(left), pairs[-1][1] + len(left)
    free = sorted(set(range(max(0, low), min(len(there), high + 1))) - {other for _, other in pairs})
    for one in left:
        if (other := next((each for each in free if there[each] == wanted[one]), None)) is not None:
            free.remove(other)
            more.append((one, other))
    return pairs, more


@lru_cache(maxsize=10_000)
def backwards(character: str) -> bool:
    """Whether a character is read from right to left."""
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
