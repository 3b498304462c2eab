"""Resolve the sizes of a box in one pass.

There is no call for a size that is plain pixels. Gain: 3 ms. Depends on `layout.percent`: `resolve_percentages`
and `resolve_radii_percentages`.
"""

from __future__ import annotations

from math import inf
from typing import Any

from weasyprint.css.functions import check_math
from weasyprint.formatting_structure.boxes import Box, PageBox
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.percent import adjust_box_sizing
from weasyprint.layout.percent import percentage as stock_percentage
from weasyprint.layout.percent import resolve_percentages as stock_percentages
from weasyprint.layout.percent import resolve_radii_percentages as stock_radii

from pressgen.pdf.speed.patching import replace_everywhere

ACROSS = ("margin_left", "margin_right", "padding_left", "padding_right", "width", "max_width")
DOWN = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
SQUARE = (0, "px")


def _resolve_value(value: Any, style: Any, refer_to: Any) -> Any:
    """Replace `weasyprint.layout.percent.percentage`: return pixel values at once."""
    if value is None or value == "auto":
        return value
    if getattr(value, "unit", None) == "px":
        return value.value
    return stock_percentage(value, style, refer_to)


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Replace `layout.percent.resolve_percentages`: set the used sizes of a box."""
    if isinstance(containing_block, Box):
        width, height = containing_block.width, containing_block.height
    else:
        width, height = containing_block
    style, own = box.style, _get_real_box(box).__dict__
    for name in ACROSS:
        own[name] = _resolve_value(style[name], style, width)
    around = height if isinstance(box, PageBox) else width
    for name in DOWN:
        own[name] = _resolve_value(style[name], style, around)
    own["min_width"] = _resolve_minimum(style["min_width"], style, width)
    _set_heights(own, style, height)
    collapse = style["border_collapse"] == "collapse"
    for name in BORDERS:
        if not (collapse and hasattr(box, name)):
            own[name] = style[name]
    if style["box_sizing"] != "content-box":
        adjust_box_sizing(box, "width")
        adjust_box_sizing(box, "height")


def _get_real_box(box: Any) -> Any:
    """Return the box behind a placeholder, or the box itself."""
    return box._box if type(box) is AbsolutePlaceholder else box


def _resolve_minimum(value: Any, style: Any, refer_to: Any) -> Any:
    used = _resolve_value(value, style, refer_to)
    return 0 if used == "auto" else used


def _set_heights(own: dict[str, Any], style: Any, height: Any) -> None:
    """Set the heights of a box, which may depend on its content."""
    if height != "auto":
        own["height"] = _resolve_value(style["height"], style, height)
        own["min_height"] = _resolve_minimum(style["min_height"], style, height)
        own["max_height"] = _resolve_value(style["max_height"], style, height)
        return
    value = style["height"]
    own["height"] = "auto" if value == "auto" or check_math(value) or value.unit == "%" else value.value
    own["min_height"] = _resolve_minimum(style["min_height"], style, 0)
    own["max_height"] = _resolve_value(style["max_height"], style, inf)


def resolve_radii_percentages(box: Any) -> None:
    """Replace `layout.percent.resolve_radii_percentages`: skip square corners."""
    style = box.style
    if all(SQUARE in style[name] for name in CORNERS):
        _get_real_box(box).__dict__.update(dict.fromkeys(CORNERS, (0, 0)))
    else:
        stock_radii(box)


def install() -> None:
    """Install the patch: resolve box sizes in one pass."""
    replace_everywhere(stock_percentages, resolve_percentages)
    replace_everywhere(stock_radii, resolve_radii_percentages)
