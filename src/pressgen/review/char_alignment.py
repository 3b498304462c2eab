"""Which character of a file is which character that was sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pressgen.review.accept_reject import before
from pressgen.review.paragraph_matching import matched
from pressgen.review.similarity import plain, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from difflib import Match

    from pressgen.model.export import Block
    from pressgen.review.word_model import Incoming, Spot

COMMON = 0.25
"""Share of common words below which a text counts as rewritten: one replacement reads better than confetti."""
BORDER = "\n"


@dataclass(slots=True)
class Trace:
    """Where each character of a file stood when it was sent.

    Attributes:
        coordinates: for each character of each paragraph, the sent text and the offset in it; None for a new one.
        home: the sent text that a paragraph of the file belongs to, whatever is left of it.
        away: where the old words of moved texts stand in the file, each with its text and the offset in it.
    """

    blocks: Sequence[Block]
    file: Incoming
    coordinates: list[list[tuple[int, int] | None]]
    home: dict[int, int] = field(default_factory=dict)
    away: dict[Spot, tuple[int, int]] = field(default_factory=dict)

    def of(self, spot: Spot) -> tuple[int, int] | None:
        """The sent text and the offset that a character of the file had, None for a new one."""
        return self.coordinates[spot[0]][spot[1]]

    def align(self, blocks: Sequence[int], spots: Sequence[Spot | None]) -> None:
        """Give the characters at `spots` (None: the border of a paragraph) their places in the sent texts `blocks`."""
        sent, back = list(self._sent(blocks)), list(self._back(spots))
        matcher = SequenceMatcher(
            None, [plain(each) for each, _, _ in sent], [plain(each) for each, _ in back], autojunk=False
        )
        found = [
            (sent[match.a + step], back[match.b + step])
            for match in _telling(matcher.get_matching_blocks(), sent)
            for step in range(match.size)
        ]
        if len(blocks) == 1 and None not in spots:
            most = max(sum(not each[0].isspace() for each in side) for side in (sent, back))
            if sum(not each[0].isspace() for each, _ in found) < COMMON * most:
                return
        for (typed, block, offset), (read, at) in found:
            if block < 0 or len(typed) != len(read):
                continue
            for step, (one, other) in enumerate(zip(typed, read, strict=True)):
                spot = spots[at + step]
                if spot is not None and one == other:
                    self.coordinates[spot[0]][spot[1]] = block, offset + step

    def _sent(self, blocks: Sequence[int]) -> Iterator[tuple[str, int, int]]:
        for count, block in enumerate(blocks):
            if count:
                yield BORDER, -1, 0
            offset = 0
            for token in tokens(self.blocks[block].text):
                yield token, block, offset
                offset += len(token)

    def _back(self, spots: Sequence[Spot | None]) -> Iterator[tuple[str, int]]:
        start, run = 0, ""
        for at, spot in enumerate([*spots, None]):
            if spot is not None:
                run += self.file.paragraphs[spot[0]].characters[spot[1]].text
                continue
            for token in tokens(run):
                yield token, start
                start += len(token)
            if at < len(spots):
                yield BORDER, at
            start, run = at + 1, ""


def _telling(matches: Sequence[Match], sent: Sequence[tuple[str, int, int]]) -> Iterator[Match]:
    """The matches without mere blanks and marks between words that were replaced: one replacement reads better."""
    last = len(matches) - 2  # behind which stands an empty one, the end of both
    for at, match in enumerate(matches[:-1]):
        said = "".join(token for token, _, _ in sent[match.a : match.a + match.size])
        if 0 < at < last and BORDER not in said and not any(map(str.isalnum, said)):
            before, after = matches[at - 1], matches[at + 1]
            if all(_replaced(one, other) for one, other in ((before, match), (match, after))):
                continue
        yield match


def _replaced(one: Match, other: Match) -> bool:
    """Whether something stood on both sides between two matches."""
    return one.a + one.size < other.a and one.b + one.size < other.b


def traced(blocks: Sequence[Block], file: Incoming) -> Trace:
    """The trace of every character of `file`, against the texts that were sent."""
    trace = Trace(blocks, file, [[None] * len(each.characters) for each in file.paragraphs])
    texts = before(file)
    for group in matched(blocks, file, texts):
        spots: list[Spot | None] = []
        for count, text in enumerate(group.texts):
            spots += [*([None] if count else []), *texts[text].spots]
        trace.align(group.blocks, spots)
        if len(group.blocks) == 1:
            for text in group.texts:
                for paragraph in texts[text].paragraphs:
                    if not file.paragraphs[paragraph].new:
                        trace.home.setdefault(paragraph, group.blocks[0])
    return trace
