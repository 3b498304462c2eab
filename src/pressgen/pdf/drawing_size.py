"""Measure how much a PDF draws.

A form counts as often as it is drawn. A page of a hundred bytes can draw a form that draws ten others ten times each,
and so on: a reader that follows them never comes to an end. So this is counted before a library draws anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.pdf.objects import (
    DEEPEST,
    Key,
    Node,
    PdfTooLargeError,
    find_resources,
    get_object_key,
    get_value,
    list_items,
    read_name,
    read_stream,
)

if TYPE_CHECKING:
    import pikepdf

LARGEST_PAGE, LARGEST_WHOLE = 8 * 1024 * 1024, 64 * 1024 * 1024
"""The most bytes of drawing on one page, and on all: a release of 500 pages has 30 MB."""
DRAWN = re.compile(rb"/([^\s()<>\[\]{}/%]{1,127})\s+Do\b")
"""A form or picture being drawn by its name (ISO 32000-1, 8.8)."""


def check_drawing_size(pdf: pikepdf.Pdf) -> None:
    """Check that the pages do not draw too much.

    A library that draws them then comes to an end.

    Raises:
        PdfTooLargeError: the pages draw more than those of any release.
    """
    sizes: dict[Key, int] = {}
    whole = 0
    for count, page in enumerate(pdf.pages, 1):
        what = f"the drawing on page {count}"
        data = b"\n".join(
            read_stream(each, what, LARGEST_PAGE) for each in list_items(get_value(page.obj, "/Contents"))
        )
        size = _measure_drawing(data, find_resources(page.obj), sizes, 0)
        whole += size
        if size > LARGEST_PAGE or whole > LARGEST_WHOLE:
            raise PdfTooLargeError(what if size > LARGEST_PAGE else "the drawing on its pages")


def _measure_drawing(data: bytes, resources: Node, sizes: dict[Key, int], depth: int) -> int:
    """Return the bytes of a drawing.

    A form in it counts each time that it is drawn.
    """
    if depth > DEEPEST:
        raise PdfTooLargeError("the depth of its forms")
    forms = get_value(resources, "/XObject")
    size = len(data)
    for name in DRAWN.findall(data):
        size += _measure_form(get_value(forms, "/" + name.decode("latin-1")), resources, sizes, depth)
    return size


def _measure_form(form: Node, around: Node, sizes: dict[Key, int], depth: int) -> int:
    if read_name(get_value(form, "/Subtype")) != "Form":
        return 0
    number = get_object_key(form)
    if number not in sizes:
        sizes[number] = 0  # for a form that draws itself, which libraries skip
        own = get_value(form, "/Resources")
        data = read_stream(form, "a form", LARGEST_PAGE)
        sizes[number] = _measure_drawing(data, around if own is None else own, sizes, depth + 1)
    return sizes[number]
