"""Match the characters drawn on a page to those that were sent.

Each text is first searched for as it was sent. Where that fails, it is matched word by word: right-to-left lines can
come out of a PDF in an order between the visual and the spoken one.
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

from pressgen.pdf.glyphs import PdfCharacter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.pdf.glyphs import Box

UNSEEN = re.compile("[\\s\u00ad\u2010\u2011\u034f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
RUN = 12
"""Characters by which a text is found again after the foot of one page and the head of the next."""
GAP = 1500
"""Characters allowed between two parts of a text: headers, footers, notes in the margin."""
WORDS = 150
"""The same in words."""
ENOUGH = 0.5
"""The share of a text's words that must be found at a place."""
LINE_ENDS = {"\n", "\r", ""}
PLACES = 8
"""Places at which a text is searched for by its rarest word."""


@dataclass(frozen=True, slots=True)
class LocatedCharacter:
    """A character on a page, matched to the sent text.

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
        """The horizontal middle of its box."""
        return (self.box[0] + self.box[2]) / 2

    @property
    def edges(self) -> tuple[float, float]:
        """Its begin and end on the line, in reading order."""
        return (self.box[2], self.box[0]) if self.backwards else (self.box[0], self.box[2])


class LocatedWord(NamedTuple):
    """A word of a sent text or of the pages.

    Attributes:
        text: the word as written there.
        letters: its letters and figures, each with its place: the offset in the text, or the position on the pages.
        line: the line of the pages that it is on; 0 in a text.
    """

    text: str
    letters: tuple[tuple[str, int], ...]
    line: int

    @property
    def key(self) -> str:
        """Its letters in alphabetical order.

        A PDF gives the letters of ligatures in the wrong order.
        """
        return "".join(sorted(letter for letter, _ in self.letters))


class WordMatch(NamedTuple):
    """A sent text matched to the pages word by word."""

    wanted: list[LocatedWord]
    there: list[LocatedWord]
    in_order: list[tuple[int, int]]
    elsewhere: list[tuple[int, int]]

    def letters(self) -> Iterator[tuple[int, int]]:
        """Yield the offset and the place of each letter that was found."""
        for one, other in (*self.in_order, *self.elsewhere):
            free = list(self.there[other].letters)
            for letter, offset in self.wanted[one].letters:
                at = next(each for each in free if each[0] == letter)
                free.remove(at)
                yield offset, at[1]


def locate_characters(blocks: Sequence[ExportedBlock], glyphs: Sequence[PdfCharacter]) -> list[LocatedCharacter]:
    """Locate on the pages the characters of the sent texts.

    Only characters with a box are returned, in the order of the texts.
    """
    drawn = PageText(glyphs)
    found: list[LocatedCharacter] = []
    cursor = 0
    for number, block in enumerate(blocks):
        if block.part not in {"body", "notes"}:
            continue
        places = drawn.as_sent(block.text, cursor)
        if len(places) < count_visible_characters(block.text) and (match := drawn.by_words(block.text, cursor)):
            places = max(places, sorted(match.letters()), key=len)
        if not places:
            continue
        cursor = max(at for _, at in places) + 1
        for offset, at in places:
            glyph = drawn.glyph(at)
            if glyph.box is not None:
                found.append(
                    LocatedCharacter(glyph.page, glyph.box, number, offset, is_right_to_left(block.text[offset]))
                )
    return found


class PageText:
    """The visible characters of the pages, one after the other.

    Places are positions in `text`.
    """

    def __init__(self, glyphs: Sequence[PdfCharacter]) -> None:
        self._glyphs = glyphs
        shapes = [(shape, at) for at, glyph in enumerate(glyphs) for shape in _normalise_character(glyph.text)]
        self.text = "".join(shape for shape, _ in shapes)
        self._from = [at for _, at in shapes]

    def glyph(self, at: int) -> PdfCharacter:
        """Return the glyph that drew a character."""
        return self._glyphs[self._from[at]]

    def as_sent(self, text: str, cursor: int) -> list[tuple[int, int]]:
        """Find the characters of a text in order, from `cursor` on.

        Return the offset and the place of each.
        """
        said = list(_normalise_characters(text))
        places = _find_offsets(self.text, "".join(each for each, _ in said), cursor)
        return [(offset, at) for (_, offset), at in zip(said, places, strict=False)]

    def by_words(self, text: str, cursor: int) -> WordMatch | None:
        """Find a text word by word; None if few words are found.

        Its words may have their characters in another order, or some may be missing.
        """
        wanted = list(iter_words(text))
        keys = [word.key for word in wanted]
        for start in self._starts(keys, cursor):
            there = self.words[start : start + len(wanted) + WORDS]
            in_order, elsewhere = _pair_words(keys, [word.key for word in there])
            if len(in_order) + len(elsewhere) >= ENOUGH * len(wanted) > 0:
                return WordMatch(wanted, there, in_order, elsewhere)
        return None

    def _starts(self, keys: Sequence[str], cursor: int) -> Iterator[int]:
        yield bisect_left(self.words, cursor, key=lambda word: word.letters[0][1])
        known = [(len(self._index[key]), at, key) for at, key in enumerate(keys) if key in self._index]
        if known:
            _, at, key = min(known)
            yield from (max(0, place - at - 1) for place in self._index[key][:PLACES])

    @cached_property
    def words(self) -> list[LocatedWord]:
        """The words of the pages."""
        found: list[LocatedWord] = []
        text, letters, at, line, page = "", list[tuple[str, int]](), 0, 0, 0
        for glyph in (*self._glyphs, PdfCharacter("\n", -1, None)):
            if glyph.text.isspace() or glyph.page != page:
                if letters:
                    found.append(LocatedWord(text, tuple(letters), line))
                text, letters = "", []
                line += glyph.text in LINE_ENDS or glyph.page != page
                page = glyph.page
            if glyph.text.isspace():
                continue
            text += glyph.text
            for shape in _normalise_character(glyph.text):
                letters += [(letter, at) for letter in _normalise_letter(shape)]
                at += 1
        return found

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.words):
            index[word.key].append(at)
        return index


def count_visible_characters(text: str) -> int:
    """Count the visible characters of a text."""
    return sum(1 for _ in _normalise_characters(text))


def iter_words(text: str) -> Iterator[LocatedWord]:
    """Yield the words of a text that have letters or figures."""
    for match in re.finditer(r"\S+", text):
        shapes = _normalise_characters(match[0])
        letters = [(letter, match.start() + at) for shape, at in shapes for letter in _normalise_letter(shape)]
        if letters:
            yield LocatedWord(match[0], tuple(letters), 0)


def _normalise_letter(shape: str) -> str:
    """Return a letter or figure; empty for anything else.

    Ghostscript 10.00 swaps the bytes of those in ligatures.
    """
    code = ord(shape)
    if not code & 0xFF and chr(code >> 8).isascii() and chr(code >> 8).isalpha():
        return chr(code >> 8)
    return shape if shape.isalnum() else ""


def _pair_words(wanted: Sequence[str], there: Sequence[str]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pair equal words: first those in order, then the others."""
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
def is_right_to_left(character: str) -> bool:
    """Return whether a character is read from right to left."""
    return unicodedata.bidirectional(character) in {"R", "AL"}


def _normalise_characters(text: str) -> Iterator[tuple[str, int]]:
    """Yield the visible characters of a text, each with its offset.

    White space and hyphens are left out.
    """
    for offset, each in enumerate(text):
        for shape in _normalise_character(each):
            yield shape, offset


@lru_cache(maxsize=10_000)
def _normalise_character(character: str) -> str:
    """Return the visible form of a character; empty for none.

    Vowel marks and points count as none: a PDF gives them at other places of the line.
    """
    shapes = "" if character == "-" else UNSEEN.sub("", unicodedata.normalize("NFKC", character))
    return "".join(each for each in shapes if not unicodedata.combining(each))


def _find_offsets(text: str, said: str, cursor: int) -> list[int]:
    """Find the offsets of a text within another, from `cursor` on.

    Without a match, the list is empty.
    """
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
