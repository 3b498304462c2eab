"""A plain text, read into paragraphs."""

from __future__ import annotations

from pressgen.intake.characters import read_characters
from pressgen.intake.manuscript import Manuscript
from pressgen.intake.wraps import paragraphs


def read_plain(data: bytes) -> Manuscript:
    """What a text file holds, in whatever encoding."""
    text, doubts = read_characters(data)
    return Manuscript(tuple(paragraphs(text)), doubts=doubts)
