"""Read a PDF into paragraphs, by the places of its letters.

Running heads and feet and page numbers are kept apart. Nothing in it is more than likely: a PDF says where letters are
printed, not what they belong to.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from pressgen.errors import InputError, Place, Problem
from pressgen.importer.manuscript import LONGEST, Manuscript, ManuscriptTooLongError, SourceParagraph, limit_paragraphs
from pressgen.importer.ocr import has_ocr, recognise_text
from pressgen.importer.pdf_glyphs import TextPiece, read_pieces
from pressgen.importer.pdf_layout import PageLine, order_lines
from pressgen.importer.pdf_paragraphs import ParagraphBuilder, count_words

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_PAGES = 60
LOCKED = 4
"""pdfium's number for a password that is missing (fpdfview.h)."""
EDGE = 0.13
"""The share of a page at its top and bottom in which heads and feet are."""
NUMBER = re.compile(
    r"(?:(?:page|seite|p\.|página|tudalen)\s*)?[-–—|\[ ]*\d{1,3}(?:\s*(?:of|/|von|de|sur|o)\s*\d{1,3})?[-–—|\] ]*",
    re.IGNORECASE,
)
TOLERANCE = 3
"""Points by which a running head may be higher or lower on another page."""
DIGITS = re.compile(r"\d+")
FEWEST_LETTERS = 20
GARBLED = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x1f]")
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
MOST_GARBLED = 0.2
LARGE_PICTURE = 60
"""Points; a smaller picture is a logo, a rule or an icon."""
OF_A_PDF = "read from a PDF: compare the order and the ends of its paragraphs with the pages"


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as read: its text, its height, and its large pictures."""

    pieces: list[TextPiece]
    height: float
    pictures: int

    @property
    def readable(self) -> bool:
        """Whether it has text, and not only codes of a font."""
        text = "".join(piece.text for piece in self.pieces)
        return len(text) >= FEWEST_LETTERS and len(GARBLED.findall(text)) < MOST_GARBLED * len(text)

    @property
    def printed(self) -> bool:
        """Whether there is anything on it."""
        return bool(self.pieces or self.pictures)


def read_pdf(data: bytes, shown: str) -> Manuscript:
    """Read a PDF into paragraphs.

    Pages that are pictures are read by ocrmypdf, where the machine has it.

    Raises:
        InputError: it has a password, is damaged, has more pages than a release, or its pages are pictures.
        ManuscriptTooLongError: it has far more text than a release.
    """
    pages, doubts = _read_pages(data, shown), [OF_A_PDF]
    unread = _list_unread(pages)
    if unread and has_ocr():
        read = recognise_text(data, len(pages), forced=len(unread) == len(pages))
        pages = _read_pages(read, shown) if read else pages
        if len(still := _list_unread(pages)) < len(unread):
            doubts.append("pictures of text were read by a machine (OCR): compare every word with the pages")
        unread = still
    letters = "".join(piece.text for page in pages for piece in page.pieces)
    if len(RIGHT_TO_LEFT.findall(letters)) > MOST_GARBLED * len(letters):
        message = "has letters that run from right to left, whose order a PDF does not tell; import the Word file"
        raise InputError([_fault("I01", message, shown)])
    if len(unread) == len(pages) or not any(page.readable for page in pages):
        advice = "could not read them" if has_ocr() else "is not on this machine (apt-get install ocrmypdf)"
        message = (
            f"its pages are pictures or have no text that can be read, and ocrmypdf {advice}; import the text itself"
        )
        raise InputError([_fault("I15", message, shown)])
    if unread:
        numbers = ", ".join(map(str, unread))
        doubts.append(f"no text can be read on page {numbers}, which may be a picture; ocrmypdf could read it")
    if pictures := sum(page.pictures for page in pages):
        doubts.append(f"pictures were left out: {pictures}; put them into the release’s folder")
    return _assemble(pages, doubts)


def _list_unread(pages: list[_Page]) -> list[int]:
    return [number for number, page in enumerate(pages, 1) if page.printed and not page.readable]


def _read_pages(data: bytes, shown: str) -> list[_Page]:
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            if len(document) > MOST_PAGES:
                raise ManuscriptTooLongError(
                    f"has {len(document)} pages, but a release has at most {MOST_PAGES}; import its parts one by one"
                )
            pages, letters = list[_Page](), 0
            for page in document:
                pages.append(_Page(read_pieces(page), page.get_height(), _count_pictures(page)))
                letters += sum(len(piece.text) for piece in pages[-1].pieces)
                if letters > LONGEST:
                    raise ManuscriptTooLongError(
                        f"has more than {LONGEST:,} characters, too many for a release; import its parts one by one"
                    )
                page.close()
            return pages
    except pypdfium2.PdfiumError as error:
        locked = raw.FPDF_GetLastError() == LOCKED or "password" in str(error).lower()
        message = (
            "has a password; save it without one" if locked else "is a damaged PDF; save it again, or import its text"
        )
        raise InputError([_fault("I01", message, shown)]) from None


def _assemble(pages: list[_Page], doubts: list[str]) -> Manuscript:
    """Assemble the pages; heads, feet and page numbers are kept apart."""
    laid_out = [order_lines(page.pieces) for page in pages]
    margins, numbers = dict[str, None](), list[str]()
    for lines, heads in zip(laid_out, _find_heads(pages, laid_out), strict=True):
        for line in heads:
            lines.remove(line)
            if NUMBER.fullmatch(line.text):
                numbers.append(line.text)
            else:
                margins.setdefault(line.text)
    builder = _make_builder(laid_out)
    for lines in laid_out:
        builder.add_page(lines)
    paras = tuple(limit_paragraphs(builder.paragraphs()))
    if builder.cut:
        doubts.append(f"a hyphen at the end of a line may belong to the word or not: {', '.join(builder.cut)}")
    return Manuscript(
        paras, doubts=tuple(doubts), likely=True, margins=_to_paragraphs(margins), menus=_to_paragraphs(numbers)
    )


def _find_heads(pages: list[_Page], laid_out: list[list[PageLine]]) -> list[list[PageLine]]:
    """Find the running heads and feet of each page, and its number.

    They are its outermost lines, and at the same place of at least two pages, and of half.
    """
    edges = [
        [_list_edge(lines, page.height, top=top) for top in (True, False)]
        for lines, page in zip(laid_out, pages, strict=True)
    ]
    seen = [{(_key(line.text), round(line.y)) for edge in both for line in edge} for both in edges]
    return [[line for edge in both for line in takewhile(lambda each: _is_head(each, seen), edge)] for both in edges]


def _list_edge(lines: list[PageLine], height: float, *, top: bool) -> list[PageLine]:
    """List the lines at an edge of a page, the outermost first."""
    near = [line for line in lines if (line.y > (1 - EDGE) * height if top else line.y < EDGE * height)]
    return sorted(near, key=lambda line: -line.y if top else line.y)


def _is_head(line: PageLine, seen: list[set[tuple[str, int]]]) -> bool:
    if NUMBER.fullmatch(line.text):
        return True
    places = {(_key(line.text), round(line.y) + off) for off in range(-TOLERANCE, TOLERANCE + 1)}
    count = sum(not places.isdisjoint(each) for each in seen)
    return count > 1 and 2 * count >= len(seen)


def _key(text: str) -> str:
    return DIGITS.sub("0", " ".join(text.lower().split()))


def _make_builder(pages: list[list[PageLine]]) -> ParagraphBuilder:
    sizes: Counter[float] = Counter()
    steps: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        for above, below in pairwise(lines):
            if 0 < above.y - below.y < 3 * below.size:
                steps[round(above.y - below.y, 1)] += 1
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    leading = steps.most_common(1)[0][0] if steps else 1.2 * size
    return ParagraphBuilder(size, leading, count_words(line.text for lines in pages for line in lines))


def _count_pictures(page: pypdfium2.PdfPage) -> int:
    found = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    boxes = [each.get_bounds() for each in found]
    large = [box for box in boxes if min(box[2] - box[0], box[3] - box[1]) > LARGE_PICTURE]
    return len(large)


def _to_paragraphs(texts: Iterable[str]) -> tuple[SourceParagraph, ...]:
    return tuple(SourceParagraph(line=0, text=text) for text in texts)


def _fault(code: str, message: str, shown: str) -> Problem:
    return Problem(code=code, message=message, place=Place(shown))
