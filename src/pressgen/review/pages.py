"""Which character on a page is which character that was sent, and what lies under a mark on it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
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
HALF = 0.5
"""The share of a line's height that a mark must cover to mean the line."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A character of the pages: where it is drawn, and which character of which sent text it is."""

    page: int
    box: Box
    block: int
    offset: int

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        left, bottom, right, top = self.box
        return (left + right) / 2, (bottom + top) / 2


def placed(blocks: Sequence[Block], glyphs: Sequence[Glyph]) -> list[Placed]:
    """The characters that have a box and belong to a sent text, in the order of the texts."""
    drawn = [(shape, at) for at, glyph in enumerate(glyphs) for shape, _ in _folded(glyph.text)]
    text = "".join(each for each, _ in drawn)
    found: list[Placed] = []
    cursor = 0
    for number, block in enumerate(blocks):
        if block.part not in {"body", "notes"}:
            continue
        said = list(_folded(block.text))
        places = _found(text, "".join(each for each, _ in said), cursor)
        if not places:
            continue
        cursor = places[-1] + 1
        for (_, offset), at in zip(said, places, strict=False):
            glyph = glyphs[drawn[at][1]]
            if glyph.box is not None:
                found.append(Placed(glyph.page, glyph.box, number, offset))
    return found


def _folded(text: str) -> Iterator[tuple[str, int]]:
    """The characters of a text as they look, without white space and hyphens, each with its offset."""
    for offset, each in enumerate(text):
        if not UNSEEN.match(each) and each != "-":
            yield from ((shape, offset) for shape in unicodedata.normalize("NFKC", each) if not UNSEEN.match(shape))


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


@dataclass(frozen=True, slots=True)
class Pages:
    """The characters of the marked pages, by line."""

    lines: dict[int, list[list[Placed]]]

    @classmethod
    def of(cls, found: Sequence[Placed]) -> Pages:
        """The lines of each page: characters of one text on one height."""
        lines: dict[int, list[list[Placed]]] = defaultdict(list)
        for each in found:
            last = lines[each.page][-1] if lines[each.page] else None
            if last and last[-1].block == each.block and _level(last[-1].box, each.box):
                last.append(each)
            else:
                lines[each.page].append([each])
        return cls(lines)

    def under(self, page: int, boxes: Sequence[Box]) -> list[Placed]:
        """The characters that lie under the `boxes` of a mark: of lines that they cover by half, by their middles."""
        hit: list[Placed] = []
        for left, bottom, right, top in boxes:
            covered = []
            for line in self.lines.get(page, ()):
                low, high = min(each.box[1] for each in line), max(each.box[3] for each in line)
                share = (min(top, high) - max(bottom, low)) / max(high - low, 0.1)
                inside = [each for each in line if left <= each.middle[0] <= right]
                if share >= HALF and inside:
                    covered.append((share, inside))
            most = max((share for share, _ in covered), default=0.0)
            for share, inside in covered:
                if share >= 0.7 * most:
                    hit += inside
        if not hit:
            return []
        block = Counter(each.block for each in hit).most_common(1)[0][0]
        return sorted((each for each in hit if each.block == block), key=lambda each: each.offset)

    def gap(self, page: int, x: float, y: float) -> tuple[int, int] | None:
        """The sent text and the offset of the gap between two characters that is nearest to a point."""
        best = None
        for line in self.lines.get(page, ()):
            low, high = min(each.box[1] for each in line), max(each.box[3] for each in line)
            away = max(low - y, 0.0, y - high) * 4
            for each in line:
                for side, edge in ((0, each.box[0]), (1, each.box[2])):
                    distance = away + abs(edge - x)
                    if best is None or distance < best[0]:
                        best = distance, each.block, each.offset + side
        return best and (best[1], best[2])

    def near(self, page: int, x: float, y: float) -> int:
        """The sent text at the height of a point, the nearest one across; -1 where the page has none."""
        best = (float("inf"), -1)
        for line in self.lines.get(page, ()):
            low, high = min(each.box[1] for each in line), max(each.box[3] for each in line)
            left, right = line[0].box[0], line[-1].box[2]
            distance = max(low - y, 0.0, y - high) * 10 + max(left - x, 0.0, x - right) * 0.1
            best = min(best, (distance, line[0].block))
        return best[1]


def _level(one: Box, other: Box) -> bool:
    return min(one[3], other[3]) - max(one[1], other[1]) > HALF * min(one[3] - one[1], other[3] - other[1], 1e9)
