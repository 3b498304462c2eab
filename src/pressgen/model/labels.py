"""The short labels in the margin of a review copy.

They can be said on the telephone. Each stands for the path of a text. `4.2` is the second text of the fourth block of
`body`, whatever its kind: a paragraph of a quotation, an entry of a list, a row of a table. `note report` is the note
with that id; `house end` is in the house's own wording.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.model.document import Chart, Contact, Figure, Listing, Table, iter_leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.model.document import Block, Document

STEP = re.compile(r"([A-Za-z_]\w*)|\[([^\]]*)\]")
HOUSE = re.compile(r"^house(?:\.languages\.[\w-]+)?(?:\.wording|\.boilerplate)?")
CELL = re.compile(r"(\.rows\[\d+\]|\.header)\[\d+\]$")
UNSAID = frozenset("body quote words text list items table rows heading pull image chart findings label".split())
"""Steps of a path that an index implies: no block of the body is two things."""
SAID = {"notes": "note", "contacts": "contact", "header": "head", "labels": "head"}


def label_blocks(document: Document) -> dict[str, str]:
    """Return the label of each block that has one, by id.

    Blocks with the same label are one text of the data. A row of a table has one label, on its first cell, and so has a
    contact, on its first line.
    """
    return {ident: label_path(path) for block in document.blocks for ident, path in _list_labelled(block) if path}


def label_path(path: str) -> str:
    """Return the label of the text at a path.

    For a cell it is that of its row: `4.2` for `body[3].quote.words[1]`.
    """
    if path.startswith("findings."):
        return "finding " + path.partition("[")[2].partition("]")[0]
    ours = path.startswith("house.")
    said = ""
    for name, index in STEP.findall(CELL.sub(r"\1", HOUSE.sub("house", path))):
        if index.isdecimal():
            said += ("." if said[-1:].isdigit() else " ") + str(int(index) + 1)
        elif index:
            said += f" {index}"
        elif name not in UNSAID or (ours and name != "text"):
            said += f" {name if ours else SAID.get(name, name)}"
    return said.strip()


def _list_labelled(block: Block) -> Iterator[tuple[str, str]]:
    """Yield the id and path of everything labelled in a block."""
    match block:
        case Table():
            if block.caption:
                yield block.caption.id, block.caption.path
            for first, *_ in (block.header, *block.rows):
                yield first.id, first.path
        case Chart():
            yield block.caption.id, block.caption.path
            yield from _list_labelled(block.table)
        case Contact():
            yield block.lines[0].id, block.path
        case Figure():
            yield block.id, block.path
            if block.caption:
                yield block.caption.id, block.caption.path
        case Listing():
            for item in iter_leaves([block]):
                yield item.id, item.path
        case _:
            yield block.id, block.path
