"""Draw charts: bars, and lines with dots.

Bars have their labels above and their figures at the end. Every chart begins at nought, so that lengths can be
compared; figures are printed as in the table under the chart.
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
    ChartDrawing,
    Hue,
    Label,
    Mark,
    Stroke,
    draw_dot,
    draw_textured_box,
    estimate_width,
    wrap_label,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.document import Chart

BAR, GAP, EDGE = 20, 12, 8
PLOT = 200
"""The height of the area for lines."""
MANY = 8
"""From so many points on, a line has figures at its ends only."""


def draw_chart(chart: Chart) -> ChartDrawing:
    """Draw a chart.

    A legend comes first where there are several series.
    """
    legend, top = _draw_legend(chart)
    match chart.kind:
        case "bar":
            marks, height = _draw_bars(chart, top)
        case "stacked":
            marks, height = _draw_stacks(chart, top)
        case "line":
            marks, height = _draw_lines(chart, top)
    return ChartDrawing(height, (Box(0, 0, WIDTH, height, Hue.PAPER), *legend, *marks))


def _draw_legend(chart: Chart) -> tuple[list[Mark], float]:
    """Draw the name of each series; return the marks and their height."""
    marks: list[Mark] = []
    y = 0.0
    names = [flatten(cell.words) for cell in chart.table.header[1:]]
    for series, name in enumerate(names if len(names) > 1 else []):
        if chart.kind == "line":
            marks += [Stroke(((0, y + LINE / 2), (30, y + LINE / 2)), Hue.ACCENT), draw_dot(series, 15, y + LINE / 2)]
        else:
            marks += draw_textured_box(series, 1, y + 3, 28, LINE - 6)
        marks.append(Label(38, y + SIZE, name))
        y += LINE
    return marks, y + (GAP if y else 2)


def _draw_heading(text: str, y: float) -> tuple[list[Mark], float]:
    """Draw the label of a row above its bars."""
    shown = wrap_label(text)
    return [Label(0, y + LINE * at + SIZE, line) for at, line in enumerate(shown)], y + LINE * len(shown) + 2


def _list_figures(chart: Chart) -> list[list[str]]:
    return [[flatten(cell.words) for cell in row[1:]] for row in chart.table.rows]


def _draw_bars(chart: Chart, top: float) -> tuple[list[Mark], float]:
    """Draw a bar for each figure.

    It goes from the zero line to the right or, below zero, to the left.
    """
    marks: list[Mark] = []
    y = top
    figures = _list_figures(chart)
    low, high = _find_range(chart.values)
    room = max(estimate_width(text) for row in figures for text in row) + 2 * EDGE
    left = room if low < 0 else 0.0
    reach = WIDTH - left - room
    nought = left + reach * _compute_share(-low, high - low)
    for row, values, texts in zip(chart.table.rows, chart.values, figures, strict=True):
        heading, y = _draw_heading(flatten(row[0].words), y)
        marks += heading
        for series, (value, text) in enumerate(zip(values, texts, strict=True)):
            length = reach * _compute_share(abs(value), high - low)
            start = nought - length if value < 0 else nought
            end = (start - EDGE, "end") if value < 0 else (start + length + EDGE, "start")
            marks += draw_textured_box(series, start + 1, y, max(1.0, length - 1), BAR)
            marks.append(Label(end[0], y + SIZE, text, "end" if value < 0 else "start"))
            y += BAR + 3
        y += GAP
    if low < 0:
        marks.append(Stroke(((nought, top), (nought, y)), Hue.QUIET))
    return marks, y


def _draw_stacks(chart: Chart, y: float) -> tuple[list[Mark], float]:
    """Draw a stacked bar for each row.

    The longest goes across the whole width. A part that is too short for its figure has it in the table only.
    """
    marks: list[Mark] = []
    most = max(sum(values, Decimal(0)) for values in chart.values)
    for row, values, texts in zip(chart.table.rows, chart.values, _list_figures(chart), strict=True):
        heading, y = _draw_heading(flatten(row[0].words), y)
        marks += heading
        x = 1.0
        for series, (value, text) in enumerate(zip(values, texts, strict=True)):
            length = (WIDTH - 2) * _compute_share(value, most)
            if length > 0:
                marks += draw_textured_box(series, x, y, length, BAR + 4)
            wide = estimate_width(text) + EDGE
            if length > wide + EDGE:
                marks.append(Box(x + (length - wide) / 2, y + 2, wide, BAR, Hue.PAPER))
                marks.append(Label(x + length / 2, y + SIZE + 2, text, "middle"))
            x += length
        y += BAR + 4 + GAP
    return marks, y


def _draw_lines(chart: Chart, top: float) -> tuple[list[Mark], float]:
    """Draw a line for each series, over one zero line."""
    low, high = _find_range(chart.values)
    figures = _list_figures(chart)
    side = max(estimate_width(text) for row in figures for text in row) / 2 + EDGE
    across = (WIDTH - 2 * side) / max(1, len(figures) - 1)
    floor, height = top + LINE + PLOT, float(PLOT)
    xs = [side + across * at for at in range(len(figures))]
    ys = [[floor - height * _compute_share(value - low, high - low) for value in values] for values in chart.values]
    nought = floor - height * _compute_share(-low, high - low)
    marks: list[Mark] = [Stroke(((0, nought), (WIDTH, nought)), Hue.RULE)]
    for series, points in enumerate(zip(*ys, strict=True)):
        marks.append(Stroke(tuple(zip(xs, points, strict=True)), Hue.ACCENT, 2.5))
        marks += [draw_dot(series, x, y) for x, y in zip(xs, points, strict=True)]
    shown = range(len(figures)) if len(figures) <= MANY else (0, len(figures) - 1)
    for at in shown:
        marks += _label_point(xs[at], ys[at], figures[at])
    marks += _label_axis(xs, [flatten(row[0].words) for row in chart.table.rows], floor + 2 * LINE)
    return marks, floor + 2 * LINE + EDGE


def _label_point(x: float, ys: Sequence[float], texts: Sequence[str]) -> Iterator[Mark]:
    """Yield the highest figure above its dot, and the lowest below."""
    highest, lowest = min(range(len(ys)), key=ys.__getitem__), max(range(len(ys)), key=ys.__getitem__)
    yield Label(x, ys[highest] - EDGE - 2, texts[highest], "middle")
    if ys[lowest] > ys[highest]:
        yield Label(x, ys[lowest] + SIZE + EDGE, texts[lowest], "middle")


def _label_axis(xs: Sequence[float], texts: Sequence[str], y: float) -> Iterator[Mark]:
    """Yield the labels under a line that do not overlap.

    The first and the last are always there.
    """
    taken = -1.0
    for at, (x, text) in enumerate(zip(xs, texts, strict=True)):
        half, last = estimate_width(text) / 2, at == len(xs) - 1
        middle = min(max(x, half), WIDTH - half)
        end = WIDTH - estimate_width(texts[-1]) - EDGE
        if last or (middle - half > taken and middle + half < end):
            yield Label(middle, y, text, "middle", Hue.QUIET)
            taken = middle + half + EDGE


def _find_range(values: Sequence[Sequence[Decimal]]) -> tuple[Decimal, Decimal]:
    every = [value for row in values for value in row]
    return min(Decimal(0), *every), max(Decimal(0), *every)


def _compute_share(part: Decimal, whole: Decimal) -> float:
    """Return `part` of `whole` as a share.

    It is calculated before it becomes a float, because figures may be of any size.
    """
    return float(part / whole) if whole else 0.0
