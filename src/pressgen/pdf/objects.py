"""Values of a PDF taken out with care: whatever stands in the file, the answer has the type that was asked for."""

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
    from collections.abc import Iterator

Node = Any
"""Anything that can stand in a PDF: pikepdf hands it out as one of its own types or as a number."""
DAMAGED = (pikepdf.PikepdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""What pikepdf raises, at any touch, for an object that is not what the standard says, or that is locked."""
HELD, NUMBERED = (Dictionary, Stream), (Array, Dictionary, Stream)
"""What holds others by name, and what may have a number of its own."""
Key = tuple[int, int]
"""An object's number and generation."""

MOST_PAGES = 3000
LARGEST_STREAM = 32 * 1024 * 1024
LARGEST_TABLE = 4 * 1024 * 1024
"""Bytes of a stream, and of one that is taken apart: metadata, a list of characters."""
MOST_WAITING = 1_000_000
"""Nodes of a tree seen and not yet visited."""
DEEPEST = 64
"""Steps up or down a tree of pages, numbers or forms: real files take five."""


OWN_NAME = re.compile(r"(?:stream )?<[^>]*>:? ?")
"""What qpdf calls a file that it was given as bytes."""


class TooMuch(Exception):
    """A part of the file is larger than any release has; the message says which."""


UNREADABLE = (*DAMAGED, TooMuch)
"""All that `open_bounded` and a look at what it opened may raise for what stands in a file."""


def describe_damage(error: object) -> str:
    """What a library says of a damaged file, in one short line, without its own name for the file."""
    return " ".join(OWN_NAME.sub("", str(error)).split())[:200]


@contextmanager
def open_bounded(data: bytes) -> Iterator[pikepdf.Pdf]:
    """Open the PDF `data` within bounds of memory, which hold until it is closed.

    Raises:
        pikepdf.PdfError: it is damaged beyond reading.
        pikepdf.PasswordError: it has a password.
        TooMuch: it has more pages than any release.
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
                raise TooMuch(f"the number of pages ({len(pdf.pages)})")
            yield pdf
    finally:
        settings.set_qpdf_limits(**before)  # type: ignore[arg-type]  # the stubs tell numbers from switches


def value(node: Node, name: str) -> Node:
    """What a dictionary or stream holds under `name` (with its slash); None where it is neither, or lacks it."""
    return node.get(name) if isinstance(node, HELD) else None


def resources_of(page: Node) -> Node:
    """The resources of a page, its own or those of the nearest node above; None where there are none."""
    for _ in range(DEEPEST):
        if page is None or (found := value(page, "/Resources")) is not None:
            return found if page is not None else None
        page = value(page, "/Parent")
    return None


def items(node: Node) -> list[Node]:
    """The entries of an array; one entry for any other value, none for nothing."""
    if isinstance(node, Array):
        return list(node)
    return [] if node is None else [node]


def word(node: Node) -> str:
    """A name without its slash, or empty."""
    return str(node)[1:] if isinstance(node, Name) else ""


def text(node: Node) -> str:
    """A text string, without white space around it; empty for anything else, and for one in no encoding."""
    if not isinstance(node, String):
        return ""
    try:
        return str(node).strip()
    except ValueError:
        return ""


def raw(node: Node) -> bytes:
    """The bytes of a string; none of anything else, of a number least of all."""
    return bytes(node) if isinstance(node, String) else b""


def number(node: Node, default: int = -1) -> int:
    """A whole number."""
    return int(node) if isinstance(node, int | Decimal) and not isinstance(node, bool) else default


def read_float(node: Node) -> float | None:
    """A finite number, whole or not; None for anything else."""
    if isinstance(node, bool) or not isinstance(node, int | float | Decimal):
        return None
    try:
        found = float(node)
    except OverflowError:
        return None
    return found if isfinite(found) else None


def key(node: Node) -> Key:
    """The number of an object, (0, 0) for one that stands in another."""
    return (0, 0) if not isinstance(node, NUMBERED) else node.objgen


def entries(tree: Node, leaf: str = "/Nums") -> Iterator[tuple[Node, Node]]:
    """The pairs of a number tree, or of a name tree (`leaf` is then `/Names`), each node once."""
    waiting, seen = [tree], set[Key]()
    while waiting:
        node = waiting.pop()
        if (number := key(node)) != (0, 0):
            if number in seen:
                continue
            seen.add(number)
        pairs = items(value(node, leaf))
        yield from zip(pairs[::2], pairs[1::2], strict=False)
        waiting += items(value(node, "/Kids"))[::-1]
        if len(waiting) > MOST_WAITING:
            raise TooMuch("a list in it")


def content(stream: Node, what: str, most: int = LARGEST_STREAM) -> bytes:
    """The decoded bytes of a stream; none where it is no stream.

    Raises:
        TooMuch: there are more than `most`.
    """
    if not isinstance(stream, Stream):
        return b""
    filters = [word(each) for each in items(value(stream, "/Filter"))]
    if "LZWDecode" in filters and len(stream.read_raw_bytes()) > LARGEST_STREAM // 1024:
        raise TooMuch(what)
    data = stream.read_bytes()
    if len(data) > most:
        raise TooMuch(what)
    return data
