"""Check that the proposals account for every change in a file.

The proposals alone, applied to the sent texts, must give the text of the file: nothing lost, nothing invented. This
code is separate from the code that makes the proposals, and checks every file. Differences that cannot be explained are
listed with their words, and so is every tracked change that no proposal reports.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.review.accept_reject import accept_all_changes, is_visible, read_state_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.review.word_model import WordDocument

WITHIN = {ProposalKind.EDIT, ProposalKind.TYPOGRAPHY, ProposalKind.SPLIT}


def find_unexplained(
    blocks: Sequence[ExportedBlock], file: WordDocument, proposals: Sequence[Proposal]
) -> Iterator[Proposal]:
    """Find the changes of a returned file that no proposal explains.

    This covers text, its order, tracked changes and comments.
    """
    expected = apply_proposals(blocks, proposals)
    found = [text for each in accept_all_changes(file) if is_visible(text := read_state_text(file, each))]
    if expected != found:
        more, less = Counter(found) - Counter(expected), Counter(expected) - Counter(found)
        yield from (Proposal(kind=ProposalKind.UNMAPPED, after=text) for text in more.elements())
        yield from (Proposal(kind=ProposalKind.UNMAPPED, before=text) for text in less.elements())
        if not more and not less:
            yield Proposal(kind=ProposalKind.UNMAPPED, after="the order of the paragraphs")
    yield from _find_unreported_changes(file, frozenset[int]().union(*(each.revisions for each in proposals)))
    reported = {each.name for each in proposals if each.kind is ProposalKind.COMMENT}
    for comment in file.comments:
        if comment.id not in reported:
            yield Proposal(kind=ProposalKind.UNMAPPED, after=comment.text, author=comment.author, date=comment.date)


def apply_proposals(blocks: Sequence[ExportedBlock], proposals: Sequence[Proposal]) -> list[str]:
    """Return the paragraphs that the sent texts become with the proposals."""
    return [text for text, _ in apply_proposals_with_origins(blocks, proposals)]


def apply_proposals_with_origins(
    blocks: Sequence[ExportedBlock], proposals: Sequence[Proposal]
) -> list[tuple[str, frozenset[int]]]:
    """Return the paragraphs after the proposals, each with its sent texts.

    A sent text is given by its position.
    """
    within: dict[int, list[Proposal]] = defaultdict(list)
    added: dict[tuple[int, int], list[str]] = defaultdict(list)
    for each in proposals:
        if each.kind in WITHIN:
            within[each.block].append(each)
        elif each.kind is ProposalKind.ADD:
            added[each.anchor, each.piece].append(each.after)
    joined = {(each.anchor, each.block) for each in proposals if each.kind is ProposalKind.JOIN}
    new = frozenset[int]()
    done = [(line, new) for text in added.pop((-1, 0), []) for line in text.split("\n")]
    before = -1
    for block in compute_text_order(blocks, proposals):
        for piece, text in enumerate(_apply_edits(blocks[block].text, within[block]).split("\n")):
            if piece == 0 and (before, block) in joined and done:
                done[-1] = done[-1][0] + text, done[-1][1] | {block}
            else:
                done.append((text, frozenset([block])))
            done += [(line, new) for each in added.pop((block, piece), []) for line in each.split("\n")]
        before = block
    return [(text, made_of) for text, made_of in done if is_visible(text)]


def compute_text_order(blocks: Sequence[ExportedBlock], proposals: Sequence[Proposal]) -> list[int]:
    """Return the order of the sent texts after the proposals.

    Texts are given by their positions; deleted ones are left out.
    """
    gone = {each.block for each in proposals if each.kind is ProposalKind.DELETE}
    moves = [each for each in proposals if each.kind is ProposalKind.MOVE]
    return apply_moves([at for at in range(len(blocks)) if at not in gone], moves)


def apply_moves(order: Iterable[int], moves: Sequence[Proposal]) -> list[int]:
    """Return an order of sent texts after the moves."""
    moved = {each.block for each in moves}
    found = [each for each in order if each not in moved]
    for move in moves:
        found.insert(found.index(move.anchor) + 1 if move.anchor in found else 0, move.block)
    return found


def _apply_edits(text: str, proposals: Sequence[Proposal]) -> str:
    done, at = "", 0
    for each in proposals:
        done += text[at : each.start] + each.after
        at = each.end
    return done + text[at:]


def _find_unreported_changes(file: WordDocument, reported: frozenset[int]) -> Iterator[Proposal]:
    """Find every tracked change that no proposal reports, with its words.

    One that holds no word, such as LibreOffice's round the anchor of a comment, changes nothing that can be read.
    """
    words: dict[int, list[str]] = defaultdict(lambda: ["", ""])
    for paragraph in file.paragraphs:
        for each in paragraph.characters:
            if each.struck and each.struck.number not in reported:
                words[each.struck.number][0] += each.text
            if each.inserted and each.inserted.number not in reported:
                words[each.inserted.number][1] += each.text
    for number, revision in file.revisions.items():
        before, after = words[number]
        if number not in reported and (is_visible(before) or is_visible(after)):
            yield Proposal(
                kind=ProposalKind.UNMAPPED, before=before, after=after, author=revision.author, date=revision.date,
                tracked=True, name=revision.kind, revisions=frozenset([number]),
            )  # fmt: skip
