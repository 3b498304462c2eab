"""Drop what a program does to headers when it saves a file.

LibreOffice writes them in another order, and makes a text box of a frame with the embargo line. Nobody did that, and
nothing of it goes into the release.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pressgen.model.proposal import ProposalKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.model.proposal import Proposal

MARGINS = frozenset({"header", "footer"})


def drop_resaved_headers(blocks: Sequence[ExportedBlock], proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return the proposals without what a program did to headers.

    A line of the template that is gone from a header, and is in a text box with the very same words, is both.
    """
    gone = Counter(each.before.strip() for each in proposals if _is_of_header(blocks, each, ProposalKind.DELETE))
    boxes = Counter(each.after.strip() for each in proposals if _is_new_text_box(each))
    framed = gone & boxes
    left = {ProposalKind.DELETE: Counter(framed), ProposalKind.UNMAPPED: Counter(framed)}
    found: list[Proposal] = []
    for each in proposals:
        words = (each.before or each.after).strip()
        if _is_of_header(blocks, each, ProposalKind.MOVE):
            continue
        if (_is_of_header(blocks, each, ProposalKind.DELETE) or _is_new_text_box(each)) and left[each.kind][words]:
            left[each.kind][words] -= 1
            continue
        found.append(each)
    return found


def _is_of_header(blocks: Sequence[ExportedBlock], each: Proposal, kind: ProposalKind) -> bool:
    """Return whether an untracked change is of a header's line."""
    if each.kind is not kind or each.tracked or each.block < 0:
        return False
    block = blocks[each.block]
    return not block.id and block.part in MARGINS


def _is_new_text_box(each: Proposal) -> bool:
    return each.kind is ProposalKind.UNMAPPED and each.mark == "text box" and not each.before and not each.tracked
