"""Measure the room for text where a tag of a template is.

That is the column of its section, or the cell or text box that it is in. Source: ECMA-376 part 1, 17.6 (sections), 17.4
(tables) and 20.4.2 (drawings). Everything is in twentieths of a point, unless said otherwise.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.word.margin_labels import MARGIN
from pressgen.word.marks import MARK, get_tag_number
from pressgen.word.names import OFF, TBL, TC, TR, TYPE, VAL, VML, W, get_child_value, parse_twips, read_int, read_twips
from pressgen.word.styles import read_padding
from pressgen.word.tags import TextArea

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.word.names import Element
    from pressgen.word.styles import TemplateStyles

SECTION_PROPERTIES, BOX = W + "sectPr", W + "txbxContent"
A4 = {"w": 11906, "h": 16838}
MARGINS = {"w": ("left", "right"), "h": ("top", "bottom")}
USUAL_MARGIN, USUAL_GAP = 1440, 720
SIDEWAYS = ("tbRl", "btLr", "tbRlV", "tbLrV")
"""The directions of text that runs up or down the page."""
EMU_A_TWIP, BOX_PADDING = 635, 288
"""The second is the space that a text box leaves at its two sides, where it does not say."""
STYLE_WIDTH = re.compile(r"(?:^|;)\s*width:\s*([0-9.]+)(pt|in|cm|mm)", re.IGNORECASE)
FULL = 5000
"""A width of 100 %, in fiftieths of a per cent."""


def measure_areas(root: Element, body: Element, styles: TemplateStyles, *, gutter_at_top: bool) -> dict[int, TextArea]:
    """Return the room for text at each tag, by its number.

    A header, footer or note may be on the pages of any section, and so has the room of the narrowest.
    """
    if root is not body:
        areas = [_measure_section(each, gutter_at_top=gutter_at_top) for each in list_sections(body)]
        narrowest = TextArea(*(min(getattr(each, name) for each in areas) for name in TextArea.__slots__))
        return {get_tag_number(mark): _measure_container(mark, narrowest, styles) for mark in root.iter(MARK)}
    found: dict[int, TextArea] = {}
    waiting: list[Element] = []
    for node in [*root.iter(MARK, SECTION_PROPERTIES), None]:
        if node is not None and node.tag == MARK:
            waiting.append(node)
        elif waiting and not (node is not None and _is_of_the_past(node)):
            area = _measure_section(node, gutter_at_top=gutter_at_top)
            found |= {get_tag_number(mark): _measure_container(mark, area, styles) for mark in waiting}
            waiting = []
    return found


def list_sections(body: Element) -> list[Element | None]:
    """List the properties of the sections; one without any is None."""
    sections: list[Element | None] = [each for each in body.iter(SECTION_PROPERTIES) if not _is_of_the_past(each)]
    return sections or [None]


def _is_of_the_past(section: Element) -> bool:
    """Return whether a tracked change has replaced these properties."""
    parent = section.getparent()
    return parent is not None and parent.tag == W + "sectPrChange"


def _measure_section(section: Element | None, *, gutter_at_top: bool) -> TextArea:
    """Return the room of a section's narrowest column."""
    sizes = {side: _read_size(section, side) for side in A4}
    gutter = abs(_read_measure(section, "pgMar", "gutter", 0))
    sizes["h" if gutter_at_top else "w"] -= gutter
    across, down = sizes["w"], sizes["h"]
    direction = None if section is None else section.find(W + "textDirection")
    if direction is not None and direction.get(VAL) in SIDEWAYS:
        across, down = down, across
    columns = None if section is None else section.find(W + "cols")
    width, review_width = (_measure_column(columns, each) for each in (across, across - MARGIN))
    return TextArea(max(width, 0), max(down, 0), max(review_width, 0))


def _read_size(section: Element | None, side: str) -> int:
    margins = (abs(_read_measure(section, "pgMar", margin, USUAL_MARGIN)) for margin in MARGINS[side])
    return _read_measure(section, "pgSz", side, A4[side]) - sum(margins)


def _read_measure(section: Element | None, name: str, side: str, usual: int) -> int:
    measure = None if section is None else read_twips(section.find(W + name), W + side)
    return usual if measure is None else measure


def _measure_column(columns: Element | None, across: int) -> int:
    if columns is None:
        return across
    widths = [each for node in columns if (each := read_twips(node, W + "w")) is not None]
    if widths and columns.get(W + "equalWidth") in OFF:
        gaps = sum(read_twips(node, W + "space") or 0 for node in list(columns)[:-1])
        return min(*widths, across) * min(across, sum(widths) + gaps) // (sum(widths) + gaps)
    number = max(read_int(columns, W + "num") or 1, 1)
    gap = read_twips(columns, W + "space")
    return (across - (number - 1) * (USUAL_GAP if gap is None else gap)) // number


def _measure_container(mark: Element, area: TextArea, styles: TemplateStyles) -> TextArea:
    """Narrow an area to the cells and text boxes of a mark."""
    for node in reversed([each for each in mark.iterancestors() if each.tag in (TC, BOX)]):
        if node.tag == TC:
            area = area.limit_width(_measure_cell(node, area, styles))
        elif (width := _measure_box(node)) is not None:
            area = replace(area, width=width, review_width=width)
    return area


def _measure_cell(cell: Element, area: TextArea, styles: TemplateStyles) -> int:
    """Return the width between the paddings of a cell."""
    row = next(cell.iterancestors(TR), None)
    table = next(cell.iterancestors(TBL), None)
    if row is None or table is None:
        return area.width
    whole = _read_width(table.find(f"{W}tblPr/{W}tblW"), area.width) or area.width
    own = _read_width(cell.find(f"{W}tcPr/{W}tcW"), whole) or _measure_in_grid(cell, row, table, whole)
    return max(own - _measure_padding(cell, table, styles.paddings), 0)


def _read_width(measure: Element | None, whole: int) -> int:
    """Return a preferred width, or 0 where there is none."""
    kind = None if measure is None else measure.get(TYPE)
    if measure is None or kind in ("auto", "nil"):
        return 0
    text = measure.get(W + "w") or ""
    if text.endswith("%"):
        return round(whole * float(text[:-1]) / 100) if re.fullmatch(r"\d{1,3}(\.\d+)?%", text) else 0
    width = read_twips(measure, W + "w") or 0
    return max(whole * width // FULL if kind == "pct" else width, 0)


def _measure_in_grid(cell: Element, row: Element, table: Element, whole: int) -> int:
    """Return the width of a cell by its table's grid."""
    cells = list(row.iter(TC)) if cell.getparent() is not row else row.findall(TC)
    spans = [read_int(each.find(f"{W}tcPr/{W}gridSpan"), VAL) or 1 for each in cells]
    grid = [read_twips(node, W + "w") or 0 for node in table.findall(f"{W}tblGrid/{W}gridCol")]
    at = cells.index(cell)
    begin = (read_int(row.find(f"{W}trPr/{W}gridBefore"), VAL) or 0) + sum(spans[:at])
    return sum(grid[begin : begin + spans[at]]) or whole * spans[at] // max(sum(spans), 1)


def _measure_padding(cell: Element, table: Element, paddings: Mapping[str, int]) -> int:
    """Return the space that a cell leaves at its two sides."""
    style = get_child_value(table, "tblPr/tblStyle")
    usual = paddings.get(style, paddings.get("", 0))
    of_table = read_padding(table.find(f"{W}tblPr/{W}tblCellMar"), usual)
    return read_padding(cell.find(f"{W}tcPr/{W}tcMar"), of_table)


def _measure_box(content: Element) -> int | None:
    """Return the width of a text box, None where it is unknown."""
    for node in content.iterancestors():
        extent = node.find("{*}extent") if str(node.tag).endswith(("}inline", "}anchor")) else None
        if (across := read_int(extent, "cx")) is not None:
            return max(across // EMU_A_TWIP - BOX_PADDING, 0)
        if str(node.tag).startswith(VML) and (said := STYLE_WIDTH.search(node.get("style") or "")):
            return max((parse_twips(said[1] + said[2]) or 0) - BOX_PADDING, 0)
    return None
