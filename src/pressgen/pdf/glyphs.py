"""Read the characters of a PDF with their pages and places."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from pressgen.pdf.text import AS_PRINTED, open_with_pdfium

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import pypdfium2

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points from the page's lower left corner."""

FIRST_HALF = range(0xD800, 0xDC00)


class PdfCharacter(NamedTuple):
    """A character as drawn, with its page and box.

    The box is None on pages for which no boxes were asked.
    """

    text: str
    page: int
    box: Box | None


def read_characters(data: bytes, wanted: Collection[int]) -> list[PdfCharacter]:
    """Read the characters of a PDF in drawing order.

    Those on the `wanted` pages (from 0) have boxes.

    Raises:
        NotAPdfError: `data` is not a PDF.
    """
    with open_with_pdfium(data) as document:
        return [
            glyph for number, page in enumerate(document) for glyph in _read_page(page, number, boxed=number in wanted)
        ]


def _read_page(page: pypdfium2.PdfPage, number: int, *, boxed: bool) -> Iterator[PdfCharacter]:
    half = 0
    with closing(page.get_textpage()) as text:
        for index in range(raw.FPDFText_CountChars(text)):
            code = raw.FPDFText_GetUnicode(text, index)
            if code in FIRST_HALF:  # pdfium returns characters beyond U+FFFF in two UTF-16 halves
                half = code
                continue
            if half:
                code, half = 0x10000 + ((half - FIRST_HALF.start) << 10) + (code & 0x3FF), 0
            yield PdfCharacter(AS_PRINTED.get(code, chr(code)), number, text.get_charbox(index) if boxed else None)
