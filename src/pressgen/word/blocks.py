"""Add paragraphs and accessible tables in the named styles of a template.

Source: ECMA-376 part 1, 17.3.1 (the order of paragraph properties) and 17.4 (tables).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.word.names import PPR, TBL, W, add_element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.word.names import Element


def add_paragraph(
    home: Element,
    style: str,
    *,
    keep_next: bool = False,
    number: tuple[str, str] | None = None,
    before: int | None = None,
    flush_right: bool = False,
) -> Element:
    """Append a paragraph.

    Args:
        home: what it goes into.
        style: the id of its style.
        keep_next: whether the next paragraph must be on the same page.
        number: numbering and level, instead of the style's own.
        before: the space before it in twentieths of a point, instead of the style's own.
        flush_right: whether it is set flush right.
    """
    paragraph = add_element(home, "p")
    props = add_element(paragraph, "pPr")
    add_element(props, "pStyle", val=style)
    if keep_next:
        add_element(props, "keepNext")
    if number:
        numbers = add_element(props, "numPr")
        add_element(numbers, "ilvl", val=number[1])
        add_element(numbers, "numId", val=number[0])
    if before is not None:
        add_element(props, "spacing", before=before)
    if flush_right:
        add_element(props, "jc", val="right")
    return paragraph


def keep_with_next(paragraph: Element) -> None:
    """Keep a paragraph on the page of the next one."""
    props = paragraph.find(PPR)
    if props is None:
        props = add_element(paragraph, "pPr")
        paragraph.insert(0, props)
    if props.find(W + "keepNext") is None:
        style = props.find(W + "pStyle")
        props.insert(0 if style is None else 1, add_element(props, "keepNext"))


def add_table(
    home: Element, style: str, widths: Sequence[int], caption: str, description: str, *, backwards: bool = False
) -> Element:
    """Append a table as wide as its columns.

    Caption and description are for those who do not see it. With `backwards`, its first column is at the right.
    """
    if len(home) and home[-1].tag == TBL:
        add_element(home, "p")  # else Word would join the two tables
    table = add_element(home, "tbl")
    props = add_element(table, "tblPr")
    add_element(props, "tblStyle", val=style)
    if backwards:
        add_element(props, "bidiVisual")
    add_element(props, "tblW", w=sum(widths), type="dxa")
    add_element(props, "tblLayout", type="fixed")
    add_element(props, "tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1)
    if caption:
        add_element(props, "tblCaption", val=caption)
    if description:
        add_element(props, "tblDescription", val=description)
    grid = add_element(table, "tblGrid")
    for width in widths:
        add_element(grid, "gridCol", w=width)
    return table


def add_row(table: Element, *, header: bool = False) -> Element:
    """Append a row that no page break divides.

    A header row is repeated on every page.
    """
    row = add_element(table, "tr")
    props = add_element(row, "trPr")
    add_element(props, "cantSplit")
    if header:
        add_element(props, "tblHeader")
    return row


def add_cell(row: Element, width: int) -> Element:
    """Append a cell, still without the paragraph that it needs."""
    cell = add_element(row, "tc")
    add_element(add_element(cell, "tcPr"), "tcW", w=width, type="dxa")
    return cell
