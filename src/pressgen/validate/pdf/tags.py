"""Check the tags of what is drawn, of tables and lists.

Decoration must be marked as an artifact instead of a tag (ISO 14289-1, 7.1). Screen readers count and move in tables
and lists by their parts (ISO 32000-1, 14.8.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.pdf.objects import get_value, list_items, read_string_bytes
from pressgen.validate.pdf import drawing, table_grid
from pressgen.validate.pdf.tree import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.pdf.paper import PdfFile
    from pressgen.validate.pdf.tree import StructureElement


MARKING = {
    drawing.UNTAGGED: "is neither tagged as text nor marked as decoration",
    drawing.ARTIFACT_IN_TAGGED: "is marked as decoration inside of tagged text",
    drawing.TAGGED_IN_ARTIFACT: "is tagged as text inside of decoration",
    drawing.FORM_TWICE: "is tagged text that is drawn more than once",
    drawing.REFERENCE: "is drawn from another file",
}


def check_marking(paper: PdfFile) -> Iterator[Problem]:
    """Check that everything drawn is tagged or an artifact."""
    for (page, code), count in sorted(paper.drawing.faults.items()):
        times = f" ({count} times)" if count > 1 else ""
        yield paper.fault(code, f"something drawn {MARKING[code]}{times}", f"page {page}")


def check_types(paper: PdfFile) -> Iterator[Problem]:
    """Check that each element type is standard or mapped to one."""
    for element in paper.elements:
        if element.kind not in STANDARD and not _is_circular(element.kind, paper.roles):
            message = f"the tag “{element.kind}” is not a standard tag, and no role map gives the standard tag for it"
            yield paper.fault("MH02-001", message, element.inside)


def check_role_map(paper: PdfFile) -> Iterator[Problem]:
    """Check that the role map has no loops or redefined types."""
    for tag in paper.roles:
        if tag in STANDARD and paper.roles[tag] != tag:
            yield paper.fault("MH02-004", f"the standard tag “{tag}” is given another meaning", "role map")
        elif paper.roles[tag] == tag or _is_circular(tag, paper.roles):
            yield paper.fault("MH02-003", f"the meaning of the tag “{tag}” refers to itself", "role map")


def check_loops(paper: PdfFile) -> Iterator[Problem]:
    """Check that no element contains itself or appears twice."""
    for element in paper.tree.looped:
        yield paper.fault("V05", "an element of the structure is in two places, or in itself", element.inside)


def _is_circular(tag: str, roles: dict[str, str]) -> bool:
    seen: set[str] = set()
    while tag in roles and tag not in STANDARD:
        if tag in seen:
            return True
        seen.add(tag)
        tag = roles[tag]
    return False


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
CAPTIONED = {"Table": "table", "L": "list", "TOC": "table of contents"}


def check_nesting(paper: PdfFile) -> Iterator[Problem]:
    """Check the parents and children of tables, lists and contents."""
    for element in paper.elements:
        code = CODES.get(element.kind, TABLE)
        above = element.parent.kind if element.parent else "nothing"
        if above not in PARENTS.get(element.kind, {above}):
            wanted = " or ".join(sorted(PARENTS[element.kind]))
            yield paper.fault(code, f"{element.kind} stands in {above}, not in {wanted}", element.inside)
        strange = [kind for kind in element.kinds() if kind not in CHILDREN.get(element.kind, {kind})]
        if strange:
            yield paper.fault(code, f"{element.kind} holds {', '.join(sorted(set(strange))[:5])}", element.inside)


def check_captions(paper: PdfFile) -> Iterator[Problem]:
    """Check the captions of tables, lists and tables of contents.

    Each has one at most. It is the first part, or in a table the last.
    """
    for element in paper.elements:
        kinds = element.kinds() if element.kind in CAPTIONED else []
        inner = kinds[1:-1] if element.kind == "Table" else kinds[1:]
        if kinds.count("Caption") > 1 or "Caption" in inner:
            code = CODES.get(element.kind, TABLE)
            yield paper.fault(code, f"the caption of a {CAPTIONED[element.kind]} is not in its place", element.inside)


def check_header_cells(paper: PdfFile) -> Iterator[Problem]:
    """Check that each header cell has a scope or is named."""
    organised = {cell for table in _iterate_tables(paper) for cell in _list_referring_cells(table)}
    for element in paper.elements:
        if element.kind == "TH" and element.attribute("/Scope") is None and element not in organised:
            yield paper.fault(
                "MH15-003", "a header cell does not say which cells it is for; give it a scope", element.inside
            )


def check_header_references(paper: PdfFile) -> Iterator[Problem]:
    """Check that cells refer to header cells of their own table."""
    for table in _iterate_tables(paper):
        cells = list(_iterate_cells(table))
        known = {read_string_bytes(ident) for cell in cells if (ident := get_value(cell.node, "/ID")) is not None}
        for cell in cells:
            for name in list_items(cell.attribute("/Headers")):
                if read_string_bytes(name) not in known:
                    yield paper.fault("MH15-005", "a cell names a header that its table does not have", cell.inside)


def _iterate_cells(table: StructureElement) -> Iterator[StructureElement]:
    for row in table.children:
        for each in [row, *row.children]:
            yield from (cell for cell in each.children if cell.kind in {"TH", "TD"})


def _iterate_tables(paper: PdfFile) -> Iterator[StructureElement]:
    return (element for element in paper.elements if element.kind == "Table")


def _list_referring_cells(table: StructureElement) -> list[StructureElement]:
    """List a table's cells, if any of them names its headers.

    The list is empty for any other table.
    """
    cells = list(_iterate_cells(table))
    return cells if any(cell.attribute("/Headers") is not None for cell in cells) else []


CHECKS = (
    check_marking, check_types, check_role_map, check_loops, check_nesting, check_captions, check_header_cells,
    check_header_references, *table_grid.CHECKS,
)  # fmt: skip
