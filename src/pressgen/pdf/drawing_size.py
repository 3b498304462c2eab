"""How much a PDF draws, forms within forms counted as often as they are drawn.

A page of a hundred bytes can draw a form that draws ten others ten times each, and so on: a reader that follows them
never comes to an end. So this is counted before a library draws anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.pdf.objects import DEEPEST, Key, Node, TooMuch, content, items, key, resources_of, value, word

if TYPE_CHECKING:
    import pikepdf

LARGEST_PAGE, LARGEST_WHOLE = 8 * 1024 * 1024, 64 * 1024 * 1024
"""Bytes of drawing on one page, and on all: a release of 500 pages has 30 MB."""
DRAWN = re.compile(rb"/([^\s()<>\[\]{}/%]{1,127})\s+Do\b")
"""A form or picture being drawn by its name (ISO 32000-1, 8.8)."""


def refuse_too_much_drawing(pdf: pikepdf.Pdf) -> None:
    """See that a library which draws the pages of `pdf` comes to an end.

    Raises:
        TooMuch: the pages draw more than those of any release.
    """
    sizes: dict[Key, int] = {}
    whole = 0
    for count, page in enumerate(pdf.pages, 1):
        what = f"the drawing on page {count}"
        data = b"\n".join(content(each, what, LARGEST_PAGE) for each in items(value(page.obj, "/Contents")))
        size = _size(data, resources_of(page.obj), sizes, 0)
        whole += size
        if size > LARGEST_PAGE or whole > LARGEST_WHOLE:
            raise TooMuch(what if size > LARGEST_PAGE else "the drawing on its pages")


def _size(data: bytes, resources: Node, sizes: dict[Key, int], depth: int) -> int:
    """The bytes of a drawing, with those of every form in it for each time that it is drawn."""
    if depth > DEEPEST:
        raise TooMuch("the depth of its forms")
    forms = value(resources, "/XObject")
    size = len(data)
    for name in DRAWN.findall(data):
        size += _size_of_form(value(forms, "/" + name.decode("latin-1")), resources, sizes, depth)
    return size


def _size_of_form(form: Node, around: Node, sizes: dict[Key, int], depth: int) -> int:
    if word(value(form, "/Subtype")) != "Form":
        return 0
    number = key(form)
    if number not in sizes:
        sizes[number] = 0  # for one that draws itself, which libraries pass over
        own = value(form, "/Resources")
        data = content(form, "a form", LARGEST_PAGE)
        sizes[number] = _size(data, around if own is None else own, sizes, depth + 1)
    return sizes[number]
