"""A box with nothing behind it is told by its style, once.

WeasyPrint looks for pictures, colours and shadows behind every box of every page; most boxes share a style that has
none. Gain: too small to tell on a busy machine. Leans on `layout.background.layout_box_backgrounds`.
"""

# ruff: noqa: ANN401 - WeasyPrint has no types

from __future__ import annotations

from typing import Any

from weasyprint.draw.color import get_color
from weasyprint.layout.background import layout_box_backgrounds as stock
from weasyprint.layout.percent import resolve_radii_percentages

from pressgen.pdf.speed.patching import everywhere


def layout_box_backgrounds(
    page: Any,
    box: Any,
    get_image_from_uri: Any,
    layout_children: bool = True,  # noqa: FBT001, FBT002 - WeasyPrint's own
    style: Any = None,
) -> None:
    """`weasyprint.layout.background.layout_box_backgrounds`: give `box` what is behind it."""
    if style is not None or box is page or not _bare(box.style):
        stock(page, box, get_image_from_uri, layout_children, style)
        return
    resolve_radii_percentages(box)
    if layout_children:
        for child in box.all_children():
            layout_box_backgrounds(page, child, get_image_from_uri)
    box.background = None


def _bare(style: Any) -> bool:
    """Whether there is nothing behind a box of `style`, nor a picture for its border."""
    known: bool | None = style.__dict__.get("bare")
    if known is None:
        known = style.bare = (
            style["border_image_source"][0] == "none"
            and style["mask_border_source"][0] == "none"
            and style["visibility"] != "hidden"
            and not style["box_shadow"]
            and all(kind == "none" for kind, _ in style["background_image"])
            and get_color(style, "background_color").alpha == 0
        )
    return known


def put_in_place() -> None:
    """Let boxes with nothing behind them be told by their styles."""
    everywhere(stock, layout_box_backgrounds)
