"""Read a plain text into paragraphs."""

from __future__ import annotations

from pressgen.importer.characters import decode_text
from pressgen.importer.manuscript import LONGEST, Manuscript, ManuscriptTooLongError
from pressgen.importer.wraps import join_wrapped_lines

BLANKS = 5
"""How many times longer than its words a text may be, because of blanks and line ends."""


def read_plain_text(data: bytes) -> Manuscript:
    """Read a text file in any encoding into paragraphs.

    Raises:
        ManuscriptTooLongError: it has far more characters than a release.
    """
    text, doubts = decode_text(data)
    if len(text) > BLANKS * LONGEST:
        raise ManuscriptTooLongError(
            f"has {len(text):,} characters, and a release at most {LONGEST:,}; import its parts one by one"
        )
    return Manuscript(tuple(join_wrapped_lines(text)), doubts=doubts)
