"""Match the paragraphs of a file to the texts that were sent.

Marks in the file are hints, the words decide: a paste over a marked paragraph keeps the mark and loses the text. The
steps, in order: equal texts; similarity and marks together; the remains of split or joined paragraphs; last, what is
alone between the same neighbours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from heapq import nlargest
from typing import TYPE_CHECKING

from pressgen.review.accept_reject import read_state_text
from pressgen.review.similarity import compute_common_length, compute_similarity, normalise_typography, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pressgen.model.export import ExportedBlock
    from pressgen.review.accept_reject import StateParagraph
    from pressgen.review.word_model import WordDocument

WEIGHTS = {"bookmark": 3, "running": 1}
MARK = "_pg_"
CANDIDATES = 12
"""Number of texts that a paragraph is compared with: those that share its rarest words."""
LIKE, SIMILAR, WITHIN, LONG_ENOUGH = 0.5, 0.2, 0.75, 4
"""Least share of common words of both; the same with a mark; of the shorter alone, if it has so many words."""
LEFT, LEFT_MARKED, JOINED, REWRITTEN = 0.6, 0.3, 0.6, 0.3
"""Shares of common words for a split, one with a mark, a join, and a rewritten paragraph in its gap."""


@dataclass(slots=True)
class ParagraphGroup:
    """Sent texts and returned paragraphs that belong together.

    There is one of each, unless a paragraph was split or joined.
    """

    blocks: list[int]
    texts: list[int]


@dataclass(slots=True)
class _Side:
    plain: list[str]
    words: list[list[str]]
    part: list[str]
    cell: list[bool]


def _count_votes(known: Mapping[str, int], file: WordDocument, text: StateParagraph) -> Counter[int]:
    """Count which sent texts the marks in a paragraph point to.

    `known` are the names of the marks.
    """
    found: Counter[int] = Counter()
    for each in text.paragraphs:
        for kind, name in dict.fromkeys(file.paragraphs[each].names):
            if name in known:
                found[known[name]] += WEIGHTS.get(kind, 0)
    return found


def match_paragraphs(
    blocks: Sequence[ExportedBlock], file: WordDocument, texts: Sequence[StateParagraph]
) -> list[ParagraphGroup]:
    """Match the sent texts to the paragraphs of a returned file.

    A text or paragraph in no group was removed or added.
    """
    texts_returned = [read_state_text(file, text) for text in texts]
    sent = _Side(
        [normalise_typography(block.text) for block in blocks],
        [split_words(block.text) for block in blocks],
        [block.part for block in blocks],
        [block.in_cell for block in blocks],
    )
    back = _Side(
        [normalise_typography(each) for each in texts_returned],
        [split_words(each) for each in texts_returned],
        [text.part for text in texts],
        [text.in_cell for text in texts],
    )
    known = {f"{MARK}{block.id}": at for at, block in enumerate(blocks) if block.id}
    matcher = _ParagraphMatcher(sent, back, [_count_votes(known, file, text) for text in texts])
    matcher.match_equal()
    matcher.match_similar()
    matcher.match_split()
    matcher.match_joined()
    matcher.match_rewritten()
    return list(matcher.groups.values())


@dataclass(slots=True)
class _ParagraphMatcher:
    """A match in progress between sent texts and returned paragraphs.

    `text_of` and `block_of` lead from either side to the other.
    """

    sent: _Side
    back: _Side
    votes: list[Counter[int]]
    text_of: dict[int, int] = field(default_factory=dict)
    block_of: dict[int, int] = field(default_factory=dict)
    groups: dict[int, ParagraphGroup] = field(default_factory=dict)
    home: dict[int, ParagraphGroup] = field(default_factory=dict)

    def pair(self, block: int, text: int) -> None:
        self.text_of[block], self.block_of[text] = text, block
        self.groups[block] = self.home[text] = ParagraphGroup([block], [text])

    def match_equal(self) -> None:
        """Match equal texts: by marks if several, else by order or neighbours."""
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

    def match_similar(self) -> None:
        """Match texts that share most words, or some and a mark."""
        found = sorted(self._score_candidates(), reverse=True)
        for _, _, block, text in found:
            if block not in self.text_of and text not in self.block_of:
                self.pair(block, text)

    def _score_candidates(self) -> Iterator[tuple[float, int, int, int]]:
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
        if self._apart(block, text):
            return None
        one, other = self.sent.words[block], self.back.words[text]
        both, shorter = compute_similarity(one, other)
        marked = self.votes[text][block]
        long_enough = min(len(one), len(other)) >= LONG_ENOUGH
        near = marked and (both >= SIMILAR or shorter >= LIKE)
        if not (near or both >= LIKE or (shorter >= WITHIN and long_enough)):
            return None
        penalty = 0.2 if self.sent.cell[block] != self.back.cell[text] else 0.0
        return 0.65 * both + 0.35 * min(marked, 10) / 10 + 0.1 * shorter - penalty

    def _apart(self, block: int, text: int) -> bool:
        return self.sent.part[block] != self.back.part[text]

    def match_split(self) -> None:
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
        """Return the share of a paragraph's words that its neighbour lost."""
        block, group = self.block_of[near], self.home[near]
        if (
            self._apart(block, text)
            or self.back.cell[text] != self.sent.cell[block]
            or self.back.part[text] == "header"
        ):
            return 0.0
        sent = [word for each in group.blocks for word in self.sent.words[each]]
        kept = [word for each in sorted(group.texts) for word in self.back.words[each]]
        share = compute_common_length(_unmatched_words(sent, kept), self.back.words[text]) / len(self.back.words[text])
        return share if share >= (LEFT_MARKED if self.votes[text][block] else LEFT) else 0.0

    def match_joined(self) -> None:
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
        """Return how many words of a sent text its neighbour gained."""
        if near not in self.text_of or self.sent.part[near] != self.sent.part[block]:
            return 0
        if self.sent.cell[near] or self.sent.cell[block]:
            return 0
        group = self.home[self.text_of[near]]
        back = [word for each in sorted(group.texts) for word in self.back.words[each]]
        sent = [word for each in sorted(group.blocks) for word in self.sent.words[each]]
        rest = _unmatched_words(back, sent)
        shared = compute_common_length(rest, self.sent.words[block])
        enough = shared > 1 and shared / max(1, min(len(rest), len(self.sent.words[block]))) >= JOINED
        return shared if enough else 0

    def match_rewritten(self) -> None:
        """Match texts without a common word, by mark or by neighbours."""
        for block in range(len(self.sent.words)):
            if block in self.text_of:
                continue
            free = [at for at, each in enumerate(self.back.words) if each and at not in self.block_of]
            marked = [at for at in free if self.votes[at][block] >= WEIGHTS["bookmark"] and not self._apart(block, at)]
            found = marked or self._in_the_gap(block, free)
            if found:
                self.pair(block, found[0])

    def _in_the_gap(self, block: int, free: list[int]) -> list[int]:
        """Return the one free paragraph next to a text's (unmoved) neighbours."""
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
        shared = compute_common_length(mine, other) >= REWRITTEN * max(1, min(len(mine), len(other)))
        return [found] if shared or self.back.cell[found] or self.sent.part[block] == "header" else []

    def _beside(self, text: int, step: int, free: set[int]) -> Iterator[int]:
        """Yield the free paragraphs next to a neighbour's, except blank ones."""
        home = self.home[text]
        while 0 <= (text := text + step) < len(self.back.words):
            if text in free:
                yield text
            elif self.back.words[text] and self.home.get(text) is not home:
                return


def _unmatched_words(one: list[str], other: list[str]) -> list[str]:
    kept: set[int] = set()
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        kept.update(range(block.a, block.a + block.size))
    return [word for at, word in enumerate(one) if at not in kept]
