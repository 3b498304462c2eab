"""Tables, lists and contents are built as ISO 32000-1 (14.8.4) says, so that a reader can count and move in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.pdf.objects import items, raw, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.pdf.paper import Paper
    from pressgen.validate.pdf.tree import Element

ROWS = {"THead", "TBody", "TFoot"}
CHILDREN = {
    "Table": {"TR", "Caption"} | ROWS,
    "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"}, "TR": {"TH", "TD"},
    "L": {"LI", "L", "Caption"}, "LI": {"Lbl", "LBody"},
    "TOC": {"TOC", "TOCI", "Caption"},
}  # fmt: skip
PARENTS = {
    "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"},
    "TR": {"Table"} | ROWS, "TH": {"TR"}, "TD": {"TR"},
    "LI": {"L"}, "LBody": {"LI"}, "TOCI": {"TOC"},
}  # fmt: skip
CODES = {"L": "MH09-005", "LI": "MH09-005", "LBody": "MH09-005", "TOC": "MH09-006", "TOCI": "MH09-006"}
TABLE = "MH09-004"
NEUTRAL = {"NonStruct", "Private"}


def nesting(paper: Paper) -> Iterator[Problem]:
    """Each part of a table, list or contents stands where it may, and holds what it may."""
    for element in paper.elements:
        code = CODES.get(element.kind, TABLE)
        above = element.parent.kind if element.parent else "nothing"
        if above not in PARENTS.get(element.kind, {above}):
            wanted = " or ".join(sorted(PARENTS[element.kind]))
            yield paper.fault(code, f"{element.kind} stands in {above}, not in {wanted}", element.inside)
        strange = [kind for kind in element.kinds() if kind not in CHILDREN.get(element.kind, {kind})]
        if strange:
            yield paper.fault(code, f"{element.kind} holds {', '.join(sorted(set(strange))[:5])}", element.inside)


def captions(paper: Paper) -> Iterator[Problem]:
    """A table has one caption at most, as its first or last part."""
    for table in _tables(paper):
        kinds = table.kinds()
        if kinds.count("Caption") > 1 or "Caption" in kinds[1:-1]:
            yield paper.fault(TABLE, "the caption is not the first or last part of its table", table.inside)


def header_cells(paper: Paper) -> Iterator[Problem]:
    """Each header cell says what it heads, or other cells name it as theirs (ISO 14289-1, 7.5)."""
    organised = {cell for table in _tables(paper) for cell in _organised(table)}
    for element in paper.elements:
        if element.kind == "TH" and element.attribute("/Scope") is None and element not in organised:
            yield paper.fault("MH15-003", "a header cell does not say what it heads; give it a scope", element.inside)


def headers_found(paper: Paper) -> Iterator[Problem]:
    """Each header that a cell names is a header cell of the same table."""
    for table in _tables(paper):
        cells = list(_cells(table))
        known = {ident for cell in cells if (ident := raw(value(cell.node, "/ID")))}
        for cell in cells:
            for name in items(cell.attribute("/Headers")):
                if raw(name) not in known:
                    yield paper.fault("MH15-005", "a cell names a header that its table does not have", cell.inside)


def _cells(table: Element) -> Iterator[Element]:
    for row in table.children:
        for each in [row, *row.children]:
            yield from (cell for cell in each.children if cell.kind in {"TH", "TD"})


def _tables(paper: Paper) -> Iterator[Element]:
    return (element for element in paper.elements if element.kind == "Table")


def _organised(table: Element) -> list[Element]:
    """The cells of a table whose cells name their headers; none of another."""
    cells = list(_cells(table))
    return cells if any(cell.attribute("/Headers") is not None for cell in cells) else []


CHECKS = (nesting, captions, header_cells, headers_found)
