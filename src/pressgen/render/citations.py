"""Find the first citation of each note, and label the link back."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from pressgen.model.document import iter_leaves
from pressgen.model.words import flatten

if TYPE_CHECKING:
    from pressgen.model.document import Document, Leaf

SHORT = 60


def find_citing_blocks(document: Document) -> dict[str, Leaf]:
    """Return the first block that cites each note, by the note's key."""
    found: dict[str, Leaf] = {}
    for leaf in iter_leaves(document.blocks):
        for piece in leaf.words:
            if piece.note:
                found.setdefault(piece.note, leaf)
    return found


def format_backlink_label(citing: Leaf) -> str:
    """Return the label of the link from a note to its citation.

    Screen readers say it: an arrow, and the words that the link leads to.
    """
    return f"↩ {shorten(flatten(citing.words), SHORT, placeholder='…')}"
