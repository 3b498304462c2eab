"""Turn every difference between sent and returned text into a proposal."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.review.accept_reject import accept_all_changes, is_visible, read_state_text
from pressgen.review.additions import propose_additions
from pressgen.review.attribution import (
    find_most_frequent_change,
    list_insertions,
    list_new_ends,
    make_proposal,
    name_all_authors,
)
from pressgen.review.char_alignment import Position, trace_characters
from pressgen.review.paragraph_moves import follow_moves
from pressgen.review.paragraph_origins import find_joins, find_origins
from pressgen.review.text_changes import BORDER, CharacterStatus, propose_text_changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.review.accept_reject import StateParagraph
    from pressgen.review.char_alignment import CharacterTrace
    from pressgen.review.word_model import Character, TrackedChange, WordDocument

    Accepted = Sequence[tuple[StateParagraph, list[int]]]
    """The accepted paragraphs that hold anything, each with the sent texts that it came from."""
    Insertions = Mapping[int, Mapping[int, Sequence[tuple[str, TrackedChange | None]]]]
    """What was inserted, by sent text and offset in it: characters, and `BORDER` for a split."""


def to_proposals(blocks: Sequence[ExportedBlock], file: WordDocument) -> tuple[CharacterTrace, list[Proposal]]:
    """Return the proposals of a returned file, with its character trace.

    Comments and format changes are not included.
    """
    trace = trace_characters(blocks, file)
    follow_moves(trace)
    texts = [text for text in accept_all_changes(file) if is_visible(read_state_text(file, text))]
    accepted = list(zip(texts, find_origins(trace, texts), strict=True))
    found = [
        *propose_additions(trace, accepted),
        *_propose_withdrawals(trace),
        *_propose_edits(trace, accepted),
        *_propose_joins(trace, accepted),
        *_propose_moves(trace, accepted),
    ]
    return trace, _add_paragraph_ends(trace, accepted, found)


def _propose_withdrawals(trace: CharacterTrace) -> Iterator[Proposal]:
    """Yield the texts that one person inserted and another deleted."""
    for at, paragraph in enumerate(trace.file.paragraphs):
        gone = [
            (offset, each)
            for offset, each in enumerate(paragraph.characters)
            if each.struck and trace.of((at, offset)) is None and (at, offset) not in trace.away
        ]
        for _, run in groupby(enumerate(gone), lambda each: (each[1][0] - each[0], _list_authors(each[1][1]))):
            offsets, characters = zip(*(each for _, each in run), strict=True)
            changes = [change for each in characters for change in (each.inserted, each.struck)]
            if offsets[-1] == len(paragraph.characters) - 1:
                changes += [paragraph.inserted, paragraph.struck]
            text = "".join(each.text for each in characters)
            withdrawn = make_proposal(changes[1], changes, kind=ProposalKind.WITHDRAWN, before=text)
            yield replace(withdrawn, author=changes[0].author if changes[0] else "")


def _propose_edits(trace: CharacterTrace, accepted: Accepted) -> Iterator[Proposal]:
    """Yield the changes within each sent text, and the deleted texts."""
    statuses, insertions = _find_statuses(trace), _find_insertions(trace, accepted)
    present, changes = {each for _, sent in accepted for each in sent}, _find_changes_by_text(trace)
    for number, block in enumerate(trace.blocks):
        if number in present:
            yield from propose_text_changes(number, block, statuses[number], insertions.get(number, {}))
        elif block.text.strip():
            struck = [each.struck for each in statuses[number]]
            deleted = make_proposal(
                find_most_frequent_change(struck), [*struck, *changes[number]], kind=ProposalKind.DELETE,
                path=block.path, before=block.text, block=number,
            )  # fmt: skip
            yield name_all_authors(deleted, struck)


def _propose_joins(trace: CharacterTrace, accepted: Accepted) -> Iterator[Proposal]:
    """Yield the sent texts that were joined to the one before."""
    for first, second in find_joins(sent for _, sent in accepted):
        texts = [text for text, sent in accepted if first in sent and second in sent]
        marks = [trace.file.paragraphs[each].struck for text in texts for each in text.paragraphs]
        by = next(filter(None, marks), None)
        path = trace.blocks[second].path
        yield make_proposal(by, marks, kind=ProposalKind.JOIN, path=path, block=second, anchor=first)


def _propose_moves(trace: CharacterTrace, accepted: Accepted) -> Iterator[Proposal]:
    """Yield the sent texts that are now elsewhere.

    They are those that somebody was seen to move, and of the others all but the longest series in order.
    """
    order: list[int] = []
    for _, sent in accepted:
        order += [each for each in sent if order[-1:] != [each]]
    moved = {position.sent for position in trace.away.values()}
    still = _longest_increasing([each for each in order if each not in moved])
    changes = _find_changes_by_text(trace)
    for at, block in enumerate(order):
        if block in still:
            continue
        texts = [text for text, sent in accepted if block in sent]
        inserted = [each for text in texts for each in list_insertions(trace.file, text)]
        ends = [each for text in texts for each in list_new_ends(trace.file, text)]
        yield make_proposal(
            next(filter(None, inserted), None), [*inserted, *ends, *changes[block]], kind=ProposalKind.MOVE,
            path=trace.blocks[block].path, block=block, anchor=order[at - 1] if at else -1,
        )  # fmt: skip


def _find_statuses(trace: CharacterTrace) -> list[list[CharacterStatus]]:
    """Find what became of each character of each sent text."""
    found = [[CharacterStatus()] * len(block.text) for block in trace.blocks]
    # The person who moved a text deleted it at its old place.
    for (paragraph, offset), position in trace.away.items():
        struck = trace.file.paragraphs[paragraph].characters[offset].struck
        found[position.sent][position.offset] = CharacterStatus(struck=struck)
    for row, one in zip(trace.coordinates, trace.file.paragraphs, strict=True):
        for at, each in zip(row, one.characters, strict=True):
            if at is not None:
                found[at.sent][at.offset] = CharacterStatus(each.struck is None, each.struck)
    return found


def _find_insertions(trace: CharacterTrace, accepted: Accepted) -> Insertions:
    """Find what was inserted into each sent text, and its splits."""
    found: dict[int, dict[int, list[tuple[str, TrackedChange | None]]]] = defaultdict(lambda: defaultdict(list))
    place, before = Position(-1, 0), -1
    for text, sent in accepted:
        if not sent:
            continue
        if sent[0] == before:  # the sent text goes on in a new paragraph
            mark = trace.file.paragraphs[text.paragraphs[0] - 1].inserted if text.paragraphs[0] else None
            found[place.sent][place.offset].append((BORDER, mark))
        else:
            starts = (at for each in text.paragraphs for at in trace.coordinates[each] if at and at.sent == sent[0])
            place = next(starts, Position(sent[0], 0))
        for paragraph in text.paragraphs:
            row = zip(trace.coordinates[paragraph], trace.file.paragraphs[paragraph].characters, strict=True)
            for at, each in row:
                if at is not None and at.sent in sent:
                    place = Position(at.sent, at.offset + 1)
                elif at is None and each.struck is None:
                    found[place.sent][place.offset].append((each.text, each.inserted))
        before = sent[-1]
    return found


def _find_changes_by_text(trace: CharacterTrace) -> dict[int, set[TrackedChange | None]]:
    """Return the tracked changes of each sent text.

    They inserted or deleted its words, or the paragraph ends after them.
    """
    found: dict[int, set[TrackedChange | None]] = defaultdict(set)
    for at, paragraph in enumerate(trace.file.paragraphs):
        block = -1
        for offset, each in enumerate(paragraph.characters):
            if place := trace.of((at, offset)) or trace.away.get((at, offset)):
                block = place.sent
                found[block] |= {each.inserted, each.struck}
        found[block] |= {paragraph.inserted, paragraph.struck}
    return found


def _add_paragraph_ends(trace: CharacterTrace, accepted: Accepted, proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return the proposals with the paragraph ends that belong to them.

    A tracked paragraph end belongs to the proposal if the same person changed it along with the words.
    """
    known = frozenset[int]().union(*(each.revisions for each in proposals))
    more: dict[tuple[int, tuple[str, str]], set[int]] = defaultdict(set)
    for text, sent in accepted:
        for each in text.paragraphs:
            paragraph = trace.file.paragraphs[each]
            here = {at.sent for at in trace.coordinates[each] if at}
            for mark in (paragraph.inserted, paragraph.struck):
                if mark is not None and mark.number not in known:
                    for block in here.union(sent):
                        more[block, mark.author_and_date].add(mark.number)
    return [
        replace(each, revisions=each.revisions | more.get((each.block, (each.author, each.date)), set()))
        for each in proposals
    ]


def _list_authors(character: Character) -> list[tuple[str, str] | None]:
    """List who inserted and who deleted a character."""
    return [each.author_and_date if each else None for each in (character.inserted, character.struck)]


def _longest_increasing(order: Sequence[int]) -> set[int]:
    """Return the longest increasing subsequence, found by patience sorting."""
    tails: list[int] = []
    ranks = []
    for each in order:
        rank = bisect_left(tails, each)
        tails[rank : rank + 1] = [each]
        ranks.append(rank)
    series: list[int] = []
    for each, rank in zip(reversed(order), reversed(ranks), strict=True):
        if rank == len(tails) - 1 - len(series) and (not series or each < series[-1]):
            series.append(each)
    return set(series)
