"""Charts as drawings: bars with their labels above and their figures at the end, and lines with dots.

Every chart begins at nought, so that lengths can be compared; figures print as the table under the chart has them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pressgen.model.words import flatten
from pressgen.render.chart_marks import (
    LINE,
    SIZE,
    WIDTH,
    Box,
    Hue,
    Label,
    Mark,
    Sheet,
    Stroke,
    breadth,
    dot,
    lines,
    textured,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.document import Chart

BAR, GAP, EDGE = 20, 12, 8
PLOT = 200
"""The height of the room for lines."""
MANY = 8
"""Points on a line from which on only its ends have their figures printed."""


def drawn(chart: Chart) -> Sheet:
    """The drawing of a chart: the legend where there are several series, then what it shows."""
    legend, top = _legend(chart)
    match chart.kind:
        case "bar":
            marks, height = _bars(chart, top)
        case "stacked":
            marks, height = _stacks(chart, top)
        case "line":
            marks, height = _lines(chart, top)
    return Sheet(height, (Box(0, 0, WIDTH, height, Hue.PAPER), *legend, *marks))


def _legend(chart: Chart) -> tuple[list[Mark], float]:
    """The name of each series beside its texture, and where the drawing goes on."""
    marks: list[Mark] = []
    y = 0.0
    names = [flatten(cell.words) for cell in chart.table.header[1:]]
    for series, name in enumerate(names if len(names) > 1 else []):
        if chart.kind == "line":
            marks += [Stroke(((0, y + LINE / 2), (30, y + LINE / 2)), Hue.ACCENT), dot(series, 15, y + LINE / 2)]
        else:
            marks += textured(series, 1, y + 3, 28, LINE - 6)
        marks.append(Label(38, y + SIZE, name))
        y += LINE
    return marks, y + (GAP if y else 2)


def _heading(text: str, y: float) -> tuple[list[Mark], float]:
    """The label of a row above its bars."""
    shown = lines(text)
    return [Label(0, y + LINE * at + SIZE, line) for at, line in enumerate(shown)], y + LINE * len(shown) + 2


def _figures(chart: Chart) -> list[list[str]]:
    return [[flatten(cell.words) for cell in row[1:]] for row in chart.table.rows]


def _bars(chart: Chart, top: float) -> tuple[list[Mark], float]:
    """A bar for each figure, from the line of nought to the right or, below nought, to the left."""
    marks: list[Mark] = []
    y = top
    figures = _figures(chart)
    low, high = _span(chart.values)
    room = max(breadth(text) for row in figures for text in row) + 2 * EDGE
    left = room if low < 0 else 0.0
    reach = WIDTH - left - room
    nought = left + reach * _share(-low, high - low)
    for row, values, texts in zip(chart.table.rows, chart.values, figures, strict=True):
        heading, y = _heading(flatten(row[0].words), y)
        marks += heading
        for series, (value, text) in enumerate(zip(values, texts, strict=True)):
            length = reach * _share(abs(value), high - low)
            start = nought - length if value < 0 else nought
            end = (start - EDGE, "end") if value < 0 else (start + length + EDGE, "start")
            marks += textured(series, start + 1, y, max(1.0, length - 1), BAR)
            marks.append(Label(end[0], y + SIZE, text, "end" if value < 0 else "start"))
            y += BAR + 3
        y += GAP
    if low < 0:
        marks.append(Stroke(((nought, top), (nought, y)), Hue.QUIET))
    return marks, y


def _stacks(chart: Chart, y: float) -> tuple[list[Mark], float]:
    """A bar for each row, the longest from edge to edge; a part too short for its figure has it in the table only."""
    marks: list[Mark] = []
    most = max(sum(values, Decimal(0)) for values in chart.values)
    for row, values, texts in zip(chart.table.rows, chart.values, _figures(chart), strict=True):
        heading, y = _heading(flatten(row[0].words), y)
        marks += heading
        x = 1.0
        for series, (value, text) in enumerate(zip(values, texts, strict=True)):
            length = (WIDTH - 2) * _share(value, most)
            if length > 0:
                marks += textured(series, x, y, length, BAR + 4)
            wide = breadth(text) + EDGE
            if length > wide + EDGE:
                marks.append(Box(x + (length - wide) / 2, y + 2, wide, BAR, Hue.PAPER))
                marks.append(Label(x + length / 2, y + SIZE + 2, text, "middle"))
            x += length
        y += BAR + 4 + GAP
    return marks, y


def _lines(chart: Chart, top: float) -> tuple[list[Mark], float]:
    """A line for each series from left to right, over one line of nought."""
    low, high = _span(chart.values)
    figures = _figures(chart)
    side = max(breadth(text) for row in figures for text in row) / 2 + EDGE
    across = (WIDTH - 2 * side) / max(1, len(figures) - 1)
    floor, height = top + LINE + PLOT, float(PLOT)
    xs = [side + across * at for at in range(len(figures))]
    ys = [[floor - height * _share(value - low, high - low) for value in values] for values in chart.values]
    nought = floor - height * _share(-low, high - low)
    marks: list[Mark] = [Stroke(((0, nought), (WIDTH, nought)), Hue.RULE)]
    for series, points in enumerate(zip(*ys, strict=True)):
        marks.append(Stroke(tuple(zip(xs, points, strict=True)), Hue.ACCENT, 2.5))
        marks += [dot(series, x, y) for x, y in zip(xs, points, strict=True)]
    shown = range(len(figures)) if len(figures) <= MANY else (0, len(figures) - 1)
    for at in shown:
        marks += _at_point(xs[at], ys[at], figures[at])
    marks += _below(xs, [flatten(row[0].words) for row in chart.table.rows], floor + 2 * LINE)
    return marks, floor + 2 * LINE + EDGE


def _at_point(x: float, ys: Sequence[float], texts: Sequence[str]) -> Iterator[Mark]:
    """The figure of the highest line above its dot, that of the lowest below."""
    highest, lowest = min(range(len(ys)), key=ys.__getitem__), max(range(len(ys)), key=ys.__getitem__)
    yield Label(x, ys[highest] - EDGE - 2, texts[highest], "middle")
    if ys[lowest] > ys[highest]:
        yield Label(x, ys[lowest] + SIZE + EDGE, texts[lowest], "middle")


def _below(xs: Sequence[float], texts: Sequence[str], y: float) -> Iterator[Mark]:
    """The labels under a line, as many as stand clear of one another; the first and the last always."""
    taken = -1.0
    for at, (x, text) in enumerate(zip(xs, texts, strict=True)):
        half, last = breadth(text) / 2, at == len(xs) - 1
        middle = min(max(x, half), WIDTH - half)
        end = WIDTH - breadth(texts[-1]) - EDGE
        if last or (middle - half > taken and middle + half < end):
            yield Label(middle, y, text, "middle", Hue.QUIET)
            taken = middle + half + EDGE


def _span(values: Sequence[Sequence[Decimal]]) -> tuple[Decimal, Decimal]:
    every = [value for row in values for value in row]
    return min(Decimal(0), *every), max(Decimal(0), *every)


def _share(part: Decimal, whole: Decimal) -> float:
    """`part` of `whole`, worked out before it becomes a float: figures may be of any size."""
    return float(part / whole) if whole else 0.0
