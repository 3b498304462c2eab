"""Values of a PDF taken out with care: whatever stands in the file, the answer has the type that was asked for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Stream, String

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = Any
"""Anything that can stand in a PDF: pikepdf hands it out as one of its own types or as a number."""
HELD, NUMBERED = (Dictionary, Stream), (Array, Dictionary, Stream)
"""What holds others by name, and what may have a number of its own."""
Key = tuple[int, int]
"""An object's number and generation."""

LARGEST_STREAM = 32 * 1024 * 1024
LARGEST_TABLE = 4 * 1024 * 1024
"""Bytes of a stream, and of one that is taken apart: metadata, a list of characters."""
MOST_WAITING = 1_000_000
"""Nodes of a tree seen and not yet visited."""
DEEPEST = 64
"""Steps up or down a tree of pages, numbers or forms: real files take five."""


class TooMuch(Exception):
    """A part of the file is larger than any release has; the message says which."""


def value(node: Node, name: str) -> Node:
    """What a dictionary or stream holds under `name` (with its slash); None where it is neither, or lacks it."""
    return node.get(name) if isinstance(node, HELD) else None


def items(node: Node) -> list[Node]:
    """The entries of an array; one entry for any other value, none for nothing."""
    if isinstance(node, Array):
        return list(node)
    return [] if node is None else [node]


def word(node: Node) -> str:
    """A name without its slash, or empty."""
    return str(node)[1:] if isinstance(node, Name) else ""


def text(node: Node) -> str:
    """A text string, without white space around it, or empty."""
    return str(node).strip() if isinstance(node, String) else ""


def raw(node: Node) -> bytes:
    """The bytes of a string; none of anything else, of a number least of all."""
    return bytes(node) if isinstance(node, String) else b""


def number(node: Node, default: int = -1) -> int:
    """A whole number."""
    return int(node) if isinstance(node, int | Decimal) and not isinstance(node, bool) else default


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
