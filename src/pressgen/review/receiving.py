"""What a Word file from an editor proposes, proved by the closure check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.review.completeness import unexplained
from pressgen.review.proposals import told
from pressgen.review.remarks import remarks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.model.export import Block
    from pressgen.model.proposal import Proposal
    from pressgen.review.word_model import Incoming


def proposals(blocks: Sequence[Block], file: Incoming) -> list[Proposal]:
    """Every change and remark of `file` against the texts that were sent; what cannot be explained comes last."""
    trace, found = told(blocks, file)
    found += remarks(trace)
    return [*found, *unexplained(blocks, file, found)]
