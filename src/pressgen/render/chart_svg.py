"""Render a chart's drawing as SVG.

It has no script and no address; the same drawing gives the same bytes. Labels are outlines of letters, so that the
picture adds no words to those of the page or the PDF.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from markupsafe import Markup

from pressgen.render.chart_marks import SIZE, WIDTH, Box, Dot, Hue, Label, Stroke
from pressgen.render.chart_style import refuse_font

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pressgen.render.chart_marks import ChartDrawing, Mark
    from pressgen.render.chart_style import ChartFont, ChartStyle


RADIUS = 4.5
BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""The share of a label before its place."""


def render_chart_svg(drawing: ChartDrawing, style: ChartStyle) -> bytes:
    """Render a chart as SVG, in a house's colours and typefaces."""
    frame = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}"'
        ' font-family="{2}" font-size="{3}">{4}</svg>'
    )
    marks = Markup().join(_draw_mark(mark, style) for mark in drawing.marks)
    return frame.format(WIDTH, _format_length(drawing.height), style.faces, SIZE, marks).encode()


def _draw_mark(mark: Mark, style: ChartStyle) -> Markup:
    match mark:
        case Box():
            edge = Markup(' stroke="{}"').format(style.colours[mark.edge]) if mark.edge else Markup()
            frame = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"{}/>')
            box = (
                _format_length(mark.x),
                _format_length(mark.y),
                _format_length(mark.width),
                _format_length(mark.height),
            )
            return frame.format(*box, style.colours[mark.fill], edge)
        case Stroke():
            points = " ".join(f"{_format_length(x)},{_format_length(y)}" for x, y in mark.points)
            frame = Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="{}"/>')
            return frame.format(points, style.colours[mark.hue], _format_length(mark.width))
        case Dot():
            fill = style.colours[Hue.PAPER if mark.hollow else Hue.ACCENT]
            look = Markup('fill="{}" stroke="{}" stroke-width="2"').format(fill, style.colours[Hue.ACCENT])
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
            return _draw_label(mark, style)


def _draw_label(label: Label, style: ChartStyle) -> Markup:
    """Draw a label as outlines, or as text where no font serves."""
    colour = style.colours[label.hue]
    drawn = outline_text(label.text, style.fonts, SIZE)
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


LETTER_BY_LETTER = re.compile("[ -\u02ff\u0370-\u058f\u1e00-\u2bff\u3000-\ud7a3\uff00-\uffef]*")
"""Scripts in which letters follow each other in the order of speech, and do not change with their neighbours."""


def outline_text(text: str, fonts: Iterable[ChartFont], size: float) -> tuple[str, float] | None:
    """Return an SVG path of a text, and the text's width.

    Args:
        text: a label.
        fonts: font files, of which the first that has every character is taken.
        size: the size of the letters.

    Returns:
        None where no font has them all, or where letters depend on their neighbours.
    """
    if not LETTER_BY_LETTER.fullmatch(text):
        return None
    for each in fonts:
        font, names = _load_font(each)
        if all(ord(each) in names for each in text):
            return _draw_path([names[ord(each)] for each in text], font, size)
    return None


def _draw_path(names: Iterable[str], font: TTFont, size: float) -> tuple[str, float]:
    glyphs, scale, at = font.getGlyphSet(), size / font["head"].unitsPerEm, 0.0
    path_pen = SVGPathPen(glyphs, _format_length)
    for name in names:
        glyphs[name].draw(TransformPen(path_pen, (scale, 0, 0, -scale, at, 0)))
        at += glyphs[name].width * scale
    return path_pen.getCommands(), at


@lru_cache(maxsize=8)
def _load_font(font: ChartFont) -> tuple[TTFont, Mapping[int, str]]:
    """Return a font, with the names of its glyphs by character."""
    try:
        loaded = TTFont(io.BytesIO(font.data), lazy=True)
        loaded.getGlyphSet()
        return loaded, loaded.getBestCmap()
    except MemoryError:
        raise
    except Exception as error:
        raise refuse_font(font) from error
