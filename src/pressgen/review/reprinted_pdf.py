"""Find the edits in a copy that was printed to PDF again.

Its annotations have become part of the pages. Only the words can be compared: words that were sent and are missing, and
words that were not sent, such as a flattened comment or a text edited with a PDF program. Numbers, labels, headers and
footers are ignored.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from pressgen.model.labels import label_path
from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.review.annotated_text import Pages
from pressgen.review.pdf_text_alignment import (
    LocatedCharacter,
    PageText,
    count_visible_characters,
    is_right_to_left,
    iter_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.pdf.glyphs import PdfCharacter
    from pressgen.review.pdf_text_alignment import LocatedWord, WordMatch

ALIKE = 0.5
"""The share of common letters of two words where ligatures are garbled in the PDF: right-to-left or damaged text."""
NUMBERS = re.compile(r"[\W\d_]+")
ELSEWHERE = 0x2E80
"""The first of the East Asian characters, which programs use for ligatures that they cannot name."""


def find_differences(
    blocks: Sequence[ExportedBlock], glyphs: Sequence[PdfCharacter], placed: Sequence[LocatedCharacter]
) -> Iterator[Proposal]:
    """Find where the pages differ from the sent texts.

    Each difference has the words sent, the words on the page, and their place.

    Args:
        blocks: what was sent.
        glyphs: everything on the pages.
        placed: the glyphs that belong to sent texts; they give the others their place.
    """
    comparing = _PageComparison(blocks, PageText(glyphs))
    for number, block in enumerate(blocks):
        if block.part in {"body", "notes"} and block.text.strip():
            comparing.compare(number)
    comparing.take_garbled()
    yield from comparing.found
    yield from comparing.added(Pages.of(placed))


@dataclass(slots=True)
class _PageComparison:
    """A comparison of the pages with the sent texts.

    Attributes:
        taken: the characters of the pages that belong to a text.
        found: the differences within texts.
        garbled: words of right-to-left texts that were not found as they were sent, each with its text.
    """

    blocks: Sequence[ExportedBlock]
    drawn: PageText
    taken: set[int] = field(default_factory=set)
    found: list[Proposal] = field(default_factory=list)
    garbled: list[tuple[int, LocatedWord]] = field(default_factory=list)
    _cursor: int = 0
    _furniture: set[str] = field(default_factory=set)
    _lines: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for block in self.blocks:
            lines = [label_path(block.path)] + [block.text] * (block.part in {"header", "footer"})
            self._furniture |= {_join_letters([word]) for line in lines for word in iter_words(line)}
            self._lines.add(_join_letters(list(iter_words(block.text))))

    def compare(self, number: int) -> None:
        """Compare a sent text with the pages, and record the differences."""
        text = self.blocks[number].text
        places = self.drawn.as_sent(text, self._cursor)
        if len(places) < count_visible_characters(text):
            match = self.drawn.by_words(text, self._cursor)
            backward = any(map(is_right_to_left, text))
            for gone, come in self._gaps(match) if match else [(list(iter_words(text)), [])]:
                if backward:
                    self.garbled += [(number, word) for word in gone]
                elif not _is_same_text(gone, come):
                    self._take(come)
                    self.found.append(_make_proposal(self.blocks, number, gone, come))
                else:
                    self._take(come)
            places = list(match.letters()) if match else []
        self.taken.update(at for _, at in places)
        self._cursor = max((at + 1 for _, at in places), default=self._cursor)

    def _take(self, words: Sequence[LocatedWord]) -> None:
        self.taken.update(at for word in words for _, at in word.letters)

    def _gaps(self, match: WordMatch) -> Iterator[tuple[list[LocatedWord], list[LocatedWord]]]:
        """Yield the missing words of a text, with those in their place."""
        known, used = {one for one, _ in match.elsewhere}, {other for _, other in match.elsewhere}
        for one, other in match.in_order:
            said, read = _join_letters([match.wanted[one]]), _join_letters([match.there[other]])
            if said != read and not any(map(is_right_to_left, said)):  # the same digits in another order: 34 and 43
                yield [match.wanted[one]], [match.there[other]]
        (a, b), (c, d) = match.in_order[0], match.in_order[-1]
        start, end = (-1, max(-1, b - a - 1)), (len(match.wanted), min(len(match.there), d + len(match.wanted) - c))
        for (a, b), (c, d) in pairwise([start, *match.in_order, end]):
            gone = [match.wanted[at] for at in range(a + 1, c) if at not in known]
            come = [match.there[at] for at in range(b + 1, d) if at not in used]
            come = [word for word in come if word.letters[0][1] not in self.taken and not self._is_furniture(word)]
            if gone or (come and a >= 0 and c < len(match.wanted)):
                yield gone, come

    def take_garbled(self) -> None:
        """Match garbled right-to-left words by most of their letters.

        Report those without a match.
        """
        free = [word for word in self._left() if any(map(is_right_to_left, word.text))]
        for number, gone in self.garbled:
            come = next((word for word in free if _is_similar(_join_letters([gone]), _join_letters([word]))), None)
            if come is None:
                self.found.append(_make_proposal(self.blocks, number, [gone], []))
            else:
                free.remove(come)
                self._take([come])
        if self.garbled:
            self._take([word for word in free if len(word.letters) == 1])

    def _left(self) -> list[LocatedWord]:
        return [word for word in self.drawn.words if not any(at in self.taken for _, at in word.letters)]

    def _is_furniture(self, word: LocatedWord) -> bool:
        """Return whether a word is a number, a label or a header's."""
        return _join_letters([word]) in self._furniture or NUMBERS.fullmatch(word.text) is not None

    def added(self, pages: Pages) -> Iterator[Proposal]:
        """Yield the lines that belong to no sent text.

        Each is reported at the text next to it.
        """
        for _, words in groupby(self._left(), key=lambda word: word.line):
            line = list(words)
            if _join_letters(line) in self._lines or all(self._is_furniture(word) for word in line):
                continue
            glyph = self.drawn.glyph(line[0].letters[0][1])
            near = -1
            if glyph.box is not None:
                near = pages.near(glyph.page, glyph.box[0], (glyph.box[1] + glyph.box[3]) / 2)
            yield _make_proposal(self.blocks, near, [], line)


def _make_proposal(
    blocks: Sequence[ExportedBlock], number: int, gone: Sequence[LocatedWord], come: Sequence[LocatedWord]
) -> Proposal:
    before, after = (" ".join(word.text for word in side) for side in (gone, come))
    start = gone[0].letters[0][1] if gone else 0
    path = blocks[number].path if number >= 0 else ""
    return Proposal(
        kind=ProposalKind.UNMAPPED,
        path=path,
        block=number,
        start=start,
        end=start + len(before),
        before=before,
        after=after,
    )


def _join_letters(words: Sequence[LocatedWord]) -> str:
    """Return the letters and figures of words, without line breaks."""
    return "".join(letter for word in words for letter, _ in word.letters)


def _is_same_text(gone: Sequence[LocatedWord], come: Sequence[LocatedWord]) -> bool:
    """Return whether words are equal, apart from unreadable ligatures."""
    one, other = _join_letters(gone), _join_letters(come)
    strange = any(ord(each) >= ELSEWHERE for each in other) and not any(ord(each) >= ELSEWHERE for each in one)
    return one == other or (strange and _is_similar(one, other))


def _is_similar(one: str, other: str) -> bool:
    return (Counter(one) & Counter(other)).total() >= ALIKE * max(len(one), len(other))
