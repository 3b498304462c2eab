"""List what is not sure about a block of the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.importer.draft import DraftDoubt, DraftParagraph, DraftQuotation
from pressgen.importer.quoted_spans import find_quoted_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.importer.draft import Block

SENTENCE_ENDS = (".", "!", "?", "…")
SHORTEST_SENTENCE = 4
LONGEST = 8000
"""The most characters of a paragraph in which speech is searched for; nobody writes longer ones."""

UNCLOSED = "the closing quotation mark is missing, so it may end earlier"
ALSO_SAID = "its last paragraph names no speaker and may be the next speaker's"
AHEAD = "the paragraph before it names no speaker, so it was added"
REPORTED = "the speaker is taken from the paragraph before"


def list_block_doubts(block: Block, index: int) -> Iterator[DraftDoubt]:
    """List the doubts about the block at `index`."""
    if isinstance(block, DraftQuotation):
        for reason in block.reasons:
            message = f"likely, not sure: {reason}"
            yield DraftDoubt(f"body[{index}]", "quotation that is not sure", message, block.line)
    elif isinstance(block, DraftParagraph) and len(block.text) <= LONGEST and has_speech(block.text):
        message = "it quotes somebody, but nothing says for certain who said this"
        yield DraftDoubt(f"body[{index}]", "speech without a speaker", message, block.line)


def has_speech(text: str) -> bool:
    """Return whether a text quotes a whole sentence."""
    return any(
        span.speech and span.text.endswith(SENTENCE_ENDS) and len(span.text.split()) >= SHORTEST_SENTENCE
        for span in find_quoted_spans(text)
    )
