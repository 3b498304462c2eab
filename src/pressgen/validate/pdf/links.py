"""Check that links, form fields and annotations are accessible (ISO 14289-1, 7.18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.pdf.objects import get_object_key, get_value, list_items, read_name, read_string

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.pdf.objects import Node
    from pressgen.validate.pdf.paper import PdfFile
    from pressgen.validate.pdf.tree import StructureElement

HOLDERS = {"Link": ("Link", "MH28-011"), "Widget": ("Form", "MH28-010")}
"""Kinds of annotation: the element that must hold each, and the code where it does not."""
KNOWN = frozenset(
    "Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink"
    " Popup FileAttachment Sound Movie Widget Screen PrinterMark TrapNet Watermark 3D Redact".split()
)
UNTOLD = {"Popup", "PrinterMark", "TrapNet", "Widget"}


def check_tab_order(paper: PdfFile) -> Iterator[Problem]:
    """Check that pages with annotations use structure tab order."""
    for number, page in enumerate(paper.pages, 1):
        order = read_name(get_value(page, "/Tabs"))
        if not list_items(get_value(page, "/Annots")) or order == "S":
            continue
        code, what = ("MH28-009", f"is {order}, not the structure (S)") if order else ("MH28-008", "is not said")
        yield paper.fault(code, f"the order in which the tab key visits the links {what}", f"page {number}")


def check_annotation_elements(paper: PdfFile) -> Iterator[Problem]:
    """Check that each annotation is in an element of its kind."""
    owners = {number: element for element in paper.elements for number in element.objects}
    for number, _, node in paper.annotations():
        kind, element = read_name(get_value(node, "/Subtype")), owners.get(get_object_key(node))
        if kind == "PrinterMark" and element:
            yield paper.fault("MH28-017", "a printer's mark is tagged as text", f"page {number}")
        if kind in {"Popup", "PrinterMark", "TrapNet"}:
            continue
        holder, code = HOLDERS.get(kind, ("Annot", _choose_code(kind, "MH28-002")))
        if element is None or (element.kind != holder and holder not in _list_ancestor_kinds(element)):
            yield paper.fault(
                code,
                f"an annotation ({kind or 'of no kind'}) is not in an element of type {holder}",
                _describe_place(number, node),
            )


def _choose_code(kind: str, code: str) -> str:
    """Return the code of a fault of an annotation.

    Kinds that ISO 32000-1 does not know are allowed, and must keep the rules for all others (ISO 14289-1, 7.18.1).
    """
    return code if kind in KNOWN else "MH28-006"


def check_annotation_descriptions(paper: PdfFile) -> Iterator[Problem]:
    """Check that each annotation has a description."""
    owners = {number: element for element in paper.elements for number in element.objects}
    for number, _, node in paper.annotations():
        kind, element = read_name(get_value(node, "/Subtype")), owners.get(get_object_key(node))
        described = bool(element and read_string(get_value(element.node, "/Alt")))
        words = read_string(get_value(node, "/Contents"))
        if kind == "Link" and not words:
            yield paper.fault("MH28-012", "a link has no description (Contents)", _describe_place(number, node))
        elif kind == "Widget" and not (described or _read_field_label(node)):
            yield paper.fault("MH28-005", "a form field has no label (TU)", f"page {number}")
        elif kind not in UNTOLD and not (words or described):
            code, named = _choose_code(kind, "MH28-004"), kind or "of no kind"
            yield paper.fault(
                code, f"an annotation ({named}) has no description (Contents)", _describe_place(number, node)
            )


def check_annotation_kinds(paper: PdfFile) -> Iterator[Problem]:
    """Check for annotations that only a printing house needs."""
    for number, _, node in paper.annotations():
        if read_name(get_value(node, "/Subtype")) == "TrapNet":
            yield paper.fault("MH28-007", "an annotation for print (TrapNet) is left in the file", f"page {number}")


def check_media(paper: PdfFile) -> Iterator[Problem]:
    """Check the kind and description of films and sounds.

    Source: ISO 14289-1, 7.18.6.2.
    """
    for node in paper.media:
        if get_value(node, "/CT") is None:
            yield paper.fault("MH28-014", "does not say its kind (CT)", "film or sound")
        texts = [read_string(each) for each in list_items(get_value(node, "/Alt"))]
        if not texts or len(texts) % 2 or not all(texts[1::2]):
            yield paper.fault("MH28-015", "has no description (Alt)", "film or sound")


def _list_ancestor_kinds(element: StructureElement) -> list[str]:
    return [above.kind for above, _ in zip(element.ancestors, range(3), strict=False)]


def _read_field_label(node: Node) -> str:
    """Return the label of an annotation's field.

    The label of a field around that counts too. A part of a field, such as one of several buttons, has no name of its
    own; a label of its own nobody reads.
    """
    field = node if get_value(node, "/T") is not None else get_value(node, "/Parent")
    return read_string(get_value(field or node, "/TU")) or read_string(get_value(get_value(field, "/Parent"), "/TU"))


def _describe_place(number: int, node: Node) -> str:
    address = read_string(get_value(get_value(node, "/A"), "/URI"))
    return f"page {number}, link to {address}" if address else f"page {number}"


CHECKS = (
    check_tab_order,
    check_annotation_elements,
    check_annotation_descriptions,
    check_annotation_kinds,
    check_media,
)
