"""Which block cites a note first, and what the way back to it is called."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from pressgen.model.document import leaves
from pressgen.model.words import flatten

if TYPE_CHECKING:
    from pressgen.model.document import Document, Leaf

SHORT = 60


def cited(document: Document) -> dict[str, Leaf]:
    """The first block that cites each note, by the note's key."""
    found: dict[str, Leaf] = {}
    for leaf in leaves(document.blocks):
        for piece in leaf.words:
            if piece.note:
                found.setdefault(piece.note, leaf)
    return found


def way_back(citing: Leaf) -> str:
    """What a screen reader says of the way back: an arrow, and the words that it leads to."""
    return f"↩ {shorten(flatten(citing.words), SHORT, placeholder='…')}"
