"""The texts of an outgoing copy, each with its origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.model.document import iter_leaves
from pressgen.model.export import ExportedBlock
from pressgen.model.words import GeneratedText, Piece
from pressgen.review.paragraph_matching import MARK

if TYPE_CHECKING:
    from pressgen.model.document import Document
    from pressgen.review.word_model import WordDocument

TEMPLATE = "template"
"""The path of text that comes from the house's template only."""


def list_export_blocks(document: Document, file: WordDocument) -> tuple[ExportedBlock, ...]:
    """List the texts of a new Word file, with their origins.

    They come in the order of the file. A text that is not a leaf of the document belongs to the template.
    """
    known = {f"{MARK}{leaf.id}": leaf for leaf in iter_leaves(document.blocks)}
    found = []
    for paragraph in file.paragraphs:
        text = "".join(each.text for each in paragraph.characters)
        leaf = next((known[name] for _, name in paragraph.names if name in known), None)
        if leaf is not None and str(leaf) == text:
            kind = type(leaf).__name__.lower()
            found.append(ExportedBlock(id=leaf.id, path=leaf.path, kind=kind, part=paragraph.part, words=leaf.words))
        elif text.strip():
            words = (Piece(text=text, origin=GeneratedText(TEMPLATE)),)
            kind = "cell" if paragraph.in_cell else TEMPLATE
            found.append(ExportedBlock(id="", path=TEMPLATE, kind=kind, part=paragraph.part, words=words))
    return tuple(found)
