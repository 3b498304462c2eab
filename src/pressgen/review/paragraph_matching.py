"""Which paragraph of a file is which text that was sent.

Marks in the file are hints, the words decide: a paste over a marked paragraph keeps the mark and loses the text. In
order: equal texts; then likeness and marks together; what a paragraph that was split or joined has left; and at last,
what stands alone between the same neighbours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from heapq import nlargest
from typing import TYPE_CHECKING

from pressgen.review.accept_reject import said
from pressgen.review.similarity import common, likeness, plain, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pressgen.model.export import Block
    from pressgen.review.accept_reject import Text
    from pressgen.review.word_model import Incoming

WEIGHTS = {"bookmark": 3, "running": 1}
MARK = "_pg_"
CANDIDATES = 12
"""Texts that a paragraph is held against, those that share its rarest words."""
LIKE, SIMILAR, WITHIN, LONG_ENOUGH = 0.5, 0.2, 0.75, 4
"""Common words of both; with a mark; of the shorter alone, if it has at least so many words."""
LEFT, LEFT_MARKED, JOINED, REWRITTEN = 0.6, 0.3, 0.6, 0.3
"""Shares of common words that settle a split, one with a mark, a join, and a rewritten paragraph in its gap."""


@dataclass(slots=True)
class Group:
    """Sent texts and paragraphs that belong together: one and one, unless something was split or joined."""

    blocks: list[int]
    texts: list[int]


@dataclass(slots=True)
class _Side:
    """One side of the match: the texts' words, their parts, whether they are cells."""

    plain: list[str]
    words: list[list[str]]
    part: list[str]
    cell: list[bool]


def _votes(known: Mapping[str, int], file: Incoming, text: Text) -> Counter[int]:
    """Which sent texts the marks in a paragraph speak for, and how loudly; `known` are the names of the marks."""
    found: Counter[int] = Counter()
    for each in text.paragraphs:
        for kind, name in dict.fromkeys(file.paragraphs[each].names):
            if name in known:
                found[known[name]] += WEIGHTS.get(kind, 0)
    return found


def matched(blocks: Sequence[Block], file: Incoming, texts: Sequence[Text]) -> list[Group]:
    """What was sent and the paragraphs of a file, in groups; what is in none was added or taken out."""
    saying = [said(file, text) for text in texts]
    sent = _Side(
        [plain(block.text) for block in blocks],
        [words(block.text) for block in blocks],
        [block.part for block in blocks],
        [block.in_cell for block in blocks],
    )
    back = _Side(
        [plain(each) for each in saying],
        [words(each) for each in saying],
        [text.part for text in texts],
        [text.in_cell for text in texts],
    )
    known = {f"{MARK}{block.id}": at for at, block in enumerate(blocks) if block.id}
    matching = _Matching(sent, back, [_votes(known, file, text) for text in texts])
    matching.equal()
    matching.alike()
    matching.split()
    matching.joined()
    matching.rewritten()
    return list(matching.groups.values())


@dataclass(slots=True)
class _Matching:
    """A match on its way: `text_of` and `block_of` lead from either side to the other."""

    sent: _Side
    back: _Side
    votes: list[Counter[int]]
    text_of: dict[int, int] = field(default_factory=dict)
    block_of: dict[int, int] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    home: dict[int, Group] = field(default_factory=dict)

    def pair(self, block: int, text: int) -> None:
        self.text_of[block], self.block_of[text] = text, block
        self.groups[block] = self.home[text] = Group([block], [text])

    def equal(self) -> None:
        """Texts that say the same: by their marks where there are several, else in order, else by their neighbours."""
        sent: dict[tuple[str, str], list[int]] = defaultdict(list)
        back: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, each in enumerate(self.sent.plain):
            sent[each, self.sent.part[at]].append(at)
        for at, each in enumerate(self.back.plain):
            if each.strip():
                back[each, self.back.part[at]].append(at)
        for key, blocks in sent.items():
            texts = back.get(key, [])
            for text in sorted(texts, key=lambda each: -max(self.votes[each].values(), default=0)):
                for block in blocks:
                    if block not in self.text_of and text not in self.block_of and self.votes[text][block]:
                        self.pair(block, text)
            self._twins(
                [each for each in blocks if each not in self.text_of],
                [each for each in texts if each not in self.block_of],
            )

    def _twins(self, blocks: list[int], texts: list[int]) -> None:
        if len(blocks) == len(texts) or len(blocks) == 1:
            for block, text in zip(blocks, texts, strict=False):
                self.pair(block, text)
            return
        for block in blocks:
            for text in texts:
                if text not in self.block_of and text and block and self.block_of.get(text - 1) == block - 1:
                    self.pair(block, text)
                    break

    def alike(self) -> None:
        """Texts that share most of their words, or some of them and a mark; the best pairs first."""
        found = sorted(self._alike(), reverse=True)
        for _, _, block, text in found:
            if block not in self.text_of and text not in self.block_of:
                self.pair(block, text)

    def _alike(self) -> Iterator[tuple[float, int, int, int]]:
        index: dict[str, list[int]] = defaultdict(list)
        for at, each in enumerate(self.sent.words):
            if at not in self.text_of:
                for word in set(each):
                    index[word].append(at)
        for text, mine in enumerate(self.back.words):
            if text in self.block_of or not mine:
                continue
            shared: dict[int, float] = defaultdict(float)
            for word in set(mine):
                for block in index.get(word, ()):
                    shared[block] += 1 / len(index[word])
            marked = [block for block in self.votes[text] if block not in self.text_of]
            for block in dict.fromkeys([*marked, *nlargest(CANDIDATES, shared, key=shared.__getitem__)]):
                if (score := self._score(block, text)) is not None:
                    yield score, -abs(block - text), block, text

    def _score(self, block: int, text: int) -> float | None:
        """How well two texts match, None where they do not."""
        if self._apart(block, text):
            return None
        one, other = self.sent.words[block], self.back.words[text]
        both, shorter = likeness(one, other)
        marked = self.votes[text][block]
        long_enough = min(len(one), len(other)) >= LONG_ENOUGH
        near = marked and (both >= SIMILAR or shorter >= LIKE)
        if not (near or both >= LIKE or (shorter >= WITHIN and long_enough)):
            return None
        penalty = 0.2 if self.sent.cell[block] != self.back.cell[text] else 0.0
        return 0.65 * both + 0.35 * min(marked, 10) / 10 + 0.1 * shorter - penalty

    def _apart(self, block: int, text: int) -> bool:
        """Whether the two stand in different parts, such as a header and the body."""
        return self.sent.part[block] != self.back.part[text]

    def split(self) -> None:
        """A paragraph left over, made of words that its neighbour's text has left over."""
        full = [at for at, each in enumerate(self.back.words) if each]
        where = {text: at for at, text in enumerate(full)}
        for text in [*full, *reversed(full)]:
            if text in self.block_of:
                continue
            options = [
                (share, full[at])
                for at in (where[text] - 1, where[text] + 1)
                if 0 <= at < len(full) and full[at] in self.block_of and (share := self._left(text, full[at]))
            ]
            if options:
                near = max(options, key=lambda each: each[0])[1]
                group = self.home[near]
                group.texts = sorted({*group.texts, text})
                self.home[text], self.block_of[text] = group, self.block_of[near]

    def _left(self, text: int, near: int) -> float:
        """The share of a paragraph's words that the text of its neighbour has left over; 0 for too few."""
        block, group = self.block_of[near], self.home[near]
        if (
            self._apart(block, text)
            or self.back.cell[text] != self.sent.cell[block]
            or self.back.part[text] == "header"
        ):
            return 0.0
        sent = [word for each in group.blocks for word in self.sent.words[each]]
        kept = [word for each in sorted(group.texts) for word in self.back.words[each]]
        share = common(_rest(sent, kept), self.back.words[text]) / len(self.back.words[text])
        return share if share >= (LEFT_MARKED if self.votes[text][block] else LEFT) else 0.0

    def joined(self) -> None:
        """A sent text left over, found in words that its neighbour's paragraph has left over."""
        count = len(self.sent.words)
        for block in [*range(count), *reversed(range(count))]:
            if block in self.text_of:
                continue
            options = [(shared, near) for near in (block - 1, block + 1) if (shared := self._shared(block, near))]
            if options:
                near = max(options)[1]
                group = self.home[self.text_of[near]]
                group.blocks = sorted({*group.blocks, block})
                self.text_of[block] = self.text_of[near]

    def _shared(self, block: int, near: int) -> int:
        """How many words of a sent text its neighbour's paragraph has left over; 0 for too few."""
        if near not in self.text_of or self.sent.part[near] != self.sent.part[block]:
            return 0
        if self.sent.cell[near] or self.sent.cell[block]:
            return 0
        group = self.home[self.text_of[near]]
        back = [word for each in sorted(group.texts) for word in self.back.words[each]]
        sent = [word for each in sorted(group.blocks) for word in self.sent.words[each]]
        rest = _rest(back, sent)
        shared = common(rest, self.sent.words[block])
        enough = shared > 1 and shared / max(1, min(len(rest), len(self.sent.words[block]))) >= JOINED
        return shared if enough else 0

    def rewritten(self) -> None:
        """A text without a word of its own left: by its mark, or because it stands alone between its neighbours."""
        for block in range(len(self.sent.words)):
            if block in self.text_of:
                continue
            free = [at for at, each in enumerate(self.back.words) if each and at not in self.block_of]
            marked = [at for at in free if self.votes[at][block] >= WEIGHTS["bookmark"] and not self._apart(block, at)]
            found = marked or self._in_the_gap(block, free)
            if found:
                self.pair(block, found[0])

    def _in_the_gap(self, block: int, free: list[int]) -> list[int]:
        """The one free paragraph that stands beside both neighbours of a text, or beside the one that has not moved."""
        near = [each for each in (block - 1, block + 1) if 0 <= each < len(self.sent.words)]
        if not all(each in self.text_of for each in near):
            return []
        gap = {
            at
            for each in near
            for at in self._beside(self.text_of[each], block - each, set(free))
            if not self._apart(block, at) and self.back.cell[at] == self.sent.cell[block]
        }
        if len(gap) != 1 or self.votes[found := gap.pop()]:
            return []
        mine, other = (list(filter(str.isalnum, each)) for each in (self.sent.words[block], self.back.words[found]))
        shared = common(mine, other) >= REWRITTEN * max(1, min(len(mine), len(other)))
        return [found] if shared or self.back.cell[found] or self.sent.part[block] == "header" else []

    def _beside(self, text: int, step: int, free: set[int]) -> Iterator[int]:
        """The free paragraphs next to that of a neighbour, or to others that belong to it; blank ones do not count."""
        home = self.home[text]
        while 0 <= (text := text + step) < len(self.back.words):
            if text in free:
                yield text
            elif self.back.words[text] and self.home.get(text) is not home:
                return


def _rest(one: list[str], other: list[str]) -> list[str]:
    """The words of `one` that have no partner in `other`."""
    kept: set[int] = set()
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        kept.update(range(block.a, block.a + block.size))
    return [word for at, word in enumerate(one) if at not in kept]
