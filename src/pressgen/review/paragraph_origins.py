"""For each accepted paragraph, the sent texts that it came from.

There may be one, several that were joined, or none. Three rules find them, each for what the ones before it left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pressgen.review.accept_reject import StateParagraph
    from pressgen.review.char_alignment import CharacterTrace


class OriginReason(Enum):
    """The rule that found an origin."""

    WORDS = auto()
    """The paragraph contains words of the sent text."""
    REPLACEMENT = auto()
    """The paragraph contains new words that replace the sent text."""
    PLACE = auto()
    """The paragraph is where the sent text was, and nothing of it is left."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A sent text that an accepted paragraph came from.

    Attributes:
        paragraph: the position of the accepted paragraph.
        sent: the position of the sent text.
    """

    paragraph: int
    sent: int
    reason: OriginReason


def find_origins(trace: CharacterTrace, texts: Sequence[StateParagraph]) -> list[list[int]]:
    """Find the sent texts that each accepted paragraph comes from.

    They come in the order of their words in it. Stray words, in a paragraph that does not come from their text, lose
    their coordinates in the trace, as if they were typed there.
    """
    origins = list(find_origins_by_words(trace, texts))
    _clear_stray_words(trace, texts, origins)
    origins += find_origins_by_replacement(trace, texts, origins)
    origins += find_origins_by_place(trace, texts, origins)
    return _group_by_paragraph(trace, texts, origins)


def find_joins(owned: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    """List the pairs of sent texts that now share a paragraph.

    The text that comes first is first in its pair.
    """
    return sorted({pair for blocks in owned for pair in pairwise(blocks)})


def find_origins_by_words(trace: CharacterTrace, texts: Sequence[StateParagraph]) -> Iterator[Origin]:
    """Find the paragraphs that contain words of a sent text.

    A sent text belongs to one run of paragraphs: the one with most of its words.
    """
    words = [Counter(at.sent for spot in text.spots if (at := trace.of(spot))) for text in texts]
    paragraphs: dict[int, list[int]] = defaultdict(list)
    for number, counts in enumerate(words):
        for sent in counts:
            paragraphs[sent].append(number)
    for sent, numbers in paragraphs.items():
        runs = _group_runs(sent, numbers, words)
        best = max(runs, key=lambda run: sum(words[each][sent] for each in run))
        for each in set(numbers).difference(best):
            del words[each][sent]
    for number, counts in enumerate(words):
        yield from (Origin(number, sent, OriginReason.WORDS) for sent in counts)


def _group_runs(sent: int, numbers: Sequence[int], words: Sequence[Counter[int]]) -> list[list[int]]:
    """Group paragraphs into runs without words of another text between them."""
    runs = [[numbers[0]]]
    for before, number in pairwise(numbers):
        if all(words[between].keys() <= {sent} for between in range(before + 1, number)):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def find_origins_by_replacement(
    trace: CharacterTrace, texts: Sequence[StateParagraph], known: Sequence[Origin]
) -> Iterator[Origin]:
    """Find the paragraphs with new words that replace a sent text.

    A text that is known elsewhere counts only if it goes on in the paragraph before or after, and this one has no
    other origin.
    """
    owned = _group_by_paragraph(trace, texts, known)
    there = {each.sent for each in known}
    for number, text in enumerate(texts):
        beside = {*owned[number - 1][-1:]} if number else set()
        beside |= {*owned[number + 1][:1]} if number + 1 < len(texts) else set()
        replaced = _find_replaced(trace, text)
        found = [each for each in replaced if each not in there or (each in beside and not owned[number])]
        owned[number] = _sort_by_place(trace, text, [*owned[number], *found]) if found else owned[number]
        there.update(found)
        yield from (Origin(number, sent, OriginReason.REPLACEMENT) for sent in found)


def _find_replaced(trace: CharacterTrace, text: StateParagraph) -> list[int]:
    """Find sent texts that one person replaced with new words."""
    found: dict[int, None] = {}
    for paragraph in text.paragraphs:
        row = zip(trace.file.paragraphs[paragraph].characters, trace.coordinates[paragraph], strict=True)
        for (one, at), (other, there) in pairwise(row):
            for gone, place, put, new in ((one, at, other, there), (other, there, one, at)):
                by = (gone.struck and gone.struck.author, put.inserted and put.inserted.author)
                if place and not new and by[0] is not None and by[0] == by[1] and not put.struck:
                    found[place.sent] = None
    return list(found)


def find_origins_by_place(
    trace: CharacterTrace, texts: Sequence[StateParagraph], known: Sequence[Origin]
) -> Iterator[Origin]:
    """Find the paragraphs that are where a missing sent text was."""
    there, filled = {each.sent for each in known}, {each.paragraph for each in known}
    for number, text in enumerate(texts):
        if number in filled:
            continue
        paragraphs = dict.fromkeys(paragraph for paragraph, _ in text.spots)
        here = [at.sent for each in paragraphs for at in trace.coordinates[each] if at]
        here += [trace.home[each] for each in paragraphs if each in trace.home]
        sent = next((each for each in here if each not in there), None)
        if sent is not None:
            there.add(sent)
            yield Origin(number, sent, OriginReason.PLACE)


def _clear_stray_words(trace: CharacterTrace, texts: Sequence[StateParagraph], origins: Iterable[Origin]) -> None:
    """Clear the coordinates of words outside the paragraphs of their text."""
    right = {(each.paragraph, each.sent) for each in origins}
    for number, text in enumerate(texts):
        for spot in text.spots:
            if (at := trace.of(spot)) and (number, at.sent) not in right:
                trace.coordinates[spot[0]][spot[1]] = None


def _group_by_paragraph(
    trace: CharacterTrace, texts: Sequence[StateParagraph], origins: Iterable[Origin]
) -> list[list[int]]:
    """Group the sent texts by accepted paragraph.

    Where new words replace a text, its deleted words count for the order too.
    """
    found: list[list[int]] = [[] for _ in texts]
    replaced: set[int] = set()
    for each in origins:
        found[each.paragraph].append(each.sent)
        if each.reason is OriginReason.REPLACEMENT:
            replaced.add(each.paragraph)
    return [
        _sort_by_place(trace, texts[number], each) if number in replaced else each for number, each in enumerate(found)
    ]


def _sort_by_place(trace: CharacterTrace, text: StateParagraph, sent: Iterable[int]) -> list[int]:
    order = [at.sent for each in text.paragraphs for at in trace.coordinates[each] if at]
    return sorted(sent, key=order.index)
