"""Draw a chart's labels as outlines of letters.

So its picture adds no words to those of the page or the PDF.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Iterable

LETTER_BY_LETTER = re.compile("[ -\u02ff\u0370-\u058f\u1e00-\u2bff\u3000-\ud7a3\uff00-\uffef]*")
"""Scripts in which letters follow each other in the order of speech, and do not change with their neighbours."""


def outline_text(text: str, fonts: Iterable[bytes], size: float) -> tuple[str, float] | None:
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
    for data in fonts:
        font = _load_font(data)
        names = font.getBestCmap()
        if all(ord(each) in names for each in text):
            return _draw_path([names[ord(each)] for each in text], font, size)
    return None


def _draw_path(names: Iterable[str], font: TTFont, size: float) -> tuple[str, float]:
    glyphs, scale, at = font.getGlyphSet(), size / font["head"].unitsPerEm, 0.0
    pen = SVGPathPen(glyphs, lambda length: f"{length:.2f}".rstrip("0").rstrip("."))
    for name in names:
        glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, at, 0)))
        at += glyphs[name].width * scale
    return pen.getCommands(), at


@lru_cache(maxsize=8)
def _load_font(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data), lazy=True)
