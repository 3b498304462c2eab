"""Doubt a file in which nearly all of the text is gone.

A wrong file, or one that a reader cannot read, would propose to delete the release.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.model.proposal import ProposalKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.model.proposal import Proposal

NEARLY_ALL = 0.8
"""The share of the sent characters whose loss is more likely a mistake than an editor's wish."""
QUESTION = "is it the right file? Nearly all of the text is gone, so --apply leaves this out; accept it by its number"


def is_nearly_all_gone(blocks: Sequence[ExportedBlock], proposals: Sequence[Proposal]) -> bool:
    """Return whether proposals delete or replace nearly all of the sent text."""
    sent = sum(len(block.text) for block in blocks if block.id)
    gone = sum(len(blocks[each.block].text) for each in proposals if each.kind is ProposalKind.DELETE)
    gone += sum(len(each.before) for each in proposals if each.kind is ProposalKind.EDIT)
    return gone > sent * NEARLY_ALL


def add_question(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return the proposals, each asking whether the file is the right one."""
    return [replace(each, question=QUESTION) for each in proposals]
