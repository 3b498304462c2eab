"""Put the text of a PDF page into reading order.

Columns are read one after the other; the rows of a table stay together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pressgen.importer.list_markers import find_marker
from pressgen.importer.pdf_glyphs import RAISED, RAISED_BY, SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.importer.pdf_glyphs import TextPiece

NARROW, FULL, FULL_SHARE = 15, 0.75, 0.6
"""Sizes of letters: the widest column that may have short lines only; the shares that show running text in it."""
SAME_LINE, WORD_GAP, GUTTER, COLUMN_GAP = 0.45, 0.18, 0.6, 1.6
"""Shares of the size of letters: up and down, between words, between columns at least, and on a single line."""
FEWEST_ROWS, DEEPEST = 3, 6
FIGURE = re.compile(r"[^\w]*\d[\d.,/%–\s-]*[%\w°]{0,6}\)?|[–—-]|n/?a", re.IGNORECASE)
NUMERIC_SHARE = 0.5
APART, PARTED = 1.25, 1.9
"""How many times the distance of its lines separates a column from what comes after it."""


@dataclass(slots=True)
class PageLine:
    """A line of a page, or a table with its rows.

    Attributes:
        edge: where the lines of its column end at most.
        start: where they begin.
        running: whether its column has running text, and not short lines only.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    edge: float = 0
    start: float = 0
    running: bool = False
    rows: tuple[tuple[str, ...], ...] = ()


Row = list[PageLine]


def order_lines(pieces: Sequence[TextPiece]) -> list[PageLine]:
    """Return the lines of a page in reading order."""
    rows = [_merge_cells(row) for row in _group_rows([each for each in pieces if each.text.strip()])]
    return [line for block in _order_blocks(rows, 0) for line in _set_edges(block)]


def _group_rows(pieces: Sequence[TextPiece]) -> Iterator[list[TextPiece]]:
    row: list[TextPiece] = []
    for piece in sorted(pieces, key=lambda each: -each.y):
        if row and row[0].y - piece.y > SAME_LINE * max(piece.size, row[0].size):
            yield row
            row = []
        row.append(piece)
    if row:
        yield row


def _merge_cells(pieces: list[TextPiece]) -> Row:
    """Join the pieces of a row that no wide gap separates."""
    row: Row = []
    for piece in sorted(pieces, key=lambda each: each.x0):
        last = row[-1] if row else None
        size = max(piece.size, last.size if last else 0)
        cell = PageLine(piece.text, piece.x0, piece.x1, piece.y, piece.size, piece.bold)
        if last is None or (piece.x0 - last.x1 > GUTTER * size and not _is_marker(last.text)):
            row.append(cell)
        else:
            row[-1] = _join(last, cell, spaced=piece.spaced)
    return row


def _join(last: PageLine, cell: PageLine, *, spaced: bool) -> PageLine:
    spaced = spaced or cell.x0 - last.x1 > WORD_GAP * max(last.size, cell.size)
    larger = last if last.size >= cell.size else cell
    begun, added = (_raise(each, larger) for each in (last, cell))
    text = f"{begun} {added}" if spaced else begun + added
    return replace(larger, text=text, x0=last.x0, x1=max(last.x1, cell.x1), bold=last.bold and cell.bold)


def _raise(cell: PageLine, larger: PageLine) -> str:
    """Return a text, its figures raised if they are on the page."""
    raised = cell.size < SMALL * larger.size and cell.y - larger.y > RAISED_BY * larger.size
    return cell.text.translate(RAISED) if raised else cell.text


def _join_row(row: Row) -> Row:
    """Join the cells of a row that is in no column."""
    joined = row[:1]
    for cell in row[1:]:
        if cell.x0 - joined[-1].x1 <= COLUMN_GAP * cell.size:
            joined[-1] = _join(joined[-1], cell, spaced=True)
        else:
            joined.append(cell)
    return joined


def _is_marker(text: str) -> bool:
    mark = find_marker(f"{text} x", within_list=True)
    return mark is not None and mark.text == "x"


def _order_blocks(rows: list[Row], depth: int) -> list[list[PageLine]]:
    """Return the blocks of rows in reading order, one column each."""
    blocks: list[list[PageLine]] = [[]]
    at = 0
    while at < len(rows):
        run, gutter = _find_run(rows, at) if depth < DEEPEST else ([], (0.0, 0.0))
        pairs = sum(len(row) > 1 for row in run)
        if pairs < 2:  # noqa: PLR2004 - one row has no columns
            blocks[-1] += _join_row(rows[at])
            at += 1
            continue
        at += len(run)
        if table := _read_table(run):
            blocks[-1].append(table)
        elif len(run) < FEWEST_ROWS:
            blocks[-1] += [cell for row in run for cell in _join_row(row)]
        else:
            sides = [
                [[cell for cell in row if (cell.x0 >= gutter[1]) is right] for row in run] for right in (False, True)
            ]
            for side in sides:
                blocks += _order_blocks([row for row in side if row], depth + 1)
            blocks.append([])
    return [block for block in blocks if block]


def _find_run(rows: list[Row], at: int) -> tuple[list[Row], tuple[float, float]]:
    """Return the longest run of rows from `at` with one gutter."""
    found: list[Row] = []
    between = (0.0, 0.0)
    for left, right in pairwise(rows[at]):
        gutter, run = (left.x1, right.x0), list[Row]()
        for row in rows[at:]:
            narrowed = _narrow(gutter, row)
            if narrowed is None or (run and len(row) == 1 and run[-1][0].y - row[0].y > PARTED * 1.2 * row[0].size):
                break
            gutter = narrowed
            run.append(row)
        run = _drop_tail(run, gutter)
        if sum(len(row) > 1 for row in run) > sum(len(row) > 1 for row in found):
            found, between = run, gutter
    return found, between


def _drop_tail(run: list[Row], gutter: tuple[float, float]) -> list[Row]:
    """Drop the few lines below columns that stand apart from them."""
    last = max((at for at, row in enumerate(run) if row[-1].x0 >= gutter[1]), default=0)
    steps = [above[0].y - below[0].y for above, below in pairwise(run[: last + 1])]
    usual = sorted(steps)[len(steps) // 2] if steps else 0
    for at in range(last + 1, len(run)):
        if len(run) - at <= FEWEST_ROWS and run[at - 1][0].y - run[at][0].y > APART * usual > 0:
            return run[:at]
    return run


def _narrow(gutter: tuple[float, float], row: Row) -> tuple[float, float] | None:
    """Return what a row leaves of a gutter, or None."""
    low, high = gutter
    for cell in row:
        if cell.x1 <= high and cell.x0 < low:
            low = max(low, cell.x1)
        elif cell.x0 >= low and cell.x1 > high:
            high = min(high, cell.x0)
        else:
            return None
    return (low, high) if high - low >= GUTTER * row[0].size else None


def _read_table(run: list[Row]) -> PageLine | None:
    """Return a run of rows as a table of figures, or None.

    A row with a single cell continues the one before it.
    """
    width = len(run[0])
    cells: list[list[str]] = []
    for row in run:
        if len(row) == width:
            cells.append([cell.text for cell in row])
        elif len(row) == 1 and cells:
            starts = [abs(each.x0 - row[0].x0) for each in run[0]]
            cells[-1][starts.index(min(starts))] += f" {row[0].text}"
        else:
            return None
    others = [cell for row in cells[1:] for cell in row[1:]]
    if len(cells) < 2 or sum(bool(FIGURE.fullmatch(cell)) for cell in others) < NUMERIC_SHARE * len(others):  # noqa: PLR2004
        return None
    first = run[0][0]
    return replace(
        first, text=" ".join(cell for row in cells for cell in row), y=run[-1][0].y, rows=tuple(map(tuple, cells))
    )


def _set_edges(block: list[PageLine]) -> list[PageLine]:
    """Set where the lines of a column begin and end."""
    edge = max(line.x1 for line in block)
    starts = sorted(line.x0 for line in block if not line.rows)
    start = starts[len(starts) // 4] if starts else block[0].x0
    full = sum(line.x1 - start > FULL * (edge - start) for line in block)
    narrow = edge - start < NARROW * max(line.size for line in block)
    running = not narrow or (len(block) > FEWEST_ROWS and full >= FULL_SHARE * len(block))
    for line in block:
        line.edge, line.start, line.running = edge, start, running
    return block
