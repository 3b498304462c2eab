"""Render a chart's drawing as SVG.

It has no script and no address; the same drawing gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pressgen.render.chart_marks import SIZE, WIDTH, Box, Dot, Hue, Label, Stroke
from pressgen.render.chart_outline import outline_text

if TYPE_CHECKING:
    from pressgen.render.chart_dress import ChartStyle
    from pressgen.render.chart_marks import ChartDrawing, Mark

RADIUS = 4.5
BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""The share of a label before its place."""


def render_chart_svg(sheet: ChartDrawing, dress: ChartStyle) -> bytes:
    """Render a chart as SVG, in a house's colours and typefaces."""
    frame = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}"'
        ' font-family="{2}" font-size="{3}">{4}</svg>'
    )
    marks = Markup().join(_draw_mark(mark, dress) for mark in sheet.marks)
    return frame.format(WIDTH, _format_length(sheet.height), dress.faces, SIZE, marks).encode()


def _draw_mark(mark: Mark, dress: ChartStyle) -> Markup:
    match mark:
        case Box():
            edge = Markup(' stroke="{}"').format(dress.colours[mark.edge]) if mark.edge else Markup()
            frame = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"{}/>')
            box = (
                _format_length(mark.x),
                _format_length(mark.y),
                _format_length(mark.width),
                _format_length(mark.height),
            )
            return frame.format(*box, dress.colours[mark.fill], edge)
        case Stroke():
            points = " ".join(f"{_format_length(x)},{_format_length(y)}" for x, y in mark.points)
            frame = Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="{}"/>')
            return frame.format(points, dress.colours[mark.hue], _format_length(mark.width))
        case Dot():
            fill = dress.colours[Hue.PAPER if mark.hollow else Hue.ACCENT]
            look = Markup('fill="{}" stroke="{}" stroke-width="2"').format(fill, dress.colours[Hue.ACCENT])
            if mark.square:
                corner, side = (
                    (_format_length(mark.x - RADIUS), _format_length(mark.y - RADIUS)),
                    _format_length(2 * RADIUS),
                )
                return Markup('<rect x="{}" y="{}" width="{}" height="{}" {}/>').format(*corner, side, side, look)
            return Markup('<circle cx="{}" cy="{}" r="{}" {}/>').format(
                _format_length(mark.x), _format_length(mark.y), _format_length(RADIUS), look
            )
        case Label():
            return _draw_label(mark, dress)


def _draw_label(label: Label, dress: ChartStyle) -> Markup:
    """Draw a label as outlines, or as text where no font serves."""
    colour = dress.colours[label.hue]
    drawn = outline_text(label.text, dress.fonts, SIZE)
    if drawn is None:
        frame = Markup('<text x="{}" y="{}" text-anchor="{}" fill="{}">{}</text>')
        return frame.format(_format_length(label.x), _format_length(label.y), label.anchor, colour, label.text)
    path, width = drawn
    x = label.x - width * BEFORE[label.anchor]
    return Markup('<path transform="translate({} {})" fill="{}" d="{}"/>').format(
        _format_length(x), _format_length(label.y), colour, path
    )


def _format_length(length: float) -> str:
    """Format a length with two decimals at most."""
    return f"{length:.2f}".rstrip("0").rstrip(".")
