"""Render a chart's drawing as PNG, for Word.

Programs that show Word files do not agree on SVG. The labels are in the house's font; the same chart gives the same
pixels.
"""

from __future__ import annotations

import io
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from pressgen.render.chart_marks import SIZE, WIDTH, Box, Dot, Hue, Label, Stroke
from pressgen.render.chart_style import refuse_font
from pressgen.render.chart_svg import RADIUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pressgen.render.chart_marks import ChartDrawing
    from pressgen.render.chart_style import ChartFont, ChartStyle

DPI = 220
SCALE = DPI / 96 * 0.9
"""Dots for a unit: on paper, a chart's labels have the size of a caption."""
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
NO_CHARACTER = "\U0010fffd"
"""A character that no font has; it shows what a font draws for every character that it lacks."""


def render_chart_png(drawing: ChartDrawing, style: ChartStyle) -> tuple[bytes, str]:
    """Render a chart as PNG; return it with the characters without glyph.

    The variants of a release have the same charts: each is drawn once.
    """
    return _render(drawing, tuple(style.colours.items()), style.fonts)


@lru_cache(maxsize=16)
def _render(
    drawing: ChartDrawing, named_colours: tuple[tuple[Hue, str], ...], fonts: tuple[ChartFont, ...]
) -> tuple[bytes, str]:
    colours = dict(named_colours)
    height = max(1, round(drawing.height * SCALE))
    image = Image.new("RGB", (round(WIDTH * SCALE), height), colours[Hue.PAPER])
    brush = ImageDraw.Draw(image)
    missing: set[str] = set()
    for mark in drawing.marks:
        if isinstance(mark, Label):
            font, lacking = _choose_font(mark.text, fonts)
            missing |= lacking
            place = (mark.x * SCALE, mark.y * SCALE)
            brush.text(place, mark.text, fill=colours[mark.hue], font=font, anchor=ANCHORS[mark.anchor])
        else:
            _draw(brush, mark, colours)
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(DPI, DPI), optimize=True)
    return out.getvalue(), "".join(sorted(missing))


def _draw(brush: ImageDraw.ImageDraw, mark: Box | Stroke | Dot, colours: Mapping[Hue, str]) -> None:
    match mark:
        case Box():
            corners = _scale_points((mark.x, mark.y), (mark.x + mark.width, mark.y + mark.height))
            edge = colours[mark.edge] if mark.edge else None
            brush.rectangle(corners, fill=colours[mark.fill], outline=edge, width=round(SCALE))
        case Stroke():
            width = max(1, round(mark.width * SCALE))
            brush.line(_scale_points(*mark.points), fill=colours[mark.hue], width=width, joint="curve")
        case Dot():
            corners = _scale_points((mark.x - RADIUS, mark.y - RADIUS), (mark.x + RADIUS, mark.y + RADIUS))
            shape = brush.rectangle if mark.square else brush.ellipse
            fill = colours[Hue.PAPER if mark.hollow else Hue.ACCENT]
            shape(corners, fill=fill, outline=colours[Hue.ACCENT], width=round(2 * SCALE))


def _scale_points(*points: tuple[float, float]) -> list[tuple[float, float]]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def _choose_font(
    text: str, fonts: Iterable[ChartFont]
) -> tuple[ImageFont.FreeTypeFont | ImageFont.ImageFont, frozenset[str]]:
    """Return the best font for a text, and the characters it lacks.

    It is the first font that lacks fewest.
    """
    both_ways = any(unicodedata.bidirectional(each) in {"R", "AL"} for each in text)
    engine = ImageFont.Layout.RAQM if both_ways else ImageFont.Layout.BASIC
    judged = [_judge_font(text, each, engine) for each in fonts]
    if not judged:
        usual = ImageFont.load_default(SIZE * SCALE)
        return usual, _find_missing_characters(text, usual)
    return min(judged, key=lambda each: len(each[1]))


def _judge_font(
    text: str, font: ChartFont, engine: ImageFont.Layout
) -> tuple[ImageFont.FreeTypeFont | ImageFont.ImageFont, frozenset[str]]:
    """Return a font, and the characters of a text it lacks.

    Raises:
        InputError: it cannot be read, or not one of the text's letters in it.
    """
    try:
        drawn = ImageFont.truetype(io.BytesIO(font.data), SIZE * SCALE, layout_engine=engine)
        return drawn, _find_missing_characters(text, drawn)
    except OSError as error:
        raise refuse_font(font) from error


def _find_missing_characters(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> frozenset[str]:
    nothing = bytes(font.getmask(NO_CHARACTER))
    seen = {each for each in text if unicodedata.category(each)[0] not in "CZM"}
    return frozenset(each for each in seen if bytes(font.getmask(each)) == nothing)
