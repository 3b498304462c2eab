"""A copy that was printed to PDF again: its marks have become part of the pages; what can be told is what they say.

Words that were sent and are not there, and words that are there and were not sent: a flattened remark, a text edited
with a PDF program. Numbers, labels and running lines are no words of anybody.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from pressgen.model.labels import label
from pressgen.model.proposal import Kind, Proposal
from pressgen.review.pages import Pages
from pressgen.review.pdf_text_alignment import Drawn, Placed, backwards, length, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.export import Block
    from pressgen.pdf.glyphs import Glyph
    from pressgen.review.pdf_text_alignment import Matched, Word

ALIKE = 0.5
"""The share of common letters of two words where ligatures do not come out of the PDF: right to left, or garbled."""
NUMBERS = re.compile(r"[\W\d_]+")
ELSEWHERE = 0x2E80
"""From here on stand the characters of East Asia, which programs take for ligatures that they cannot name."""


def differing(blocks: Sequence[Block], glyphs: Sequence[Glyph], placed: Sequence[Placed]) -> Iterator[Proposal]:
    """What the pages say otherwise than what was sent: each with the words sent, the words there, and their place.

    Args:
        blocks: what was sent.
        glyphs: everything on the pages.
        placed: what of it belongs to which text, for the place of what does not.
    """
    comparing = _Comparing(blocks, Drawn(glyphs))
    for number, block in enumerate(blocks):
        if block.part in {"body", "notes"} and block.text.strip():
            comparing.compare(number)
    comparing.take_garbled()
    yield from comparing.found
    yield from comparing.added(Pages.of(placed))


@dataclass(slots=True)
class _Comparing:
    """The pages beside what was sent.

    Attributes:
        taken: the characters of the pages that belong to a text.
        found: what differs within texts.
        garbled: words of right-to-left texts that are not there as they were sent, each with its text.
    """

    blocks: Sequence[Block]
    drawn: Drawn
    taken: set[int] = field(default_factory=set)
    found: list[Proposal] = field(default_factory=list)
    garbled: list[tuple[int, Word]] = field(default_factory=list)
    _cursor: int = 0
    _dress: set[str] = field(default_factory=set)
    _lines: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for block in self.blocks:
            lines = [label(block.path)] + [block.text] * (block.part in {"header", "footer"})
            self._dress |= {_said([word]) for line in lines for word in words_of(line)}
            self._lines.add(_said(list(words_of(block.text))))

    def compare(self, number: int) -> None:
        """Take note of what the pages have of a text, and what they say in place of the rest."""
        text = self.blocks[number].text
        places = self.drawn.as_sent(text, self._cursor)
        if len(places) < length(text):
            match = self.drawn.by_words(text, self._cursor)
            backward = any(map(backwards, text))
            for gone, come in self._gaps(match) if match else [(list(words_of(text)), [])]:
                if backward:
                    self.garbled += [(number, word) for word in gone]
                elif not _same(gone, come):
                    self._take(come)
                    self.found.append(_differs(self.blocks, number, gone, come))
                else:
                    self._take(come)
            places = list(match.letters()) if match else []
        self.taken.update(at for _, at in places)
        self._cursor = max((at + 1 for _, at in places), default=self._cursor)

    def _take(self, words: Sequence[Word]) -> None:
        self.taken.update(at for word in words for _, at in word.letters)

    def _gaps(self, match: Matched) -> Iterator[tuple[list[Word], list[Word]]]:
        """The words of a text that are not there, with what stands in their place on the pages."""
        known, used = {one for one, _ in match.elsewhere}, {other for _, other in match.elsewhere}
        for one, other in match.in_order:
            said, read = _said([match.wanted[one]]), _said([match.there[other]])
            if said != read and not any(map(backwards, said)):  # the same letters in another order: 34 and 43
                yield [match.wanted[one]], [match.there[other]]
        (a, b), (c, d) = match.in_order[0], match.in_order[-1]
        start, end = (-1, max(-1, b - a - 1)), (len(match.wanted), min(len(match.there), d + len(match.wanted) - c))
        for (a, b), (c, d) in pairwise([start, *match.in_order, end]):
            gone = [match.wanted[at] for at in range(a + 1, c) if at not in known]
            come = [match.there[at] for at in range(b + 1, d) if at not in used]
            come = [word for word in come if word.letters[0][1] not in self.taken and not self._dresses(word)]
            if gone or (come and a >= 0 and c < len(match.wanted)):
                yield gone, come

    def take_garbled(self) -> None:
        """Give right-to-left words what has most of their letters; tell those for which there is nothing."""
        free = [word for word in self._left() if any(map(backwards, word.text))]
        for number, gone in self.garbled:
            come = next((word for word in free if _alike(_said([gone]), _said([word]))), None)
            if come is None:
                self.found.append(_differs(self.blocks, number, [gone], []))
            else:
                free.remove(come)
                self._take([come])
        if self.garbled:
            self._take([word for word in free if len(word.letters) == 1])

    def _left(self) -> list[Word]:
        return [word for word in self.drawn.words if not any(at in self.taken for _, at in word.letters)]

    def _dresses(self, word: Word) -> bool:
        """Whether a word is one of headers, footers or labels, or a number."""
        return _said([word]) in self._dress or NUMBERS.fullmatch(word.text) is not None

    def added(self, pages: Pages) -> Iterator[Proposal]:
        """The lines that no text has, each told at the text beside it."""
        for _, words in groupby(self._left(), key=lambda word: word.line):
            line = list(words)
            if _said(line) in self._lines or all(self._dresses(word) for word in line):
                continue
            glyph = self.drawn.glyph(line[0].letters[0][1])
            near = -1
            if glyph.box is not None:
                near = pages.near(glyph.page, glyph.box[0], (glyph.box[1] + glyph.box[3]) / 2)
            yield _differs(self.blocks, near, [], line)


def _differs(blocks: Sequence[Block], number: int, gone: Sequence[Word], come: Sequence[Word]) -> Proposal:
    before, after = (" ".join(word.text for word in side) for side in (gone, come))
    start = gone[0].letters[0][1] if gone else 0
    path = blocks[number].path if number >= 0 else ""
    return Proposal(
        kind=Kind.UNMAPPED, path=path, block=number, start=start, end=start + len(before), before=before, after=after
    )


def _said(words: Sequence[Word]) -> str:
    """The letters and figures of words, wherever a line breaks them."""
    return "".join(letter for word in words for letter, _ in word.letters)


def _same(gone: Sequence[Word], come: Sequence[Word]) -> bool:
    """Whether words say the same, but for ligatures that the program could not name."""
    one, other = _said(gone), _said(come)
    strange = any(ord(each) >= ELSEWHERE for each in other) and not any(ord(each) >= ELSEWHERE for each in one)
    return one == other or (strange and _alike(one, other))


def _alike(one: str, other: str) -> bool:
    return (Counter(one) & Counter(other)).total() >= ALIKE * max(len(one), len(other))
