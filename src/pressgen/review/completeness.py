"""The closure check: the proposals alone, put on what was sent, must give what the file says; nothing lost or invented.

Written apart from what makes the proposals, which it checks for every file, whatever rule of thumb was right. What
cannot be explained is listed with its words, and so is every tracked change that no proposal tells of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from pressgen.model.proposal import Kind, Proposal
from pressgen.review.accept_reject import accepted, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.export import Block
    from pressgen.review.word_model import Incoming

WITHIN = {Kind.EDIT, Kind.TYPOGRAPHY, Kind.SPLIT}


def unexplained(blocks: Sequence[Block], file: Incoming, proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    """What `proposals` do not account for: text, its order, tracked changes, comments."""
    expected = replayed(blocks, proposals)
    found = [text for each in accepted(file) if (text := said(file, each)).strip()]
    if expected != found:
        more, less = Counter(found) - Counter(expected), Counter(expected) - Counter(found)
        yield from (Proposal(kind=Kind.UNMAPPED, after=text) for text in more.elements())
        yield from (Proposal(kind=Kind.UNMAPPED, before=text) for text in less.elements())
        if not more and not less:
            yield Proposal(kind=Kind.UNMAPPED, after="the order of the paragraphs")
    yield from _untold_changes(file, frozenset[int]().union(*(each.revisions for each in proposals)))
    told = {each.name for each in proposals if each.kind is Kind.COMMENT}
    for comment in file.comments:
        if comment.id not in told:
            yield Proposal(kind=Kind.UNMAPPED, after=comment.text, author=comment.author, date=comment.date)


def replayed(blocks: Sequence[Block], proposals: Sequence[Proposal]) -> list[str]:
    """The sent texts with the proposals put on them, as paragraphs."""
    return [text for text, _ in with_origins(blocks, proposals)]


def with_origins(blocks: Sequence[Block], proposals: Sequence[Proposal]) -> list[tuple[str, frozenset[int]]]:
    """The paragraphs of `replayed`, each with the positions of the sent texts that it is made of."""
    within: dict[int, list[Proposal]] = defaultdict(list)
    added: dict[tuple[int, int], list[str]] = defaultdict(list)
    for each in proposals:
        if each.kind in WITHIN:
            within[each.block].append(each)
        elif each.kind is Kind.ADD:
            added[each.anchor, each.piece].append(each.after)
    joined = {(each.anchor, each.block) for each in proposals if each.kind is Kind.JOIN}
    new = frozenset[int]()
    done = [(text, new) for text in added.pop((-1, 0), [])]
    before = -1
    for block in order_of(blocks, proposals):
        for piece, text in enumerate(_changed(blocks[block].text, within[block]).split("\n")):
            if piece == 0 and (before, block) in joined and done:
                done[-1] = done[-1][0] + text, done[-1][1] | {block}
            else:
                done.append((text, frozenset([block])))
            done += [(each, new) for each in added.pop((block, piece), [])]
        before = block
    return [(text, made_of) for text, made_of in done if text.strip()]


def order_of(blocks: Sequence[Block], proposals: Sequence[Proposal]) -> list[int]:
    """The positions of the sent texts in the order in which they stand after the proposals; those taken out are out."""
    gone = {each.block for each in proposals if each.kind is Kind.DELETE}
    moves = [each for each in proposals if each.kind is Kind.MOVE]
    order = [at for at in range(len(blocks)) if at not in gone and at not in {each.block for each in moves}]
    for move in moves:
        order.insert(order.index(move.anchor) + 1 if move.anchor in order else 0, move.block)
    return order


def _changed(text: str, proposals: Sequence[Proposal]) -> str:
    done, at = "", 0
    for each in proposals:
        done += text[at : each.start] + each.after
        at = each.end
    return done + text[at:]


def _untold_changes(file: Incoming, told: frozenset[int]) -> Iterator[Proposal]:
    """Every tracked change that no proposal tells of, with its words, if it has any."""
    words: dict[int, list[str]] = defaultdict(lambda: ["", ""])
    for paragraph in file.paragraphs:
        for each in paragraph.characters:
            if each.struck and each.struck.number not in told:
                words[each.struck.number][0] += each.text
            if each.inserted and each.inserted.number not in told:
                words[each.inserted.number][1] += each.text
    for number, revision in file.revisions.items():
        if number not in told:
            before, after = words[number]
            yield Proposal(
                kind=Kind.UNMAPPED, before=before, after=after, author=revision.author, date=revision.date,
                tracked=True, name=revision.kind, revisions=frozenset([number]),
            )  # fmt: skip
