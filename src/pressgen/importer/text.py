"""A plain text, read into paragraphs."""

from __future__ import annotations

from pressgen.importer.characters import read_characters
from pressgen.importer.manuscript import LONGEST, Manuscript, TooLong
from pressgen.importer.wraps import paragraphs

BLANKS = 5
"""How many times longer a text may be than its words, by blanks and ends of lines."""


def read_plain(data: bytes) -> Manuscript:
    """What a text file holds, in whatever encoding.

    Raises:
        TooLong: it has far more characters than a release.
    """
    text, doubts = read_characters(data)
    if len(text) > BLANKS * LONGEST:
        raise TooLong(f"has {len(text):,} characters, and a release at most {LONGEST:,}; import its parts one by one")
    return Manuscript(tuple(paragraphs(text)), doubts=doubts)
