"""Percentages of a whole that do not make 100, or counts that do not make the total beside them.

In tables and stacked charts: a column or row of percentages that comes to 97 or 104, and a row headed Total that is
not the sum of those above. Rounding may leave 99 or 101, so those pass; whether parts make a whole cannot always be
told, so it is a warning.

Wrong: a column `32 %, 41 %, 31 %`

Right: a column `32 %, 41 %, 27 %`
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.model.document import Chart, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.check.subject import Subject
    from pressgen.model.document import Cell

NUMBER = re.compile(r"\s*(-?\d{1,3}(?:,\d{3})+|-?\d+)(\.\d+)?\s*(%|per\scent|percent)?\s*", re.IGNORECASE)
PERCENT = re.compile(r"%|\bper\s?cent\b|\bshare\b|\bproportion\b", re.IGNORECASE)
TOTAL = re.compile(r"\s*(?:grand\s|sub)?total\b.*|all(?:\s\w+)?|sum", re.IGNORECASE)
WHOLE, SLACK, NEAR = 100, Decimal("1.05"), 8
FEWEST = 2


@rule("F03", "parts-not-of-whole", Severity.WARNING)
def check(subject: Subject) -> Iterator[Finding]:
    """Find parts that do not add up to their whole."""
    for block in subject.document.body:
        if isinstance(block, Table) and not block.findings:
            yield from _check_table(block)
        elif (
            isinstance(block, Chart)
            and block.kind == "stacked"
            and PERCENT.search(f"{block.caption} {_join_headers(block)}")
        ):
            for row, values in zip(block.table.rows, block.values, strict=True):
                if _is_nearly_whole(values):
                    message = f"{_format_sum(values)}, not 100 per cent"
                    yield Finding(row[0].path, message, 0, 0)


def _check_table(table: Table) -> Iterator[Finding]:
    """Find the columns of figures that do not add up."""
    with_total = TOTAL.fullmatch(str(table.rows[-1][0])) is not None
    for header, *cells in islice(zip(table.header, *table.rows, strict=True), 1, None):
        values = [number for cell in cells if (number := _parse_number(cell)) is not None]
        if len(values) < len(cells) or len(values) <= FEWEST:
            continue
        fault = _compare_with_total(header, cells, values) if with_total else _compare_with_whole(header, cells, values)
        if fault:
            yield Finding(cells[-1].path, fault, 0, len(str(cells[-1])))


def _compare_with_total(header: Cell, cells: Sequence[Cell], values: Sequence[Decimal]) -> str:
    """Describe how the last figure differs from the sum of the others."""
    *parts, total = values
    slack = SLACK if PERCENT.search(f"{header} {cells[-1]}") else 0
    return f"{_format_sum(parts)}, but the total says {total}" if abs(sum(parts) - total) > slack else ""


def _compare_with_whole(header: Cell, cells: Sequence[Cell], values: Sequence[Decimal]) -> str:
    """Describe how percentages miss 100."""
    percent = PERCENT.search(str(header)) or all(PERCENT.search(str(cell)) for cell in cells)
    return f"{_format_sum(values)}, not 100 per cent" if percent and _is_nearly_whole(values) else ""


def _is_nearly_whole(values: Sequence[Decimal]) -> bool:
    """Return whether parts should probably add up to 100, and do not.

    Parts that are further off are not parts of one whole.
    """
    return SLACK < abs(sum(values, Decimal()) - WHOLE) <= NEAR


def _format_sum(values: Sequence[Decimal]) -> str:
    return " + ".join(map(str, values)) + f" = {sum(values)}"


def _parse_number(cell: Cell) -> Decimal | None:
    match = NUMBER.fullmatch(str(cell))
    return Decimal(match[1].replace(",", "") + (match[2] or "")) if match else None


def _join_headers(chart: Chart) -> str:
    return " ".join(str(cell) for cell in chart.table.header)
