"""The short labels in the margin of a review copy.

They can be said on the telephone. Each stands for the path of a text. `4.2` is the second text of the fourth block of
`body`, whatever its kind: a paragraph of a quotation, an entry of a list, a row of a table. `note report` is the note
with that id, `row Safety` the finding with the id `safety`; `banner` and `end mark` are in the house's own wording.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.model.document import Chart, Contact, Figure, Listing, Table, iter_leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.model.document import Block, Document

STEP = re.compile(r"([A-Za-z_]\w*)|\[([^\]]*)\]")
CELL = re.compile(r"(\.rows\[\d+\]|\.header)\[\d+\]$")
UNSAID = frozenset("body quote words text list items table rows heading pull image chart findings label".split())
"""Steps of a path that an index implies: no block of the body is two things."""
SAID = {"notes": "note", "contacts": "contact", "header": "head", "labels": "head"}


HOUSE_WORDS = {
    "embargo": "banner", "lifted": "banner", "immediate": "banner", "end": "end mark", "notes": "notes heading",
    "contacts": "contacts heading", "findings": "table head", "reasons": "table head 3", "boilerplate": "about us",
}  # fmt: skip
"""What editors call the texts of a house's wording."""
HOUSE_PATH = re.compile(r"^house(?:\.languages\.[\w-]+)?\.(?:wording\.)?(\w+)(.*)$")


def label_blocks(document: Document) -> dict[str, str]:
    """Return the label of each block that has one, by id.

    Blocks with the same label are one text of the data. A row of a table has one label, on its first cell, and so has a
    contact, on its first line.
    """
    return {ident: label_path(path) for block in document.blocks for ident, path in _list_labelled(block) if path}


def label_path(path: str) -> str:
    """Return the label of the text at a path.

    For a cell it is that of its row: `4.2` for `body[3].quote.words[1]`; for a line of the house, an editor's word.
    """
    if path.startswith("findings."):
        name = path.partition("[")[2].partition("]")[0].replace("-", " ").replace("_", " ")
        return f"row {name[:1].upper()}{name[1:]}"
    said = ""
    if ours := HOUSE_PATH.match(path):
        said, path = HOUSE_WORDS.get(ours[1], f"house {ours[1]}"), ours[2]
        path = "" if said == "banner" and path == "[0]" else path
    for name, index in STEP.findall(CELL.sub(r"\1", path)):
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
