"""Check that the cells of a table make rows and columns.

A screen reader says in which row and column a cell stands, and moves between them. Source: ISO 14289-1, 7.2 and 7.5;
ISO 32000-1, 14.8.4.3.4 and table 349 (cells over several rows and columns).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.pdf.objects import read_int

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.pdf.paper import PdfFile
    from pressgen.validate.pdf.tree import StructureElement

SECTIONS = {"THead", "TBody", "TFoot"}
CELLS = {"TH", "TD"}
WIDEST = 10_000
"""The most columns of a table: a release has a dozen."""
MOST_PLACES = 1_000_000
"""The most places of a table that are looked at."""


def check_grids(paper: PdfFile) -> Iterator[Problem]:
    """Check that cells do not overlap and rows are equally long."""
    for table in paper.elements:
        if table.kind == "Table" and (message := _find_grid_fault(table)):
            yield paper.fault("UA1-7.2", message, table.inside)


def check_sections(paper: PdfFile) -> Iterator[Problem]:
    """Check that a table has one head, foot, and a body."""
    for table in paper.elements:
        kinds = table.kinds() if table.kind == "Table" else []
        for kind, what in (("THead", "head"), ("TFoot", "foot")):
            if kinds.count(kind) > 1:
                yield paper.fault("MH09-004", f"a table has more than one {what} ({kind})", table.inside)
            if kind in kinds and "TBody" not in kinds:
                yield paper.fault("MH09-004", f"a table has a {what} ({kind}) and no body (TBody)", table.inside)


def _list_rows(table: StructureElement) -> list[StructureElement]:
    rows = []
    for child in table.children:
        rows += [child] if child.kind == "TR" else child.children if child.kind in SECTIONS else []
    return [row for row in rows if row.kind == "TR"]


def _find_grid_fault(table: StructureElement) -> str:
    """Return what is wrong with a table's grid, or nothing."""
    rows = _list_rows(table)
    taken: list[set[int]] = [set() for _ in rows]
    places = 0
    for number, row in enumerate(rows):
        column = 0
        for cell in (each for each in row.children if each.kind in CELLS):
            while column in taken[number]:
                column += 1
            wide, high = _read_span(cell, "/ColSpan"), _read_span(cell, "/RowSpan")
            if high > len(rows) - number:
                return "a cell of a table spans more rows than there are"
            places += wide * high
            if wide > WIDEST or places > MOST_PLACES:
                return "a table has more columns than can be read"
            covered = set(range(column, column + wide))
            for below in range(number, number + high):
                if taken[below] & covered:
                    return "two cells of a table are in one place"
                taken[below] |= covered
    return "the rows of a table have different numbers of columns" if len({len(each) for each in taken}) > 1 else ""


def _read_span(cell: StructureElement, name: str) -> int:
    return max(read_int(cell.attribute(name), 1), 1)


CHECKS = (check_grids, check_sections)
