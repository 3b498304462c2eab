"""Read values from a PDF as the type asked for.

The file comes from outside and may hold anything.
"""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String, settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Node = Any
"""Any value of a PDF: pikepdf returns it as one of its own types or as a number."""
DAMAGED = (pikepdf.PikepdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""The errors that pikepdf may raise at any access to an object that breaks the standard, or that is locked."""
HELD, NUMBERED = (Dictionary, Stream), (Array, Dictionary, Stream)
"""Types that hold others by name, and types that may have a number of their own."""
PLAIN = frozenset({"/W", "/Widths", "/Nums", "/Limits", "/K", "/Kids"})
"""Arrays that hold no dictionaries, except objects that have numbers of their own."""
Key = tuple[int, int]
"""An object's number and generation."""
Box = tuple[float, float, float, float]
"""A rectangle: left, bottom, right, top."""

MOST_PAGES = 3000
LARGEST_STREAM = 32 * 1024 * 1024
LARGEST_TABLE = 4 * 1024 * 1024
"""The most bytes of a stream, and of one that is parsed: metadata, a list of characters."""
MOST_WAITING = 1_000_000
"""The most nodes of a tree seen and not yet visited."""
DEEPEST = 64
"""The most steps up or down a tree of pages, numbers or forms: real files take five."""


OWN_NAME = re.compile(r"(?:stream )?<[^>]*>:? ?")
"""qpdf's name for a file that it was given as bytes."""


class PdfTooLargeError(Exception):
    """A part of a PDF that is larger than any release has.

    The message says which.
    """


UNREADABLE = (*DAMAGED, PdfTooLargeError)
"""All errors that `open_bounded`, and reading the opened file, may raise because of the file's contents."""


def describe_damage(error: object) -> str:
    """Return a library's message about a damaged file in one line.

    The library's own name for the file is left out.
    """
    return " ".join(OWN_NAME.sub("", str(error)).split())[:200]


@contextmanager
def open_bounded(data: bytes) -> Iterator[pikepdf.Pdf]:
    """Open a PDF within memory limits, which last until it is closed.

    Raises:
        pikepdf.PdfError: it is too damaged to be read.
        pikepdf.PasswordError: it has a password.
        PdfTooLargeError: it has more pages than any release.
    """
    before = settings.get_qpdf_limits()
    settings.set_qpdf_limits(
        doc_max_warnings=100,
        parser_max_nesting=100,
        parser_max_container_size=1_000_000,
        max_stream_filters=3,
        flate_max_memory=LARGEST_STREAM,
        png_max_memory=LARGEST_STREAM,
        run_length_max_memory=LARGEST_STREAM,
        tiff_max_memory=LARGEST_STREAM,
    )
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise PdfTooLargeError(f"the number of pages ({len(pdf.pages)})")
            yield pdf
    finally:
        settings.set_qpdf_limits(**before)  # type: ignore[arg-type]  # the stubs tell numbers from switches


def get_value(node: Node, name: str) -> Node:
    """Return the entry of a dictionary or stream, or None.

    `name` begins with a slash.
    """
    return node.get(name) if isinstance(node, HELD) else None


def find_inherited(page: Node, name: str) -> Node:
    """Return an entry of a page or its nearest ancestor, or None."""
    for _ in range(DEEPEST):
        if page is None or (found := get_value(page, name)) is not None:
            return found if page is not None else None
        page = get_value(page, "/Parent")
    return None


def find_resources(page: Node) -> Node:
    """Return the resources of a page or its nearest ancestor, or None."""
    return find_inherited(page, "/Resources")


def find_visible_box(page: Node) -> Box | None:
    """Return the part of a page that is shown, or None."""
    return read_box(find_inherited(page, "/CropBox")) or read_box(find_inherited(page, "/MediaBox"))


def list_items(node: Node) -> list[Node]:
    """Return the entries of an array as a list.

    Any other value is the only entry; None has no entries.
    """
    if isinstance(node, Array):
        return list(node)
    return [] if node is None else [node]


def read_name(node: Node) -> str:
    """Return a name without its slash, or an empty text."""
    return str(node)[1:] if isinstance(node, Name) else ""


def read_string(node: Node) -> str:
    """Return a text string without outer white space.

    The result is empty for anything else, and for a string in an unknown encoding.
    """
    if not isinstance(node, String):
        return ""
    try:
        return str(node).strip()
    except ValueError:
        return ""


def read_string_bytes(node: Node) -> bytes:
    """Return the bytes of a string; none for anything else."""
    return bytes(node) if isinstance(node, String) else b""


def read_int(node: Node, default: int = -1) -> int:
    """Return a whole number, or the default."""
    return int(node) if isinstance(node, int | Decimal) and not isinstance(node, bool) else default


def read_float(node: Node) -> float | None:
    """Return a finite number, or None."""
    if isinstance(node, bool) or not isinstance(node, int | float | Decimal):
        return None
    try:
        found = float(node)
    except OverflowError:
        return None
    return found if isfinite(found) else None


def read_box(node: Node) -> Box | None:
    """Return a rectangle, its smaller corner first, or None."""
    sides = [found for each in list_items(node) if (found := read_float(each)) is not None]
    if len(sides) != 4:
        return None
    left, bottom, right, top = sides
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def get_object_key(node: Node) -> Key:
    """Return the number and generation of an object.

    They are (0, 0) for an object within another.
    """
    return (0, 0) if not isinstance(node, NUMBERED) else node.objgen


def iterate_tree(tree: Node, leaf: str = "/Nums") -> Iterator[tuple[Node, Node]]:
    """Yield the pairs of a number tree or a name tree.

    For a name tree, `leaf` is `/Names`. Each node is visited once.
    """
    waiting, seen = [tree], set[Key]()
    while waiting:
        node = waiting.pop()
        if (number := get_object_key(node)) != (0, 0):
            if number in seen:
                continue
            seen.add(number)
        pairs = list_items(get_value(node, leaf))
        yield from zip(pairs[::2], pairs[1::2], strict=False)
        waiting += list_items(get_value(node, "/Kids"))[::-1]
        if len(waiting) > MOST_WAITING:
            raise PdfTooLargeError("a list in it")


def iterate_dictionaries(node: Node) -> Iterator[Node]:
    """Yield the dictionaries and streams within an object.

    The elements of the structure are left out.
    """
    waiting = [node]
    while waiting:
        at = waiting.pop()
        if isinstance(at, Array):
            inner: Iterable[Node] = at
        elif isinstance(at, HELD) and not ("/S" in at and "/P" in at and "/K" in at):
            yield at
            inner = [each for name, each in at.items() if name not in PLAIN]
        else:
            continue
        waiting += [each for each in inner if isinstance(each, Array | Dictionary) and not each.is_indirect]


def read_stream(stream: Node, what: str, most: int = LARGEST_STREAM) -> bytes:
    """Return the decoded bytes of a stream; none for anything else.

    Raises:
        PdfTooLargeError: there are more than `most`.
    """
    if not isinstance(stream, Stream):
        return b""
    filters = [read_name(each) for each in list_items(get_value(stream, "/Filter"))]
    if "LZWDecode" in filters and len(stream.read_raw_bytes()) > LARGEST_STREAM // 1024:
        raise PdfTooLargeError(what)
    data = stream.read_bytes()
    if len(data) > most:
        raise PdfTooLargeError(what)
    return data
