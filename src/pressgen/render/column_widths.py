"""Share the width of a Word table among its columns.

No figure is broken across lines: Word breaks a word that is wider than its cell wherever it likes, and shows “4,39”
above “9”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_COLUMN = 340
"""The least width of a column (6 mm), in twentieths of a point."""
WIDEST, GUTTER = 48, 3
"""The most characters that a column is as wide as, unless a word is longer; and those that fit between two columns."""
WIDE_LETTER = 0.6
"""The width of a wide letter or a figure, as a share of the size of the type; bold faces have figures as wide."""
WORD = re.compile(r"[^ \t\n\u2028]+")
"""What Word does not break: a space that holds two words together is a part of one."""


@dataclass(frozen=True, slots=True)
class CellMeasures:
    """What a cell needs beside its words, in twentieths of a point.

    Attributes:
        letter: the width of a wide letter.
        padding: the space at the two sides of a cell.
    """

    letter: float
    padding: int

    def measure(self, word: str) -> int:
        """Return the width of a cell for a word on one line."""
        return max(LEAST_COLUMN, round(len(word) * self.letter) + self.padding)


def compute_least_width(rows: Sequence[Sequence[str]], cells: CellMeasures) -> int:
    """Return the width below which a figure would be broken across lines."""
    return sum(cells.measure(_find_longest_figure(column)) for column in zip(*rows, strict=True))


def compute_column_widths(rows: Sequence[Sequence[str]], width: int, cells: CellMeasures) -> list[int]:
    """Return widths of columns that share `width` by their longest text.

    Each has room for its longest word if that can be; else for its longest figure.

    Args:
        rows: the texts of the cells, as many in each row.
        width: of the table, in twentieths of a point, not below `compute_least_width`.
        cells: what a cell needs beside its words.
    """
    columns = list(zip(*rows, strict=True))
    longest = [max((word for text in column for word in WORD.findall(text)), key=len, default="") for column in columns]
    shares = [
        max(min(max(map(len, column)), WIDEST), len(word)) + GUTTER
        for column, word in zip(columns, longest, strict=True)
    ]
    widths = _share(width, shares)
    for words in (map(_find_longest_figure, columns), longest):
        widths = _widen(widths, [cells.measure(word) for word in words])
    return widths


def _widen(widths: list[int], least: Sequence[int]) -> list[int]:
    """Widen columns below their least width, if others have enough to give."""
    missing = sum(max(0, need - width) for need, width in zip(least, widths, strict=True))
    spare = [max(0, width - need) for need, width in zip(least, widths, strict=True)]
    if not missing or missing > sum(spare):
        return widths
    given = _share(missing, spare)
    return [max(width, need) - gift for need, width, gift in zip(least, widths, given, strict=True)]


def _share(whole: int, shares: Sequence[int]) -> list[int]:
    """Divide a whole by shares, with nothing left over."""
    ends = [whole * sum(shares[: at + 1]) // sum(shares) for at in range(len(shares))]
    return [end - before for before, end in pairwise([0, *ends])]


def _find_longest_figure(texts: Sequence[str]) -> str:
    words = (word for text in texts for word in WORD.findall(text))
    return max((word for word in words if any(map(str.isdigit, word))), key=len, default="")
