"""What a copy shows when it goes out, text by text, with the origin of each in the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.model.document import leaves
from pressgen.model.export import Block
from pressgen.model.words import Made, Piece
from pressgen.review.paragraph_matching import MARK

if TYPE_CHECKING:
    from pressgen.model.document import Document
    from pressgen.review.word_model import Incoming

TEMPLATE = "template"
"""The path of what only the house's template says."""


def shown(document: Document, file: Incoming) -> tuple[Block, ...]:
    """The texts of a Word file that was just made from `document`, in the order of the file.

    What no leaf of the document bears is the template's own.
    """
    known = {f"{MARK}{leaf.id}": leaf for leaf in leaves(document.blocks)}
    found = []
    for paragraph in file.paragraphs:
        text = "".join(each.text for each in paragraph.characters)
        leaf = next((known[name] for _, name in paragraph.names if name in known), None)
        if leaf is not None and str(leaf) == text:
            kind = type(leaf).__name__.lower()
            found.append(Block(id=leaf.id, path=leaf.path, kind=kind, part=paragraph.part, words=leaf.words))
        elif text.strip():
            words = (Piece(text=text, origin=Made(TEMPLATE)),)
            kind = "cell" if paragraph.in_cell else TEMPLATE
            found.append(Block(id="", path=TEMPLATE, kind=kind, part=paragraph.part, words=words))
    return tuple(found)
