"""Compare links, emphasis, headings and lists of two files.

The words are aligned here, without the reader: equal texts first, the others word by word.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pressgen.model.proposal import Proposal, ProposalKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pressgen.model.contents import CountedText
    from pressgen.model.export import ExportedBlock

WORD = re.compile(r"\w+")
LIKELY, MOST_JOINED = 0.5, 4
"""The share of common words of two versions of a text; the most texts that are looked at as joined to one."""
STARS = {"strong": "**", "emphasis": "*"}
NAMES = {"strong": "bold", "emphasis": "italics", "link": "link"}


class _Word(NamedTuple):
    """A word of a text, with its marks by kind.

    A link has its address, any other mark its own kind.
    """

    text: str
    at: int
    start: int
    end: int
    marks: Mapping[str, str]


class _Pair(NamedTuple):
    """A returned word with its sent word; None for a new one."""

    old: _Word | None
    new: _Word


def compare_markup(
    sent: Sequence[CountedText], received: Sequence[CountedText], blocks: Sequence[ExportedBlock]
) -> Iterator[Proposal]:
    """Yield proposals for other links, emphasis, headings and lists."""
    comparison = _MarkupComparison(sent, received, blocks)
    for pairs in comparison.align():
        for kind in NAMES:
            yield from comparison.compare_kind(pairs, kind)
    yield from comparison.compare_structure()


@dataclass(slots=True)
class _MarkupComparison:
    sent: Sequence[CountedText]
    received: Sequence[CountedText]
    blocks: Sequence[ExportedBlock]
    _homes: dict[int, int] = field(default_factory=dict)  # the sent text that each returned text is

    def align(self) -> Iterator[list[_Pair]]:
        """Yield the words of each returned text, with their sent words."""
        equal, old_rest, new_rest = self._pair_equal()
        self._homes = dict(equal)
        for new, old in equal:
            one, other = list(_list_words(self.sent, [old])), list(_list_words(self.received, [new]))
            yield [_Pair(*each) for each in zip(one, other, strict=True)]
        for new, olds in self._find_likely(old_rest, new_rest):
            if olds:
                self._homes[new] = olds[0]
            if any(self.sent[old].marks for old in olds) or self.received[new].marks:
                old_words = [word for old in sorted(olds) for word in _list_words(self.sent, [old])]
                yield _align(old_words, list(_list_words(self.received, [new])))

    def _find_likely(self, old_rest: Sequence[int], new_rest: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
        """Yield each changed text with the sent texts that it may be.

        The likeliest is the first. A text that was joined to another shares most of its words with the result.
        """
        holders: dict[str, set[int]] = defaultdict(set)
        size: dict[int, int] = {}
        for old in old_rest:
            words = set(WORD.findall(self.sent[old].text))
            size[old] = len(words)
            for word in words:
                holders[word].add(old)
        for new in new_rest:
            words = set(WORD.findall(self.received[new].text))
            shared = Counter(old for word in words for old in holders.get(word, ()))
            ranked = sorted(shared, key=lambda old: (-shared[old], abs(old - new)))
            likely = [old for old in ranked if shared[old] >= LIKELY * size[old]]
            best = [old for old in ranked[:1] if shared[old] >= LIKELY * len(words) and old not in likely]
            yield new, [*best, *likely[:MOST_JOINED]]

    def _pair_equal(self) -> tuple[list[tuple[int, int]], list[int], list[int]]:
        """Pair texts with equal words, and list the others of both sides."""
        waiting: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
        for at, each in enumerate(self.sent):
            waiting[tuple(WORD.findall(each.text))].append(at)
        pairs, rest = [], []
        for at, each in enumerate(self.received):
            same = waiting[tuple(WORD.findall(each.text))]
            if same:
                pairs.append((at, same.popleft()))
            else:
                rest.append(at)
        return pairs, sorted(at for same in waiting.values() for at in same), rest

    def compare_kind(self, pairs: Sequence[_Pair], kind: str) -> Iterator[Proposal]:
        """Yield the runs of words with another mark of a kind."""

        def change(at: int) -> tuple[str, str] | None:
            old, new = pairs[at]
            now = new.marks.get(kind, "")
            before = old.marks.get(kind, "") if old else _find_neighbour_mark(pairs, at, kind, now)
            return None if before == now else (before, now)

        for difference, run in groupby(range(len(pairs)), change):
            if difference is not None:
                yield self._propose([pairs[at] for at in run], kind, *difference)

    def _propose(self, run: Sequence[_Pair], kind: str, before: str, after: str) -> Proposal:
        first, last = run[0].new, run[-1].new
        words = self.received[first.at].text[first.start : last.end]
        old = [each.old for each in run if each.old]
        block, start, end = self._locate(old[0].at, old[0].start, old[-1].end) if old else (-1, 0, 0)
        return Proposal(
            kind=ProposalKind.MARKUP, path=self.blocks[block].path if block >= 0 else "", block=block, start=start,
            end=end, before=_format_marked(words, kind, before), after=_format_marked(words, kind, after),
            mark=NAMES[kind],
        )  # fmt: skip

    def compare_structure(self) -> Iterator[Proposal]:
        """Yield the texts with another heading level or list level.

        Some programs keep none of them, which says nothing.
        """
        kept = {
            "heading": any(each.heading for each in self.received),
            "list": any(each.level for each in self.received),
        }
        for new, old in sorted(self._homes.items()):
            one, other = self.sent[old], self.received[new]
            for mark, before, after in (
                ("heading", one.heading, other.heading),
                ("list", one.level, other.level),
            ):
                if before != after and kept[mark]:
                    block, start, end = self._locate(old, 0, len(one.text))
                    yield Proposal(
                        kind=ProposalKind.MARKUP, path=self.blocks[block].path if block >= 0 else "", block=block,
                        start=start, end=end, before=f"{other.text.strip()} ({_format_level(mark, before)})",
                        after=f"{other.text.strip()} ({_format_level(mark, after)})", mark=mark,
                    )  # fmt: skip

    def _locate(self, sent: int, start: int, end: int) -> tuple[int, int, int]:
        """Return the block of a sent text, and the span in it."""
        text = self.sent[sent].text
        same = [at for at, block in enumerate(self.blocks) if WORD.findall(block.text) == WORD.findall(text)]
        nth = sum(WORD.findall(each.text) == WORD.findall(text) for each in self.sent[:sent])
        if not same:
            return -1, 0, 0
        block = same[min(nth, len(same) - 1)]
        words = list(WORD.finditer(self.blocks[block].text))
        within = [at for at, word in enumerate(WORD.finditer(text)) if start <= word.start() < end]
        if not within:
            return block, 0, 0
        return block, words[within[0]].start(), words[within[-1]].end()


def _list_words(texts: Sequence[CountedText], chosen: Iterable[int]) -> Iterator[_Word]:
    for at in chosen:
        text = texts[at]
        for match in WORD.finditer(text.text):
            marks = {
                each.kind: each.target.rstrip("/") or each.kind
                for each in text.marks
                if each.start < match.end() and match.start() < each.end
            }
            yield _Word(match[0], at, match.start(), match.end(), marks)


def _align(old: Sequence[_Word], new: Sequence[_Word]) -> list[_Pair]:
    found: list[_Word | None] = [None] * len(new)
    matcher = SequenceMatcher(None, [each.text for each in old], [each.text for each in new], autojunk=False)
    for match in matcher.get_matching_blocks():
        for step in range(match.size):
            found[match.b + step] = old[match.a + step]
    return [_Pair(*each) for each in zip(found, new, strict=True)]


def _find_neighbour_mark(pairs: Sequence[_Pair], at: int, kind: str, now: str) -> str:
    """Return the mark that a new word takes from its neighbours.

    Nothing where neither has it.
    """
    before = next((each.old for each in reversed(pairs[:at]) if each.old), None)
    after = next((each.old for each in pairs[at + 1 :] if each.old), None)
    return now if any(each is not None and each.marks.get(kind, "") == now for each in (before, after)) else ""


def _format_marked(words: str, kind: str, mark: str) -> str:
    """Return words as they are typed in a release."""
    if not mark:
        return words
    return f"[{words}]({mark})" if kind == "link" else f"{STARS[kind]}{words}{STARS[kind]}"


def _format_level(mark: str, level: int) -> str:
    if not level:
        return "text"
    return f"heading {level}" if mark == "heading" else f"list, level {level}"
