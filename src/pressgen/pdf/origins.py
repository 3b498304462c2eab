"""Which element of the page stands behind each element of a PDF's structure.

WeasyPrint forgets it as soon as it has made the structure, and hands it to nobody, so its maker of structure elements
is wrapped: the one place where pressgen reaches into WeasyPrint. Nothing of this is written into the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pressgen.pdf.weasy import weasyprint

if TYPE_CHECKING:
    from collections.abc import Iterator

LABEL = "data-label"
tags = weasyprint.pdf.tags
_build = tags._build_box_tree  # noqa: SLF001 - no public way, see above; a test pins that it is called


def _building(box: Any, *context: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint has no types
    """What WeasyPrint builds of `box`, each element remembering the box that it is made of."""
    for element in _build(box, *context):
        if not hasattr(element, "box"):  # else it comes from below, through a box without an element of its own
            element.box = getattr(box, "_box", box)
        yield element


tags._build_box_tree = _building  # noqa: SLF001 - it calls itself by this name, so all its calls come here


def box(element: Any) -> Any:  # noqa: ANN401 - as above
    """The box that `element` of the structure is made of, None for a stretch of text."""
    return getattr(element, "box", None)


def beside(element: Any) -> bool:  # noqa: ANN401 - as above
    """Whether `element` is the label of a text (its `data-label`), which a stylesheet shows before it."""
    made_of = box(element)
    if made_of is None or made_of.element is None:
        return False
    return str(made_of.element_tag).endswith("::before") and bool(made_of.element.get(LABEL))


def same(one: Any, other: Any) -> bool:  # noqa: ANN401 - as above
    """Whether two elements of the structure are parts of one element of the page, such as its halves on two pages."""
    first, second = box(one), box(other)
    if first is None or second is None or first.element is None:
        return False
    return first.element is second.element and first.element_tag == second.element_tag
