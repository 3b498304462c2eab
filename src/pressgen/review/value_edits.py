"""Separate the edits of printed values from those of neighbouring words.

An editor who replaces “34 per cent” by “36 per cent” changes the value that the release prints as 34, and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.model.proposal import ProposalKind
from pressgen.model.words import Field
from pressgen.review.data_paths import find_changed_field
from pressgen.review.text_changes import is_typography, list_fields_in_span
from pressgen.text.number_words import find_numbers
from pressgen.text.word_diff import FIGURE, diff_words, split_into_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.model.proposal import Proposal

TYPED_FIGURE = (
    "it types a figure in place of {names}, which other places go on printing; to change it everywhere, change {names}"
    " by hand; to type it here only, accept this one by its number"
)


def separate_value_edits(blocks: Sequence[ExportedBlock], proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield the proposals, with edits of values apart from other words.

    Together they ask for the same text. Where a typed figure would replace a value that other places print, and cannot
    be told apart from the words around it, the proposal gets a question.
    """
    for each in proposals:
        block = blocks[each.block] if each.kind is ProposalKind.EDIT and each.block >= 0 else None
        if block is None or not _touches_value(block, each) or block.text[each.start : each.end] != each.before:
            yield each
            continue
        for part in _split_at_common_words(block, each):
            names = _list_replaced_figures(blocks, part)
            asked = TYPED_FIGURE.format(names=" and ".join(names)) if names else ""
            yield replace(part, question=part.question or asked)


def _touches_value(block: ExportedBlock, each: Proposal) -> bool:
    """Return whether an edit replaces a value together with other words."""
    printed = any(True for _ in _list_values(block, each))
    return printed and bool(each.after) and find_changed_field(block, each) is None


def _list_values(block: ExportedBlock, each: Proposal) -> Iterator[tuple[int, int, Field]]:
    """Yield the printed values that an edit touches, each with its span."""
    at = 0
    for piece in block.words:
        end = at + len(piece.text)
        if isinstance(piece.origin, Field) and not piece.note and at < each.end and each.start < end:
            yield at, end, piece.origin
        at = end


def _split_at_common_words(block: ExportedBlock, each: Proposal) -> Iterator[Proposal]:
    """Yield the parts of an edit that differ.

    Values that stay come first: the longest run of equal words may be another.
    """
    for start, end, _ in _list_values(block, each):
        value = re.compile(rf"(?<!\w){re.escape(block.text[start:end])}(?!\w)")
        old, new = list(value.finditer(each.before)), list(value.finditer(each.after))
        if len(old) == len(new) == 1 and each.start + old[0].start() == start:
            yield from _split_at_common_words(
                block, _narrow(block, each, each.start, each.before[: old[0].start()], each.after[: new[0].start()])
            )
            rest = _narrow(block, each, end, each.before[old[0].end() :], each.after[new[0].end() :])
            yield from _split_at_common_words(block, rest)
            return
    old_words, new_words = split_into_tokens(each.before), split_into_tokens(each.after)
    at = each.start
    for was, is_, same in diff_words(old_words, new_words):
        before = "".join(old_words[was.start : was.stop])
        if not same:
            yield _trim_to_value(block, _narrow(block, each, at, before, "".join(new_words[is_.start : is_.stop])))
        at += len(before)


def _trim_to_value(block: ExportedBlock, each: Proposal) -> Proposal:
    """Return an edit without the typed signs beside a value.

    A currency sign or a percent sign that stays is one token with the digits, which a fact may print.
    """
    values = list(_list_values(block, each))
    if len(values) != 1:
        return each
    start, end, _ = values[0]
    first = max(start - each.start, 0)
    last = max(each.end - end, 0)
    before, after = each.before, each.after
    if first + last > min(len(before), len(after)) or before[:first] != after[:first]:
        return each
    if last and before[-last:] != after[-last:]:
        return each
    return _narrow(
        block, each, each.start + first, before[first : len(before) - last], after[first : len(after) - last]
    )


def _narrow(block: ExportedBlock, each: Proposal, start: int, before: str, after: str) -> Proposal:
    end = start + len(before)
    return replace(
        each, start=start, end=end, before=before, after=after, fields=list_fields_in_span(block, start, end),
        kind=ProposalKind.TYPOGRAPHY if is_typography(block.text, start, end, after) else each.kind,
    )  # fmt: skip


def _list_replaced_figures(blocks: Sequence[ExportedBlock], each: Proposal) -> list[str]:
    """List the printed figures that an edit types anew.

    Only those count that other places print as well.
    """
    block = blocks[each.block]
    if find_changed_field(block, each) is not None or not _read_figures(each.after) - _read_figures(each.before):
        return []
    return [
        name
        for start, end, name in ((start, end, origin.name) for start, end, origin in _list_values(block, each))
        if _read_figures(block.text[start:end]) and _count_printings(blocks, name) > 1
    ]


def _read_figures(text: str) -> set[str]:
    return {match.group() for match in FIGURE.finditer(text)} | {
        text[each.start : each.end] for each in find_numbers(text)
    }


def _count_printings(blocks: Sequence[ExportedBlock], name: str) -> int:
    return sum(
        isinstance(piece.origin, Field) and piece.origin.name == name for block in blocks for piece in block.words
    )
