"""Remember the page element of each structure element.

WeasyPrint forgets it as soon as it has made the structure, and hands it to nobody. So its maker of structure elements
is wrapped: the one place where pressgen reaches into WeasyPrint. None of this is written into the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pressgen.pdf.weasy import weasyprint

if TYPE_CHECKING:
    from collections.abc import Iterator

LABEL = "data-label"
tags = weasyprint.pdf.tags
_build = tags._build_box_tree


def _build_with_boxes(box: Any, *context: Any) -> Iterator[Any]:
    """Yield the elements that WeasyPrint builds, each with its box."""
    for element in _build(box, *context):
        if not hasattr(element, "box"):  # else it comes from below, through a box without an element of its own
            element.box = getattr(box, "_box", box)
        yield element


tags._build_box_tree = _build_with_boxes  # it calls itself by this name, so all its calls come here


def get_box(element: Any) -> Any:
    """Return the box of a structure element, or None."""
    return getattr(element, "box", None)


def is_margin_label(element: Any) -> bool:
    """Return whether an element is the label of a text.

    A stylesheet shows the label (`data-label`) before the text.
    """
    made_of = get_box(element)
    if made_of is None or made_of.element is None:
        return False
    return str(made_of.element_tag).endswith("::before") and bool(made_of.element.get(LABEL))


def is_same_element(one: Any, other: Any) -> bool:
    """Return whether two structure elements belong to one page element.

    They may be its halves on two pages.
    """
    first, second = get_box(one), get_box(other)
    if first is None or second is None or first.element is None:
        return False
    return first.element is second.element and first.element_tag == second.element_tag
