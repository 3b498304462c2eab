"""Format blocks as plain text for the body of a mail.

The words are the same, wrapped at 72 columns (RFC 3676 advises 78 at most).
"""

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
from pressgen.model.words import to_plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 72
GAP = "  "


def format_leaf(block: Leaf) -> str:
    """Format the words of a leaf as plain text.

    Citations are in square brackets, and the address of a link follows its words.
    """
    shown: list[str] = []
    for index, piece in enumerate(block.words):
        shown.append(f"[{piece.text}]" if piece.note else piece.text)
        following = block.words[index + 1].href if index + 1 < len(block.words) else ""
        if piece.href.startswith("http") and piece.href != following:
            linked = to_plain_text(each for each in block.words if each.href == piece.href)
            shown.append("" if linked in piece.href else f" <{piece.href}>")
    return "".join(shown)


def format_blocks(blocks: Iterable[Block]) -> str:
    """Format blocks as plain text, with a blank line between them."""
    return "\n\n".join(text for block in blocks if (text := _format_block(block)))


def wrap_text(text: str, first: str = "", other: str = "") -> str:
    """Wrap a text at 72 columns.

    Its first line follows `first`, the others follow `other`. Long words stay whole.
    """
    wrapper = TextWrapper(
        WIDTH, initial_indent=first, subsequent_indent=other, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.fill(text)


def _format_block(block: Block) -> str:
    match block:
        case Banner() | Heading() | Paragraph() | Quotation() | PullQuote() | EndMark():
            return wrap_text(format_leaf(block))
        case Note():
            mark = f"{block.number}. "
            return wrap_text(format_leaf(block), mark, " " * len(mark))
        case Listing():
            return "\n".join(_format_items(block.items, "", ordered=block.ordered))
        case Table():
            caption = [wrap_text(format_leaf(block.caption))] if block.caption else []
            return "\n".join([*caption, *_format_rows([block.header, *block.rows])])
        case Figure():
            caption = [wrap_text(format_leaf(block.caption))] if block.caption else []
            return "\n".join([*([] if block.decorative else [wrap_text(f"[{block.alt}]")]), *caption])
        case Chart():
            return f"{wrap_text(format_leaf(block.caption))}\n{_format_block(block.table)}"
        case Contact():
            return "\n".join(wrap_text(format_leaf(line)) for line in block.lines)


def _format_items(items: Iterable[Item], indent: str, *, ordered: bool) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        mark = f"{number}. " if ordered else "- "
        yield wrap_text(format_leaf(item), indent + mark, indent + " " * len(mark))
        yield from _format_items(item.items, indent + " " * len(mark), ordered=item.ordered)


def _format_rows(rows: list[tuple[Cell, ...]]) -> Iterator[str]:
    """Yield the rows in columns where they fit.

    Else each row is a line of its own, its cells separated by a bar.
    """
    texts = [[format_leaf(cell) for cell in row] for row in rows]
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
            yield wrap_text(" | ".join(row), "", GAP)
