"""Read the text of a PDF page with its places.

A piece is text on one line without a wide gap. pdfium finds the spaces between words.
"""

from __future__ import annotations

import ctypes
from contextlib import closing
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Any

from pypdfium2 import raw

if TYPE_CHECKING:
    import pypdfium2

LINE_HYPHEN = "\x02"
"""What pdfium returns for a hyphen at the end of a line."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
SMALL, RAISED_BY = 0.98, 0.15
"""Shares of the size of letters: the largest raised figure, and how far it is raised at least."""
OFF_LINE, WIDE_GAP, BACK = 0.6, 0.8, 1.0
"""Shares of the size of letters: between lines, between pieces, backwards on a line (in a ligature)."""
BOLD = 600
FIRST_HALF, LINE_ENDS, SPACES = range(0xD800, 0xDC00), (10, 13), (0x20, 0xA0, 9)
"""Codes: of the first half of a character beyond U+FFFF, which pdfium returns in two; of line ends, and of spaces."""
MOST_GLYPHS = 60_000
"""The most characters of a page that are read; a full page has a tenth of it."""


@dataclass(slots=True)
class TextPiece:
    """Text on one line of a page.

    Attributes:
        y: of its baseline, from the bottom of the page; all in points.
        size: of its letters, from their lowest to their highest.
        content: the marked content that it begins in; -1 for none.
        spaced: whether a space comes before it.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    content: int
    spaced: bool = False


class _Box(ctypes.Structure):
    _fields_ = [(name, ctypes.c_float) for name in ("left", "top", "right", "bottom")]


def _wrap(function: Any, result: Any, *arguments: Any) -> Any:  # noqa: ANN401 - functions of pdfium have no types
    """Return a fast form of a function called for each character."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


HANDLE, INDEX, DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(ctypes.c_double)
UNICODE = _wrap(raw.FPDFText_GetUnicode, ctypes.c_uint, HANDLE, INDEX)
HOLDER = _wrap(raw.FPDFText_GetTextObject, HANDLE, HANDLE, INDEX)
ORIGIN = _wrap(raw.FPDFText_GetCharOrigin, INDEX, HANDLE, INDEX, DOUBLE, DOUBLE)
LOOSE_BOX = _wrap(raw.FPDFText_GetLooseCharBox, INDEX, HANDLE, INDEX, ctypes.POINTER(_Box))
WEIGHT = _wrap(raw.FPDFText_GetFontWeight, INDEX, HANDLE, INDEX)
CONTENT = _wrap(raw.FPDFPageObj_GetMarkedContentID, INDEX, HANDLE)


def read_pieces(page: pypdfium2.PdfPage) -> list[TextPiece]:
    """Read the pieces of text on a page, in file order."""
    with closing(page.get_textpage()) as text:
        handle, count = ctypes.cast(text.raw, HANDLE).value, min(raw.FPDFText_CountChars(text), MOST_GLYPHS)
        builder = _PieceBuilder(page.get_rotation(), *page.get_size())
        codes = list(map(UNICODE, repeat(handle), range(count)))
        holders = list(map(HOLDER, repeat(handle), range(count)))
        x, y, box = ctypes.c_double(), ctypes.c_double(), _Box()
        at_x, at_y, at_box = ctypes.pointer(x), ctypes.pointer(y), ctypes.pointer(box)
        last: int | None = None
        half = ""
        for index, (code, holder) in enumerate(zip(codes, holders, strict=True)):
            if code in FIRST_HALF:
                half = chr(code)
                continue
            if code in LINE_ENDS:
                builder.end()
                continue
            if not holder or code in SPACES:
                builder.space()
                continue
            if holder != last:
                last, builder.content = holder, CONTENT(holder)
                builder.bold = WEIGHT(handle, index) >= BOLD
            ORIGIN(handle, index, at_x, at_y)
            LOOSE_BOX(handle, index, at_box)
            letter = (
                (half + chr(code)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
                if half
                else chr(code)
            )
            half = ""
            builder.add(letter, (x.value, y.value), box)
        builder.end()
        return builder.pieces


class _PieceBuilder:
    """A builder of pieces, character by character."""

    def __init__(self, rotation: int, width: float, height: float) -> None:
        self.pieces: list[TextPiece] = []
        self.bold, self.content = False, -1
        self._turn = {90: lambda x, y: (y, height - x), 180: lambda x, y: (width - x, height - y),
                      270: lambda x, y: (width - y, x)}.get(rotation)  # fmt: skip
        self._sideways = rotation in (90, 270)
        self._piece: TextPiece | None = None
        self._spaced = False

    def space(self) -> None:
        """Take a space between two words."""
        self._spaced = True

    def end(self) -> None:
        """End the piece."""
        if self._piece is not None:
            self._piece.text = self._piece.text.translate(LIGATURES)
            self.pieces.append(self._piece)
        self._piece, self._spaced = None, False

    def add(self, letter: str, origin: tuple[float, float], box: _Box) -> None:
        """Add a character to the piece, or begin another."""
        x, y = origin
        right, size = box.right, abs(box.top - box.bottom)
        if self._turn is not None:
            x, y = self._turn(x, y)
            right = max(self._turn(box.left, box.bottom)[0], self._turn(box.right, box.top)[0])
            size = abs(box.right - box.left) if self._sideways else size
        piece = self._piece
        spaced = self._spaced
        if piece is not None and not self._continues(piece, x, y, size):
            self.end()
            piece = None
        if piece is None:
            self._piece = TextPiece(letter, x, right, y, size, self.bold, self.content, spaced)
            self._spaced = False
            return
        raised = y - piece.y
        if size < SMALL * piece.size and raised > RAISED_BY * piece.size:
            letter = letter.translate(RAISED)
        elif piece.size < SMALL * size and -raised > RAISED_BY * size:  # it began with a raised figure
            piece.text, piece.size, piece.y = piece.text.translate(RAISED), size, y
        piece.text += f" {letter}" if self._spaced else letter
        piece.x1, self._spaced = max(piece.x1, right), False

    def _continues(self, piece: TextPiece, x: float, y: float, size: float) -> bool:
        largest = max(size, piece.size)
        if abs(y - piece.y) > OFF_LINE * largest:
            return False
        return -BACK * largest < x - piece.x1 < WIDE_GAP * largest
