"""Text goes to Pango as it is, and a line is measured without a detour.

WeasyPrint copies each text into memory of C first, and marks every text of a style that may break words, which
pressgen's houses do for the sake of long addresses, by lists of attributes made anew. Here the bytes are handed over,
and the mark is one list for all.

Gain alone: 1.6 ms. Leans on `text.line_break`: `line_size`, `Layout.set_text`, `Layout.get_first_line`.
"""

# ruff: noqa: ANN401 - WeasyPrint has no types

from __future__ import annotations

from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout
from weasyprint.text.line_break import line_size as stock_line_size

from pressgen.pdf.speed.patching import everywhere

stock_set_text = Layout.set_text

NULL = ffi.NULL
RECTANGLE = ffi.typeof("PangoRectangle *")
NO_SPACING = frozenset({"normal", 0})
BREAKING = frozenset({"anywhere", "break-word"})


def _without_hyphens() -> Any:
    """The mark of text whose words may break anywhere without a hyphen, from its start to wherever it ends."""
    marks = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    pango.pango_attr_list_insert(marks, pango.pango_attr_insert_hyphens_new(False))  # noqa: FBT003 - C
    return marks


WITHOUT_HYPHENS = _without_hyphens()


def line_size(line: Any, style: Any) -> tuple[float, float]:
    """`weasyprint.text.line_break.line_size`: the width and the height of a line, in pixels."""
    extents = ffi.new(RECTANGLE)
    pango.pango_layout_line_get_extents(line, NULL, extents)
    width = extents.width * FROM_UNITS
    spacing = style["letter_spacing"]
    if spacing != "normal":
        width += spacing
    return width, extents.height * FROM_UNITS


def set_text(self: Any, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002 - WeasyPrint's own
    """`weasyprint.text.line_break.Layout.set_text`."""
    style, layout = self.style, self.layout
    breaking = style["overflow_wrap"] in BREAKING
    spaced = (
        style["word_spacing"] or style["letter_spacing"] not in NO_SPACING or (justify and self.justification_spacing)
    )
    marks = pango.pango_layout_get_attributes(layout)
    if spaced or "\t" in text or (breaking and marks not in {NULL, WITHOUT_HYPHENS}):
        if marks == WITHOUT_HYPHENS:
            pango.pango_layout_set_attributes(layout, NULL)  # WeasyPrint would write into it
        stock_set_text(self, text, justify)
        return
    end = text.find("\n")
    if end != -1:
        text = text[: end + 2]
    self.text = text
    pango.pango_layout_set_text(layout, text.encode().replace(b"\0", b""), -1)
    if breaking and text and marks == NULL:
        pango.pango_layout_set_attributes(layout, WITHOUT_HYPHENS)


def get_first_line(self: Any) -> tuple[Any, int | None]:
    """`weasyprint.text.line_break.Layout.get_first_line`: the first line, and where the second starts."""
    layout = self.layout
    first = pango.pango_layout_get_line_readonly(layout, 0)
    second = pango.pango_layout_get_line_readonly(layout, 1)
    self.first_line_direction = first.resolved_dir
    return first, second.start_index if second else None


def put_in_place() -> None:
    """Let text go to Pango without a copy."""
    everywhere(stock_line_size, line_size)
    Layout.set_text = set_text
    Layout.get_first_line = get_first_line
