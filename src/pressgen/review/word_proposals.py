"""The proposals of a returned Word file, checked for completeness.

Comments and format changes are among them, each with the sent words that it concerns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.review.completeness import find_unexplained
from pressgen.review.proposals import to_proposals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.review.char_alignment import CharacterTrace
    from pressgen.review.word_model import Comment, Spot, WordDocument


def propose_from_word(blocks: Sequence[ExportedBlock], file: WordDocument) -> list[Proposal]:
    """Return a proposal for every change and comment of a returned file.

    Changes that cannot be explained come last.
    """
    trace, found = to_proposals(blocks, file)
    found += propose_remarks(trace)
    return [*found, *find_unexplained(blocks, file, found)]


def propose_remarks(trace: CharacterTrace) -> Iterator[Proposal]:
    """Yield a proposal for every comment and every format change.

    If the words are gone, the proposal has no place.
    """
    by_id = {comment.id: comment for comment in trace.file.comments}
    for comment in trace.file.comments:
        block, start, end, words = _locate_comment(trace, _find_thread_root(comment, by_id))
        yield Proposal(
            kind=ProposalKind.COMMENT, path=_path(trace, block), before=words, after=comment.text,
            author=comment.author,
            date=comment.date, tracked=True, block=block, start=start, end=end, name=comment.id,
            answers=comment.parent,
        )  # fmt: skip
    for change in trace.file.format_changes:
        block, start, end, words = _locate_span(trace, change.start, change.end)
        yield Proposal(
            kind=ProposalKind.FORMAT, path=_path(trace, block), before=words, after=change.what,
            author=change.revision.author, date=change.revision.date, tracked=True, block=block, start=start,
            end=end, revisions=frozenset([change.revision.number]),
        )  # fmt: skip


def _find_thread_root(comment: Comment, by_id: dict[str, Comment]) -> Comment:
    """Return the first comment of a thread; its place counts for answers."""
    seen: set[str] = set()
    while comment.start is None and comment.parent in by_id and comment.id not in seen:
        seen.add(comment.id)
        comment = by_id[comment.parent]
    return comment


def _locate_comment(trace: CharacterTrace, comment: Comment) -> tuple[int, int, int, str]:
    if comment.start is None:
        return -1, 0, 0, ""
    return _locate_span(trace, comment.start, comment.end or comment.start)


def _locate_span(trace: CharacterTrace, start: Spot, end: Spot) -> tuple[int, int, int, str]:
    """Return the sent text, offsets and words of a span.

    The position is -1 where no sent text is near.
    """
    spots = list(_spots(trace.file, start, end))
    words = "".join(trace.file.paragraphs[at].characters[offset].text for at, offset in spots)
    found = [place for spot in spots if (place := trace.of(spot)) is not None]
    if found:
        block = found[0].sent
        mine = [offset for each, offset in found if each == block]
        return block, min(mine), max(mine) + 1, words
    row = trace.coordinates[start[0]] if 0 <= start[0] < len(trace.coordinates) else []
    near = [(abs(offset - start[1]), place) for offset, place in enumerate(row) if place is not None]
    if near:
        block, offset = min(near)[1]
        return block, offset, offset, words
    return trace.home.get(start[0], -1), 0, 0, words


def _spots(file: WordDocument, start: Spot, end: Spot) -> Iterator[Spot]:
    for at in range(max(start[0], 0), min(end[0], len(file.paragraphs) - 1) + 1):
        length = len(file.paragraphs[at].characters)
        first = start[1] if at == start[0] else 0
        last = end[1] if at == end[0] else length
        yield from ((at, offset) for offset in range(first, min(last, length)))


def _path(trace: CharacterTrace, block: int) -> str:
    return trace.blocks[block].path if block >= 0 else ""
