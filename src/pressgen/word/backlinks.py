"""The link back from a note to its first citation.

It is a small arrow behind the note. It is drawn, so that a note has the same words in every format; its alternative
text is an arrow and the words that it leads to.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree
from PIL import Image, ImageDraw

from pressgen.word.marks import OURS
from pressgen.word.names import LINK, W
from pressgen.word.picture import add_picture

if TYPE_CHECKING:
    from pressgen.model.document import Leaf
    from pressgen.word.names import Element
    from pressgen.word.part_builder import PartBuilder

SIZE, GAP, DPI, FINE = 64, 24, 512, 8
"""Dots a side, dots before it, dots an inch (so that it is as high as small type), and how much finer it is drawn."""
QUIET = (95, 99, 104)


def add_backlink(builder: PartBuilder, paragraph: Element, leaf: Leaf) -> None:
    """Append the link back to a cited note's paragraph.

    A note that nothing cites stays without one.
    """
    citing = builder.word_file.cited.pop(leaf.id, None)
    if citing is not None:
        link = etree.SubElement(paragraph, LINK, {W + "anchor": OURS + citing.id})
        add_picture(builder, link, "back.png", _draw_arrow(), citing.label)


@cache
def _draw_arrow() -> bytes:
    """Draw the arrow of the link back as PNG."""
    unit = SIZE * FINE / 16
    image = Image.new("RGBA", ((SIZE + GAP) * FINE, SIZE * FINE), (*QUIET, 0))
    brush, width, hue = ImageDraw.Draw(image), round(1.5 * unit), (*QUIET, 255)
    for points in ([(6, 3), (2.5, 6.5), (6, 10)], [(3, 6.5), (10.2, 6.5)], [(6, 12.5), (10.2, 12.5)]):
        brush.line([(x * unit + GAP * FINE, y * unit) for x, y in points], fill=hue, width=width, joint="curve")
    left, top, right, bottom = (each * unit for each in (6.25, 5.75, 13.75, 13.25))
    brush.arc((left + GAP * FINE, top, right + GAP * FINE, bottom), -90, 90, hue, width)
    made = io.BytesIO()
    image.resize((SIZE + GAP, SIZE), Image.Resampling.LANCZOS).save(made, "PNG", dpi=(DPI, DPI), optimize=True)
    return made.getvalue()
