"""A table from another program: texts in rows and columns, with places."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from pressgen.errors import InputError, Place, Problem

MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 64
LONGEST_CELL: Final = 2_000
"""Characters of a cell that are read; names and addresses have some dozens."""


@dataclass(frozen=True, slots=True)
class AddressRow:
    """A row of a table from another program.

    Attributes:
        number: as its own program counts, from 1.
        cells: the texts of the cells.
        starts: the index of each cell in the text of the file; empty for a file that has no lines.
    """

    number: int
    cells: tuple[str, ...]
    starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AddressTable:
    """A table from another program.

    Attributes:
        file: the name of the file in messages.
        part: of the file, such as `sheet “Press”`; empty for the whole.
        rows: those that have content.
        remarks: what the user has to know about how it was read.
        lines: the index at which each line of the file begins; empty for a file that has no lines.
        unit: what its rows are called.
    """

    file: str
    part: str
    rows: tuple[AddressRow, ...] = field(repr=False)
    remarks: tuple[str, ...] = ()
    lines: tuple[int, ...] = field(default=(), repr=False)
    unit: str = "row"

    @property
    def shown(self) -> str:
        """The name of the table in messages."""
        return f"{self.file}, {self.part}" if self.part else self.file

    def place(self, row: AddressRow, column: int) -> Place:
        """Return the place of a cell."""
        if row.starts:
            start = row.starts[min(column, len(row.starts) - 1)]
            line = bisect_right(self.lines, start)
            return Place(self.file, line, start - self.lines[line - 1] + 1)
        cell = (
            f"cell {format_column_letters(column)}{row.number}" if self.unit == "row" else f"{self.unit} {row.number}"
        )
        return Place(self.file, inside=f"{self.part}, {cell}" if self.part else cell)


def format_column_letters(column: int) -> str:
    """Return the letters that spreadsheets use for a column.

    The column is counted from 0.
    """
    name, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def make_refusal(file: str, message: str) -> InputError:
    """Return the refusal of a file as a whole."""
    return InputError([Problem(code="I10", message=message, place=Place(file))])
