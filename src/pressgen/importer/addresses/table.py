"""A table as another program wrote it: texts in rows and columns, each with its place."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from pressgen.errors import Place, Problem, Refused

MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 64
LONGEST_CELL: Final = 2_000
"""Characters of a cell that are read; names and addresses have some dozens."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row.

    Attributes:
        number: by which its own program knows it, from 1.
        cells: what they say.
        starts: the index of each cell in the text of the file; empty for a file that has no lines.
    """

    number: int
    cells: tuple[str, ...]
    starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        file: what messages call the file.
        part: of the file, such as `sheet “Press”`; empty for the whole.
        rows: those that say anything.
        remarks: what whoever reads the report has to know of how it was read.
        lines: the index at which each line of the file begins; empty for a file that has no lines.
        unit: what its rows are called.
    """

    file: str
    part: str
    rows: tuple[Row, ...] = field(repr=False)
    remarks: tuple[str, ...] = ()
    lines: tuple[int, ...] = field(default=(), repr=False)
    unit: str = "row"

    @property
    def shown(self) -> str:
        """What messages call the table."""
        return f"{self.file}, {self.part}" if self.part else self.file

    def place(self, row: Row, column: int) -> Place:
        """Where a cell stands."""
        if row.starts:
            start = row.starts[min(column, len(row.starts) - 1)]
            line = bisect_right(self.lines, start)
            return Place(self.file, line, start - self.lines[line - 1] + 1)
        cell = f"cell {letters(column)}{row.number}" if self.unit == "row" else f"{self.unit} {row.number}"
        return Place(self.file, inside=f"{self.part}, {cell}" if self.part else cell)


def letters(column: int) -> str:
    """The letters that spreadsheets call a column by, which is counted from 0."""
    name, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def refuse(file: str, message: str) -> Refused:
    """The refusal of a file as a whole."""
    return Refused([Problem(code="I10", message=message, place=Place(file))])
