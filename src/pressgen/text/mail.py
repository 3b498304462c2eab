"""Blocks as plain text for a mail body: the same words, wrapped at 72 columns (RFC 3676 advises 78 at most)."""

from __future__ import annotations

from textwrap import TextWrapper
from typing import TYPE_CHECKING

from pressgen.model.document import (
    Banner,
    Block,
    Cell,
    Chart,
    Contact,
    EndMark,
    Figure,
    Heading,
    Item,
    Leaf,
    Listing,
    Note,
    Paragraph,
    PullQuote,
    Quotation,
    Table,
)
from pressgen.model.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 72
GAP = "  "


def leaf(block: Leaf) -> str:
    """The words of a leaf, a citation in square brackets, and the address of a link after the words that carry it."""
    shown: list[str] = []
    for index, piece in enumerate(block.words):
        shown.append(f"[{piece.text}]" if piece.note else piece.text)
        following = block.words[index + 1].href if index + 1 < len(block.words) else ""
        if piece.href.startswith("http") and piece.href != following:
            linked = plain(each for each in block.words if each.href == piece.href)
            shown.append("" if linked in piece.href else f" <{piece.href}>")
    return "".join(shown)


def paragraphs(blocks: Iterable[Block]) -> str:
    """Blocks with a blank line between them."""
    return "\n\n".join(text for block in blocks if (text := _block(block)))


def wrapped(text: str, first: str = "", other: str = "") -> str:
    """`text` at 72 columns, its first line after `first`, the others after `other`; long words stay whole."""
    wrapper = TextWrapper(
        WIDTH, initial_indent=first, subsequent_indent=other, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.fill(text)


def _block(block: Block) -> str:
    match block:
        case Banner() | Heading() | Paragraph() | Quotation() | PullQuote() | EndMark():
            return wrapped(leaf(block))
        case Note():
            mark = f"{block.number}. "
            return wrapped(leaf(block), mark, " " * len(mark))
        case Listing():
            return "\n".join(_items(block.items, "", ordered=block.ordered))
        case Table():
            caption = [wrapped(leaf(block.caption))] if block.caption else []
            return "\n".join([*caption, *_rows([block.header, *block.rows])])
        case Figure():
            caption = [wrapped(leaf(block.caption))] if block.caption else []
            return "\n".join([*([] if block.decorative else [wrapped(f"[{block.alt}]")]), *caption])
        case Chart():
            return f"{wrapped(leaf(block.caption))}\n{_block(block.table)}"
        case Contact():
            return "\n".join(wrapped(leaf(line)) for line in block.lines)


def _items(items: Iterable[Item], indent: str, *, ordered: bool) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        mark = f"{number}. " if ordered else "- "
        yield wrapped(leaf(item), indent + mark, indent + " " * len(mark))
        yield from _items(item.items, indent + " " * len(mark), ordered=item.ordered)


def _rows(rows: list[tuple[Cell, ...]]) -> Iterator[str]:
    """The rows in columns where they fit; else each as a line of its own, cells parted by a bar."""
    texts = [[leaf(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in texts) for column in range(len(texts[0]))]
    fits = sum(widths) + len(GAP) * (len(widths) - 1) <= WIDTH
    for row, cells in zip(texts, rows, strict=True):
        if fits:
            padded = [
                text.rjust(width) if cell.numeric else text.ljust(width)
                for text, cell, width in zip(row, cells, widths, strict=True)
            ]
            yield GAP.join(padded).rstrip()
        else:
            yield wrapped(" | ".join(row), "", GAP)
