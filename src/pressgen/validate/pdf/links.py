"""Links, form fields and other annotations can be reached and are told (ISO 14289-1, 7.18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.pdf.objects import items, key, text, value, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.pdf.objects import Node
    from pressgen.validate.pdf.paper import Paper
    from pressgen.validate.pdf.tree import Element

HOLDERS = {"Link": ("Link", "MH28-011"), "Widget": ("Form", "MH28-010")}
"""Kinds of annotation: the element that must hold each, and the code where it does not."""
KNOWN = frozenset(
    "Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink"
    " Popup FileAttachment Sound Movie Widget Screen PrinterMark TrapNet Watermark 3D Redact".split()
)
UNTOLD = {"Popup", "PrinterMark", "TrapNet", "Widget"}


def tab_order(paper: Paper) -> Iterator[Problem]:
    """The tab key follows the structure on pages that have annotations."""
    for number, page in enumerate(paper.pages, 1):
        order = word(value(page, "/Tabs"))
        if not items(value(page, "/Annots")) or order == "S":
            continue
        code, what = ("MH28-009", f"is {order}, not the structure (S)") if order else ("MH28-008", "is not said")
        yield paper.fault(code, f"the order in which the tab key walks the links {what}", f"page {number}")


def holders(paper: Paper) -> Iterator[Problem]:
    """Each annotation stands in an element of its kind."""
    held = {number: element for element in paper.elements for number in element.objects}
    for number, _, node in paper.annotations():
        kind, element = word(value(node, "/Subtype")), held.get(key(node))
        if kind == "PrinterMark" and element:
            yield paper.fault("MH28-017", "a printer's mark is tagged as text", f"page {number}")
        if kind in {"Popup", "PrinterMark", "TrapNet"}:
            continue
        holder, code = HOLDERS.get(kind, ("Annot", "MH28-002"))
        if element is None or (element.kind != holder and holder not in _around(element)):
            yield paper.fault(
                code, f"an annotation ({kind or 'of no kind'}) stands in no {holder} element", _place(number, node)
            )


def told(paper: Paper) -> Iterator[Problem]:
    """Each annotation says in words what it is."""
    held = {number: element for element in paper.elements for number in element.objects}
    for number, _, node in paper.annotations():
        kind, element = word(value(node, "/Subtype")), held.get(key(node))
        described = bool(element and text(value(element.node, "/Alt")))
        words = text(value(node, "/Contents"))
        if kind == "Link" and not words:
            yield paper.fault("MH28-012", "a link has no description (Contents)", _place(number, node))
        elif kind == "Widget" and not (described or _label(node)):
            yield paper.fault("MH28-005", "a form field has no label (TU)", f"page {number}")
        elif kind not in UNTOLD and not (words or described):
            yield paper.fault("MH28-004", f"an annotation ({kind}) has no description (Contents)", _place(number, node))


def kinds(paper: Paper) -> Iterator[Problem]:
    """No annotation of a kind that readers do not know, or may not meet."""
    for number, _, node in paper.annotations():
        kind = word(value(node, "/Subtype"))
        if kind == "TrapNet":
            yield paper.fault("MH28-007", "an annotation for print (TrapNet) is left in the file", f"page {number}")
        elif kind not in KNOWN:
            yield paper.fault("MH28-006", f"an annotation is of no known kind ({kind or 'none'})", f"page {number}")


def _around(element: Element) -> list[str]:
    return [above.kind for above, _ in zip(element.ancestors, range(3), strict=False)]


def _label(node: Node) -> str:
    """The label of a form field, its own or that of the field it is one of."""
    return text(value(node, "/TU")) or text(value(value(node, "/Parent"), "/TU"))


def _place(number: int, node: Node) -> str:
    address = text(value(value(node, "/A"), "/URI"))
    return f"page {number}, link to {address}" if address else f"page {number}"


CHECKS = (tab_order, holders, told, kinds)
