"""Find the sent characters under an annotation on a page."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pressgen.pdf.glyphs import Box
    from pressgen.review.pdf_text_alignment import LocatedCharacter

HALF = 0.5
"""The share of a line's height that an annotation must cover to mean the line."""
ALMOST = 0.7
"""The share of its best line's coverage that another line needs to be meant as well."""
LINE = 12.0
"""Points by which a line may be farther from a point than the nearest one, and still be the one that is meant."""


@dataclass(frozen=True, slots=True)
class _Line:
    characters: list[LocatedCharacter]
    low: float
    high: float
    left: float
    right: float

    @classmethod
    def of(cls, characters: list[LocatedCharacter]) -> _Line:
        boxes = [each.box for each in characters]
        left, low, right, high = zip(*boxes, strict=True)
        return cls(characters, min(low), max(high), min(left), max(right))

    def above_or_below(self, y: float) -> float:
        """Return the distance of a height from the line, 0 within it."""
        return max(self.low - y, 0.0, y - self.high)


@dataclass(frozen=True, slots=True)
class Pages:
    """The characters of the annotated pages, by line."""

    lines: dict[int, list[_Line]]

    @classmethod
    def of(cls, found: Sequence[LocatedCharacter]) -> Pages:
        """Group the characters of each page into lines."""
        lines: dict[int, list[list[LocatedCharacter]]] = defaultdict(list)
        for each in found:
            last = lines[each.page][-1] if lines[each.page] else None
            if last and last[-1].block == each.block and _is_same_line(last[-1].box, each.box):
                last.append(each)
            else:
                lines[each.page].append([each])
        return cls({page: [_Line.of(each) for each in several] for page, several in lines.items()})

    def under(self, page: int, boxes: Sequence[Box]) -> list[LocatedCharacter]:
        """Return the characters under the boxes of an annotation.

        A line counts if the boxes cover half of its height, a character if they cover its middle.
        """
        hit: list[LocatedCharacter] = []
        for left, bottom, right, top in boxes:
            covered = []
            for line in self.lines.get(page, ()):
                share = (min(top, line.high) - max(bottom, line.low)) / max(line.high - line.low, 0.1)
                if share < HALF or line.right < left or line.left > right:
                    continue
                if inside := [each for each in line.characters if left <= each.middle <= right]:
                    covered.append((share, inside))
            most = max((share for share, _ in covered), default=0.0)
            hit += [each for share, inside in covered if share >= ALMOST * most for each in inside]
        if not hit:
            return []
        block = Counter(each.block for each in hit).most_common(1)[0][0]
        return sorted((each for each in hit if each.block == block), key=lambda each: each.offset)

    def gap(
        self, page: int, x: float, y: float, is_gap: Callable[[int, int], bool] = lambda *_: True
    ) -> tuple[int, int] | None:
        """Return the text and offset of the gap nearest to a point.

        `is_gap` says whether the offset of a text, given with the text's position, may be meant.
        """
        lines = self.lines.get(page, ())
        nearest = min((line.above_or_below(y) for line in lines), default=0.0)
        gaps = [
            (4 * line.above_or_below(y) + abs(edge - x), each.block, each.offset + side)
            for line in lines
            if line.above_or_below(y) <= nearest + LINE
            for each in line.characters
            for side, edge in enumerate(each.edges)
            if is_gap(each.block, each.offset + side)
        ]
        return min(gaps)[1:] if gaps else None

    def beside(self, page: int, x: float, y: float) -> list[int]:
        """Return the sent texts level with a point, to one side.

        All of them are left, or all are right of it, as with a note in the margin of a table row.
        """
        lines = [line for line in self.lines.get(page, ()) if line.above_or_below(y) == 0]
        if not lines or min(line.left for line in lines) <= x <= max(line.right for line in lines):
            return []
        return list(dict.fromkeys(line.characters[0].block for line in lines))

    def near(self, page: int, x: float, y: float) -> int:
        """Return the sent text level with a point, the nearest one across.

        -1 where the page has none.
        """
        return min(
            (
                (10 * line.above_or_below(y) + 0.1 * max(line.left - x, 0.0, x - line.right), line.characters[0].block)
                for line in self.lines.get(page, ())
            ),
            default=(0.0, -1),
        )[1]


def _is_same_line(one: Box, other: Box) -> bool:
    """Return whether two boxes are on the same line.

    The lower box must overlap the other by half of it.
    """
    return min(one[3], other[3]) - max(one[1], other[1]) > HALF * min(one[3] - one[1], other[3] - other[1])
