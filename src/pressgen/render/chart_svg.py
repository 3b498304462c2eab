"""A chart's drawing as SVG: no script, no address, the same bytes for the same drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pressgen.render.chart_marks import SIZE, WIDTH, Box, Dot, Hue, Label, Stroke
from pressgen.render.chart_outline import outline

if TYPE_CHECKING:
    from pressgen.render.chart_dress import ChartDress
    from pressgen.render.chart_marks import Mark, Sheet

RADIUS = 4.5
BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a label stands before its place."""


def svg(sheet: Sheet, dress: ChartDress) -> bytes:
    """The drawing in a house's colours and typefaces."""
    frame = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}"'
        ' font-family="{2}" font-size="{3}">{4}</svg>'
    )
    marks = Markup().join(_mark(mark, dress) for mark in sheet.marks)
    return frame.format(WIDTH, _n(sheet.height), dress.faces, SIZE, marks).encode()


def _mark(mark: Mark, dress: ChartDress) -> Markup:
    match mark:
        case Box():
            edge = Markup(' stroke="{}"').format(dress.colours[mark.edge]) if mark.edge else Markup()
            frame = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"{}/>')
            box = (_n(mark.x), _n(mark.y), _n(mark.width), _n(mark.height))
            return frame.format(*box, dress.colours[mark.fill], edge)
        case Stroke():
            points = " ".join(f"{_n(x)},{_n(y)}" for x, y in mark.points)
            frame = Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="{}"/>')
            return frame.format(points, dress.colours[mark.hue], _n(mark.width))
        case Dot():
            fill = dress.colours[Hue.PAPER if mark.hollow else Hue.ACCENT]
            look = Markup('fill="{}" stroke="{}" stroke-width="2"').format(fill, dress.colours[Hue.ACCENT])
            if mark.square:
                corner, side = (_n(mark.x - RADIUS), _n(mark.y - RADIUS)), _n(2 * RADIUS)
                return Markup('<rect x="{}" y="{}" width="{}" height="{}" {}/>').format(*corner, side, side, look)
            return Markup('<circle cx="{}" cy="{}" r="{}" {}/>').format(_n(mark.x), _n(mark.y), _n(RADIUS), look)
        case Label():
            return _label(mark, dress)


def _label(label: Label, dress: ChartDress) -> Markup:
    """A label in outlines, or as text where the house's fonts cannot give them."""
    colour = dress.colours[label.hue]
    drawn = outline(label.text, dress.fonts, SIZE)
    if drawn is None:
        frame = Markup('<text x="{}" y="{}" text-anchor="{}" fill="{}">{}</text>')
        return frame.format(_n(label.x), _n(label.y), label.anchor, colour, label.text)
    path, width = drawn
    x = label.x - width * BEFORE[label.anchor]
    return Markup('<path transform="translate({} {})" fill="{}" d="{}"/>').format(_n(x), _n(label.y), colour, path)


def _n(length: float) -> str:
    """A length with two places at most."""
    return f"{length:.2f}".rstrip("0").rstrip(".")
