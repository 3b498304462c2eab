"""Find out once per style that a box has no background.

WeasyPrint looks for pictures, colours and shadows behind every box of every page; most boxes share a style that has
none. Gain: too small to measure on a busy machine. Depends on `layout.background.layout_box_backgrounds`.
"""

from __future__ import annotations

from typing import Any

from weasyprint.draw.color import get_color
from weasyprint.layout.background import layout_box_backgrounds as stock
from weasyprint.layout.percent import resolve_radii_percentages

from pressgen.pdf.speed.patching import replace_everywhere


def lay_out_box_backgrounds(
    page: Any,
    box: Any,
    get_image_from_uri: Any,
    layout_children: bool = True,
    style: Any = None,
) -> None:
    """Replace `lay_out_box_backgrounds`: skip boxes without a background."""
    if style is not None or box is page or not _has_no_background(box.style):
        stock(page, box, get_image_from_uri, layout_children, style)
        return
    resolve_radii_percentages(box)
    if layout_children:
        for child in box.all_children():
            lay_out_box_backgrounds(page, child, get_image_from_uri)
    box.background = None


def _has_no_background(style: Any) -> bool:
    """Return whether a style has no background and no border picture."""
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


def install() -> None:
    """Install the patch: skip boxes without a background."""
    replace_everywhere(stock, lay_out_box_backgrounds)
