"""Read a saved writing copy as a model.

That is the release that it was made from, with everything typed since.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.review.trial import SentData
from pressgen.actions.write.typed_quotations import read_typed_quotations
from pressgen.errors import InputError
from pressgen.load.edits import apply_changes
from pressgen.model.proposal import ProposalKind
from pressgen.model.words import Field
from pressgen.review.change_plan import plan_changes
from pressgen.review.data_paths import find_changed_field, find_value_path
from pressgen.review.word_proposals import propose_from_word
from pressgen.review.word_reader import read_word_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.load.source import SourceText
    from pressgen.model.export import Export, ExportedBlock
    from pressgen.model.proposal import Proposal

UNTOLD = frozenset({ProposalKind.TYPOGRAPHY})
"""Differences that are none: quotation marks and spaces as Word sets them."""


@dataclass(frozen=True, slots=True)
class WrittenModel:
    """A saved writing copy as a release file.

    Attributes:
        text: of that file.
        left: the changes that have no certain place in it, each with the reason.
    """

    text: str
    left: list[tuple[Proposal, str]]


def read_written_model(export: Export, source: SourceText, data: bytes, shown: str, language: str) -> WrittenModel:
    """Read a saved writing copy.

    Args:
        export: the record of the copy as it was made.
        source: the release file that it was made from.
        data: the Word file.
        shown: its name in messages.
        language: of the release.

    Raises:
        InputError: it is not a Word file, or exceeds the limits for one from outside.
    """
    found = [
        each for each in propose_from_word(export.blocks, read_word_document(data, shown)) if each.kind not in UNTOLD
    ]
    wanted, left = _leave_shared_values(export.blocks, found)
    sent = SentData(source, language)
    text, more = _apply_most(export.blocks, wanted, sent)
    return WrittenModel(text, [*left, *more])


def _apply_most(
    blocks: Sequence[ExportedBlock], wanted: Sequence[Proposal], sent: SentData
) -> tuple[str, list[tuple[Proposal, str]]]:
    """Return the file with most changes, and the others."""
    try:
        plan = plan_changes(blocks, wanted, sent)
        return apply_changes(sent.source, read_typed_quotations(plan.changes, sent.source)), plan.left
    except InputError as refusal:
        if len(wanted) == 1:
            return sent.source.text, [(wanted[0], "; ".join(each.message for each in refusal.problems[:2]))]
    kept: list[Proposal] = []
    refused: list[tuple[Proposal, str]] = []
    for each in wanted:
        text, left = _apply_most_of([*kept, each], blocks, sent)
        if text is None:
            refused.append((each, left))
        else:
            kept.append(each)
    plan = plan_changes(blocks, kept, sent)
    return apply_changes(sent.source, read_typed_quotations(plan.changes, sent.source)), [*plan.left, *refused]


def _apply_most_of(wanted: list[Proposal], blocks: Sequence[ExportedBlock], sent: SentData) -> tuple[str | None, str]:
    """Return the file with changes, or why they do not go together."""
    try:
        plan = plan_changes(blocks, wanted, sent)
        return apply_changes(sent.source, read_typed_quotations(plan.changes, sent.source)), ""
    except InputError as refusal:
        return None, "; ".join(each.message for each in refusal.problems[:2])


def _leave_shared_values(
    blocks: Sequence[ExportedBlock], found: Sequence[Proposal]
) -> tuple[list[Proposal], list[tuple[Proposal, str]]]:
    """Sort out changes of a value that other places print unchanged."""
    printed = Counter(
        find_value_path(piece.origin.name)
        for block in blocks
        for piece in block.words
        if isinstance(piece.origin, Field) and not piece.note
    )
    paths = {id(each): _find_value(blocks, each) for each in found}
    changed = Counter(path for _, path in {(each.block, paths[id(each)]) for each in found})
    wanted: list[Proposal] = []
    left: list[tuple[Proposal, str]] = []
    for each in found:
        path = paths[id(each)]
        if path and changed[path] < printed[path]:
            reason = (
                f"changes {path}, which {printed[path]} places print; change it in all of them, or {path} in the"
                " release, or type the figure there instead of the expression"
            )
            left.append((each, reason))
        else:
            wanted.append(each)
    return wanted, left


def _find_value(blocks: Sequence[ExportedBlock], each: Proposal) -> str:
    if each.kind is not ProposalKind.EDIT or each.block < 0 or not blocks[each.block].id:
        return ""
    found = find_changed_field(blocks[each.block], each)
    return find_value_path(found[0].origin.name) if found and isinstance(found[0].origin, Field) else ""
