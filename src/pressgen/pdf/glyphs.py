"""The characters of a PDF in reading order, each with the page and the place where it is drawn."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from pressgen.pdf.text import AS_PRINTED, OUTSIDE, opened, reading_order

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import pypdfium2

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points from the page's lower left corner."""

FIRST_HALF = range(0xD800, 0xDC00)


class Glyph(NamedTuple):
    """A character as drawn; its box is None on pages that nobody asked about."""

    text: str
    page: int
    box: Box | None


def glyphs(data: bytes, wanted: Collection[int]) -> list[Glyph]:
    """The characters of the PDF `data` in reading order, with their boxes on the `wanted` pages, counted from 0.

    Of a tagged page, what only dresses it, such as headers, is left out, and so are the numbers of lists.

    Raises:
        NotAPdf: `data` is no PDF.
    """
    with opened(data) as document:
        return [glyph for number, page in enumerate(document) for glyph in _page(page, number, number in wanted)]


def _page(page: pypdfium2.PdfPage, number: int, boxed: bool) -> Iterator[Glyph]:  # noqa: FBT001 - as `wanted` says
    drawn: dict[int, list[Glyph]] = defaultdict(list)
    order: list[int] = []
    element, half = OUTSIDE, 0
    with closing(page.get_textpage()) as text:
        for index in range(raw.FPDFText_CountChars(text)):
            if holder := raw.FPDFText_GetTextObject(text, index):
                element = raw.FPDFPageObj_GetMarkedContentID(holder)
            code = raw.FPDFText_GetUnicode(text, index)
            if code in FIRST_HALF:  # pdfium hands out what lies beyond U+FFFF in the two halves of UTF-16
                half = code
                continue
            if half:
                code, half = 0x10000 + ((half - FIRST_HALF.start) << 10) + (code & 0x3FF), 0
            box = text.get_charbox(index) if boxed else None
            drawn[element].append(Glyph(AS_PRINTED.get(code, chr(code)), number, box))
            order.append(element)
    for each in dict.fromkeys(order) if (read := reading_order(page)) is None else read:
        yield from drawn.get(each, ())
