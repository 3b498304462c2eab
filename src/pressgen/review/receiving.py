"""The proposals of a Word file from an editor, checked for completeness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.review.completeness import find_unexplained
from pressgen.review.proposals import to_proposals
from pressgen.review.remarks import propose_remarks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.model.proposal import Proposal
    from pressgen.review.word_model import WordDocument


def propose_from_word(blocks: Sequence[ExportedBlock], file: WordDocument) -> list[Proposal]:
    """Return a proposal for every change and comment of a returned file.

    Changes that cannot be explained come last.
    """
    trace, found = to_proposals(blocks, file)
    found += propose_remarks(trace)
    return [*found, *find_unexplained(blocks, file, found)]
