"""Go through the parts of a block of a Document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pressgen.model.document import Chart, Contact, Figure, Item, Leaf, Listing, Note, Table, iter_leaves
from pressgen.review.alignment import Part, make_table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    AnyBlock = Leaf | Listing | Table | Figure | Chart | Contact

B = TypeVar("B", bound="AnyBlock")


def iter_texts(block: AnyBlock) -> Iterator[Leaf]:
    """Yield the texts of a block in reading order."""
    match block:
        case Item():
            yield block
            for each in block.items:
                yield from iter_texts(each)
        case Leaf():
            yield block
        case _:
            yield from iter_leaves([block])


def make_part(block: AnyBlock, side: str, redrawn: Collection[str]) -> Part:
    """Return a block as the alignment sees it.

    Args:
        block: of the one or the other version.
        side: which of them; a picture of `redrawn` has other bytes there, so that it is another picture.
        redrawn: the files of such pictures.
    """
    lines = [str(each) for each in iter_texts(block)]
    text = "\n".join(lines)
    match block:
        case Note():
            return Part(text, "note", block.key)
        case Leaf():
            return Part(text)
        case Table():
            return make_table([[str(cell) for cell in row] for row in (block.header, *block.rows)])
        case Figure():
            kind = f"{side if block.file in redrawn else ''} {block.file}"
            return Part(f"{block.alt}\n{text}", kind, block.file, anchor=True)
        case Chart():
            return Part(text, f"chart of {len(block.table.header)}", str(block.caption), anchor=True)
        case Contact():
            return Part(text, "contact", lines[0] if lines else "")
        case _:
            return Part(text, "list")


def map_parts(block: B, change: Callable[[AnyBlock], AnyBlock]) -> B:
    """Return a block with each of its parts changed, and itself."""
    own = change(block)
    match own:
        case Listing() | Item():
            own = replace(own, items=tuple(map_parts(each, change) for each in own.items))
        case Table():
            header, *rows = (tuple(map_parts(cell, change) for cell in row) for row in (own.header, *own.rows))
            own = replace(own, caption=own.caption and map_parts(own.caption, change), header=header, rows=tuple(rows))
        case Figure():
            own = replace(own, caption=own.caption and map_parts(own.caption, change))
        case Chart():
            own = replace(own, caption=map_parts(own.caption, change), table=map_parts(own.table, change))
        case Contact():
            own = replace(own, lines=tuple(map_parts(each, change) for each in own.lines))
        case _:
            pass
    return own  # type: ignore[return-value]  # a change keeps the kind of a block


def copy_detached(block: B, mark: str) -> B:
    """Return a copy of a block with prefixed ids, without paths."""
    return map_parts(block, lambda each: replace(each, id=f"{mark}{each.id}", path=""))
