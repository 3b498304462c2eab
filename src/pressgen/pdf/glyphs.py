"""The characters of a PDF, each with the page and the place where it is drawn."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from pressgen.pdf.text import AS_PRINTED, opened

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
    """The characters of the PDF `data` in the order in which they are drawn, with boxes on the `wanted` pages (from 0).

    Raises:
        NotAPdf: `data` is no PDF.
    """
    with opened(data) as document:
        return [glyph for number, page in enumerate(document) for glyph in _page(page, number, boxed=number in wanted)]


def _page(page: pypdfium2.PdfPage, number: int, *, boxed: bool) -> Iterator[Glyph]:
    half = 0
    with closing(page.get_textpage()) as text:
        for index in range(raw.FPDFText_CountChars(text)):
            code = raw.FPDFText_GetUnicode(text, index)
            if code in FIRST_HALF:  # pdfium hands out what lies beyond U+FFFF in the two halves of UTF-16
                half = code
                continue
            if half:
                code, half = 0x10000 + ((half - FIRST_HALF.start) << 10) + (code & 0x3FF), 0
            yield Glyph(AS_PRINTED.get(code, chr(code)), number, text.get_charbox(index) if boxed else None)
