"""The words of a PDF, read back.

A tagged PDF says which of its text is the document and which only dresses the page (ISO 32000-1, 14.8): running
headers, footers and page numbers stand in no element of the structure. What is read here follows that structure,
so words come in reading order, and each list's numbers can be left out.
"""

from __future__ import annotations

import ctypes
from contextlib import closing, contextmanager
from functools import lru_cache
from itertools import groupby, repeat
from typing import TYPE_CHECKING, Any

import pypdfium2
from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_PAGES = 3000
LABEL = "Lbl"
INLINE = frozenset({"Span", "Link", "NonStruct", "Quote", "Reference", "Code"})
"""Elements within a line; any other begins one."""
OUTSIDE = -1
"""The number of text that belongs to no element."""
BREAK = -2
"""Stands between elements that begin a line."""
AS_PRINTED = {0x02: "-", 0x0D: ""}
"""pdfium hands out a hyphen at a line's end as U+0002, and ends lines with two characters."""


def _quick(function: Any, result: Any, *arguments: Any) -> Any:  # noqa: ANN401 - ctypes' types are values
    """A function of pdfium's that is asked once a character, without the wrapping that each handle gets."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


HOLDER = _quick(raw.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
CHARACTER = _quick(raw.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
ELEMENT = _quick(raw.FPDFPageObj_GetMarkedContentID, ctypes.c_int, ctypes.c_void_p)


class NotAPdf(ValueError):
    """The bytes are no PDF that can be read."""


def read_text(data: bytes) -> list[str]:
    """All text of the PDF `data`, a text a page, running headers and footers with it.

    Raises:
        NotAPdf: `data` is no PDF.
    """
    return [whole for whole, _ in _pages(data)]


def read_body(data: bytes) -> list[str]:
    """The text of the document in the PDF `data`, a text a page, in reading order.

    Headers and footers are left out, as are the numbers and bullets of lists. A line's end reads as a line's end
    although it may stand in a word too long for its line, so compare without white space. A page without structure
    is read whole.

    Raises:
        NotAPdf: `data` is no PDF.
    """
    return [body for _, body in _pages(data)]


@lru_cache(maxsize=1)
def _pages(data: bytes) -> tuple[tuple[str, str], ...]:
    """All text of each page, and that of the document; several checks ask for the same file one after the other."""
    with opened(data) as document:
        return tuple(_read(page) for page in document)


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The PDF `data`, closed at the end of the `with`.

    Raises:
        NotAPdf: `data` is no PDF, or what is done within the `with` meets a page that cannot be read.
    """
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            if len(document) > MOST_PAGES:
                raise NotAPdf(f"this PDF has {len(document):,} pages; at most {MOST_PAGES:,} are read")
            yield document
    except pypdfium2.PdfiumError as fault:
        raise NotAPdf(f"this is no PDF that can be read whole: {fault}") from None


def _read(page: pypdfium2.PdfPage) -> tuple[str, str]:
    stretches = _stretches(page)
    whole = _paired(text for _, text in stretches).strip()
    order = reading_order(page)
    return whole, whole if order is None else _ordered(stretches, order)


def _paired(texts: Iterable[str]) -> str:
    """`texts` joined; pdfium hands out what lies beyond U+FFFF in the two halves of UTF-16."""
    return "".join(texts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _ordered(stretches: Iterable[tuple[int, str]], order: Iterable[int]) -> str:
    texts: dict[int, str] = {}
    for number, text in stretches:
        texts[number] = texts.get(number, "") + text
    lines = _paired("\n" if number == BREAK else texts.get(number, "") for number in order).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _stretches(page: pypdfium2.PdfPage) -> list[tuple[int, str]]:
    """The page's text in the order it was drawn, what was drawn in one go with the number of its element.

    Breaks between lines, which no element holds, go with what they follow.
    """
    with closing(page.get_textpage()) as text:
        handle, count = ctypes.cast(text.raw, ctypes.c_void_p).value, raw.FPDFText_CountChars(text)
        holders = list(map(HOLDER, repeat(handle), range(count)))
        shown = list(map(CHARACTER, repeat(handle), range(count)))
        stretches, number, at = list[tuple[int, str]](), OUTSIDE, 0
        for holder, held in groupby(holders):
            if holder:
                number = ELEMENT(holder)
            end = at + len(list(held))
            stretches.append((number, "".join(map(chr, shown[at:end])).translate(AS_PRINTED)))
            at = end
        return stretches


def reading_order(page: pypdfium2.PdfPage) -> list[int] | None:
    """The numbers of the page's marked texts as its structure orders them, None where it has no structure."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return None
    try:
        tops = [raw.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(raw.FPDF_StructTree_CountChildren(tree))]
        return list(_numbers(tops)) if tops else None
    finally:
        raw.FPDF_StructTree_Close(tree)


def _numbers(tops: list[Any]) -> Iterator[int]:
    waiting: list[Any] = tops[::-1]
    while waiting:
        element = waiting.pop()
        if isinstance(element, int):
            yield element
        elif element and (kind := _kind(element)) != LABEL:
            children = [_child(element, n) for n in range(raw.FPDF_StructElement_CountChildren(element))]
            edge = [] if kind in INLINE else [BREAK]
            waiting += [*edge, *children[::-1], *edge]


def _child(element: Any, index: int) -> Any:  # noqa: ANN401 - pdfium's handles have no types
    """The number of a marked text, or an element below."""
    number = raw.FPDF_StructElement_GetChildMarkedContentID(element, index)
    return number if number >= 0 else raw.FPDF_StructElement_GetChildAtIndex(element, index)


def _kind(element: Any) -> str:  # noqa: ANN401 - as above
    length = raw.FPDF_StructElement_GetType(element, None, 0)
    name = ctypes.create_string_buffer(length)
    raw.FPDF_StructElement_GetType(element, name, length)
    return name.raw.decode("utf-16-le").rstrip("\0")
