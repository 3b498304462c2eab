"""Read the words of a PDF back.

A tagged PDF says which of its text is the document and which only decorates the page (ISO 32000-1, 14.8): running
headers, footers and page numbers are in no element of the structure. The text read here follows that structure, so
words come in reading order, and each list's numbers can be left out.
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
"""The number of a break between elements that begin a line."""
AS_PRINTED = {0x02: "-", 0x0D: ""}
"""pdfium returns a hyphen at a line's end as U+0002, and ends lines with two characters."""


def _wrap_function(function: Any, result: Any, *arguments: Any) -> Any:
    """Return a fast form of a pdfium function.

    It is called once a character, without the wrapping that each handle gets.
    """
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


HOLDER = _wrap_function(raw.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
CHARACTER = _wrap_function(raw.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
ELEMENT = _wrap_function(raw.FPDFPageObj_GetMarkedContentID, ctypes.c_int, ctypes.c_void_p)


class NotAPdfError(ValueError):
    """Bytes that are not a readable PDF."""


def read_text(data: bytes) -> list[str]:
    """Return all text of a PDF, one text a page.

    Running headers and footers are included.

    Raises:
        NotAPdfError: `data` is not a PDF.
    """
    return [whole for whole, _ in _read_pages(data)]


def read_body(data: bytes) -> list[str]:
    """Return the body text of a PDF in reading order.

    There is one text a page. Headers and footers are left out, as are the numbers and bullets of lists. The end of a
    line is kept, even within a word too long for its line; so compare without white space. A page without structure is
    read whole.

    Raises:
        NotAPdfError: `data` is not a PDF.
    """
    return [body for _, body in _read_pages(data)]


@lru_cache(maxsize=1)
def _read_pages(data: bytes) -> tuple[tuple[str, str], ...]:
    """Return all text and the body text of each page.

    Several checks ask for the same file one after the other.
    """
    with open_with_pdfium(data) as document:
        return tuple(_read_page(page) for page in document)


@contextmanager
def open_with_pdfium(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF with pdfium, and close it at the end.

    Raises:
        NotAPdfError: `data` is not a PDF, or the `with` block meets a page that cannot be read.
    """
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            if len(document) > MOST_PAGES:
                raise NotAPdfError(f"this PDF has {len(document):,} pages; at most {MOST_PAGES:,} are read")
            yield document
    except pypdfium2.PdfiumError as fault:
        raise NotAPdfError(f"this PDF cannot be read completely: {fault}") from None


def _read_page(page: pypdfium2.PdfPage) -> tuple[str, str]:
    stretches = _read_text_objects(page)
    whole = _join_texts(text for _, text in stretches).strip()
    order = read_reading_order(page)
    return whole, whole if order is None else _sort_texts(stretches, order)


def _join_texts(texts: Iterable[str]) -> str:
    """Join texts, and the halves of UTF-16 pairs.

    pdfium returns characters beyond U+FFFF in two halves.
    """
    return "".join(texts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _sort_texts(stretches: Iterable[tuple[int, str]], order: Iterable[int]) -> str:
    texts: dict[int, str] = {}
    for number, text in stretches:
        texts[number] = texts.get(number, "") + text
    lines = _join_texts("\n" if number == BREAK else texts.get(number, "") for number in order).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _read_text_objects(page: pypdfium2.PdfPage) -> list[tuple[int, str]]:
    """List the texts of a page as drawn, each with its element.

    Breaks between lines, which no element holds, go with what they follow.
    """
    with closing(page.get_textpage()) as text:
        handle, count = ctypes.cast(text.raw, ctypes.c_void_p).value, raw.FPDFText_CountChars(text)
        holders = list(map(HOLDER, repeat(handle), range(count)))
        shown = list(map(CHARACTER, repeat(handle), range(count)))
        stretches, number, at = list[tuple[int, str]](), OUTSIDE, 0
        for holder, group in groupby(holders):
            if holder:
                number = ELEMENT(holder)
            end = at + len(list(group))
            stretches.append((number, "".join(map(chr, shown[at:end])).translate(AS_PRINTED)))
            at = end
        return stretches


def read_reading_order(page: pypdfium2.PdfPage) -> list[int] | None:
    """Return the marked-content numbers of a page in reading order.

    Return None if the page has no structure.
    """
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return None
    try:
        tops = [raw.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(raw.FPDF_StructTree_CountChildren(tree))]
        return list(_iterate_numbers(tops)) if tops else None
    finally:
        raw.FPDF_StructTree_Close(tree)


def _iterate_numbers(tops: list[Any]) -> Iterator[int]:
    waiting: list[Any] = tops[::-1]
    while waiting:
        element = waiting.pop()
        if isinstance(element, int):
            yield element
        elif element and (kind := _get_structure_type(element)) != LABEL:
            children = [_get_child(element, n) for n in range(raw.FPDF_StructElement_CountChildren(element))]
            edge = [] if kind in INLINE else [BREAK]
            waiting += [*edge, *children[::-1], *edge]


def _get_child(element: Any, index: int) -> Any:
    """Return a marked-content number or a child element."""
    number = raw.FPDF_StructElement_GetChildMarkedContentID(element, index)
    return number if number >= 0 else raw.FPDF_StructElement_GetChildAtIndex(element, index)


def _get_structure_type(element: Any) -> str:
    length = raw.FPDF_StructElement_GetType(element, None, 0)
    name = ctypes.create_string_buffer(length)
    raw.FPDF_StructElement_GetType(element, name, length)
    return name.raw.decode("utf-16-le").rstrip("\0")
