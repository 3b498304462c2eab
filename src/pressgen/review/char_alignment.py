"""Match each character of a file to a character that was sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from pressgen.review.accept_reject import reject_all_changes
from pressgen.review.paragraph_matching import match_paragraphs
from pressgen.review.similarity import normalise_typography, split_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from difflib import Match

    from pressgen.model.export import ExportedBlock
    from pressgen.review.word_model import Spot, WordDocument

COMMON = 0.25
"""Share of common words below which a text counts as rewritten: one replacement reads better than many fragments."""
BORDER = "\n"


class Position(NamedTuple):
    """A place in the sent texts: the text, and the offset."""

    sent: int
    offset: int


@dataclass(slots=True)
class CharacterTrace:
    """The place in the sent text of each character of a file.

    Attributes:
        coordinates: for each character of each paragraph, the sent text and the offset in it; None for a new one.
        home: for each paragraph of the file, the sent text that it belongs to, even if nothing of that is left.
        away: where the old words of moved texts are in the file, each with its text and the offset in it.
    """

    blocks: Sequence[ExportedBlock]
    file: WordDocument
    coordinates: list[list[Position | None]]
    home: dict[int, int] = field(default_factory=dict)
    away: dict[Spot, Position] = field(default_factory=dict)

    def of(self, spot: Spot) -> Position | None:
        """Return the sent position of a character; None for a new one."""
        return self.coordinates[spot[0]][spot[1]]

    def align(self, blocks: Sequence[int], spots: Sequence[Spot | None]) -> None:
        """Give characters of the file their places in the sent texts.

        Args:
            blocks: the sent texts.
            spots: the characters of the file; None is the border of a paragraph.
        """
        sent, back = list(self._sent(blocks)), list(self._back(spots))
        matcher = SequenceMatcher(
            None,
            [normalise_typography(each) for each, _, _ in sent],
            [normalise_typography(each) for each, _ in back],
            autojunk=False,
        )
        found = [
            (sent[match.a + step], back[match.b + step])
            for match in _drop_trivial_matches(matcher.get_matching_blocks(), sent)
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
                    self.coordinates[spot[0]][spot[1]] = Position(block, offset + step)

    def _sent(self, blocks: Sequence[int]) -> Iterator[tuple[str, int, int]]:
        for count, block in enumerate(blocks):
            if count:
                yield BORDER, -1, 0
            offset = 0
            for token in split_tokens(self.blocks[block].text):
                yield token, block, offset
                offset += len(token)

    def _back(self, spots: Sequence[Spot | None]) -> Iterator[tuple[str, int]]:
        start, run = 0, ""
        for at, spot in enumerate([*spots, None]):
            if spot is not None:
                run += self.file.paragraphs[spot[0]].characters[spot[1]].text
                continue
            for token in split_tokens(run):
                yield token, start
                start += len(token)
            if at < len(spots):
                yield BORDER, at
            start, run = at + 1, ""


def _drop_trivial_matches(matches: Sequence[Match], sent: Sequence[tuple[str, int, int]]) -> Iterator[Match]:
    """Drop matches of blanks and marks between replaced words.

    One replacement reads better than several.
    """
    last = len(matches) - 2  # an empty match follows: the end of both
    for at, match in enumerate(matches[:-1]):
        said = "".join(token for token, _, _ in sent[match.a : match.a + match.size])
        if 0 < at < last and BORDER not in said and not any(map(str.isalnum, said)):
            before, after = matches[at - 1], matches[at + 1]
            if all(_is_replacement(one, other) for one, other in ((before, match), (match, after))):
                continue
        yield match


def _is_replacement(one: Match, other: Match) -> bool:
    """Return whether both sides have text between two matches."""
    return one.a + one.size < other.a and one.b + one.size < other.b


def trace_characters(blocks: Sequence[ExportedBlock], file: WordDocument) -> CharacterTrace:
    """Trace every character of a file back to the sent texts."""
    trace = CharacterTrace(blocks, file, [[None] * len(each.characters) for each in file.paragraphs])
    texts = reject_all_changes(file, apart=True)
    for group in match_paragraphs(blocks, file, texts):
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
