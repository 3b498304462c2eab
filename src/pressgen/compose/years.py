"""Tell columns of years in a table from columns of amounts."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pressgen.model.words import flatten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.model.document import Cell, Table

YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
"""A year as tables have it: four digits without a separator, a sign or a unit."""
WIDEST_STEP = 10
"""The most years between two rows where no heading says that they are years."""
NAMED = re.compile(r"\b(?:years?|jahr(?:e|gang)?|année|ans?|años?|blwyddyn|anno)\b|سنة|عام", re.IGNORECASE)
"""Words that a column of years has in its heading, in the languages of releases."""


def mark_year_columns(table: Table) -> Table:
    """Return a table whose years are words, not figures.

    A column is one of years where all its figures are, and they follow each other evenly or its heading says so.
    """
    columns = list(zip(*table.rows, strict=False)) if len({len(row) for row in table.rows}) == 1 else []
    years = {at for at, column in enumerate(columns) if _has_years(column, _read_heading(table, at))}
    if not years:
        return table
    rows = (
        tuple(replace(cell, numeric=False) if at in years else cell for at, cell in enumerate(row))
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _read_heading(table: Table, at: int) -> str:
    return flatten(table.header[at].words) if at < len(table.header) else ""


def _has_years(column: Sequence[Cell], heading: str) -> bool:
    figures = [flatten(cell.words) for cell in column if cell.numeric]
    if not figures or not all(map(YEAR.fullmatch, figures)):
        return False
    steps = {int(after) - int(before) for before, after in pairwise(figures)}
    return NAMED.search(heading) is not None or (len(steps) == 1 and 0 < abs(steps.pop()) <= WIDEST_STEP)
