"""Two hands on one file, merged; `python -m soak merges` plays many.

A release goes out with paragraphs whose words are all different; the office goes on with it, and the editor's changes
come back. What merges cleanly must have every word that either side typed, none that either struck, every paragraph
that both left, and them in the order that both left them in.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from pressgen.actions.review.rebase_changes import rebase_changes
from pressgen.errors import InputError
from pressgen.load.edits import apply_changes
from pressgen.load.source import SourceText, read_source
from pressgen.load.tree import to_plain_data
from pressgen.model.change import Change, InsertEntry, MoveEntry, RemoveNode, ReplaceValue

CONSONANTS, VOWELS = "bcdfghjklmnprstvz", "aeiou"


@dataclass
class Side:
    """What one side did: to which words of which paragraphs, and to whole paragraphs."""

    words: dict[tuple[int, int], str] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    inserted: list[tuple[int, str]] = field(default_factory=list)
    moved: dict[int, int] = field(default_factory=dict)

    def paragraph(self, number: int, words: list[str]) -> str:
        """A paragraph as this side has it."""
        return " ".join(filter(None, (self.words.get((number, at), word) for at, word in enumerate(words))))

    def changes(self, sent: list[list[str]]) -> list[Change]:
        """The changes of the file that was sent."""
        typed = sorted({number for number, _ in self.words} - self.removed)
        found: list[Change] = [ReplaceValue(f"body[{n}]", self.paragraph(n, sent[n])) for n in typed]
        found += [RemoveNode(f"body[{n}]") for n in sorted(self.removed)]
        found += [InsertEntry("body", before, text) for before, text in self.inserted]
        return [*found, *(MoveEntry(f"body[{n}]", before) for n, before in self.moved.items())]


class History:
    """A file as it was sent, and two sides that go on with it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - histories that can be played again
        self._said: set[str] = set()
        self.sent = [self._sentence(self.chance.randint(6, 14)) for _ in range(self.chance.randint(4, 10))]
        self.ours, self.theirs = self._side(moves=True), self._side(moves=False)

    def _word(self) -> str:
        """A word that stands nowhere else."""
        while True:
            word = "".join(self.chance.choice(CONSONANTS) + self.chance.choice(VOWELS) for _ in range(4))
            if word not in self._said:
                self._said.add(word)
                return word

    def _sentence(self, length: int) -> list[str]:
        return [self._word() for _ in range(length)]

    def _side(self, *, moves: bool) -> Side:
        side, count = Side(), len(self.sent)
        for _ in range(self.chance.randint(1, 3)):
            number = self.chance.randrange(count)
            what = self.chance.choices(["word", "remove", "insert", "move"], [6, 1, 2, 1 if moves else 0])[0]
            if what == "word" and number not in side.removed:
                at = self.chance.randrange(len(self.sent[number]))
                side.words[number, at] = "" if self.chance.random() < 0.3 else self._word()
            elif what == "remove" and number not in side.moved and len(side.removed) < count - 2:
                side.removed.add(number)
                side.words = {place: word for place, word in side.words.items() if place[0] != number}
            elif what == "insert":
                side.inserted.append((self.chance.randint(0, count), " ".join(self._sentence(8))))
            elif what == "move" and number not in side.removed and not side.moved:
                side.moved[number] = self.chance.randint(0, count)
        return side

    def verdict(self) -> str:
        """`clean`, `conflict`, or what is wrong with a clean result."""
        before = _read("body:\n" + "".join(f"  - {' '.join(words)}.\n".replace(".", "") for words in self.sent))
        now = _read(apply_changes(before, self.theirs.changes(self.sent)))
        try:
            text = apply_changes(now, rebase_changes(before, now, self.ours.changes(self.sent)))
        except InputError:
            return "conflict"
        found = to_plain_data(_read(text).nodes["body"])
        return self._wrong([str(each) for each in found]) or "clean"  # type: ignore[union-attr]  # a list of texts

    def _wrong(self, found: list[str]) -> str:
        for side, other in ((self.ours, self.theirs), (self.theirs, self.ours)):
            for place, word in side.words.items():
                if place[0] not in other.removed and place in other.words and other.words[place] != word:
                    return "two sides wanted other words at one place, and one was chosen"
        expected = Counter(self._merged(n) for n in range(len(self.sent)) if n not in self._gone())
        expected.update(text for side in (self.ours, self.theirs) for _, text in side.inserted)
        if expected != Counter(found):
            more, less = Counter(found) - expected, expected - Counter(found)
            return f"reads {sorted(more)}, not {sorted(less)}"
        still = [self._merged(n) for n in range(len(self.sent)) if n not in self._gone() | self.ours.moved.keys()]
        return "" if [each for each in found if each in set(still)] == still else "the order is another"

    def _gone(self) -> set[int]:
        return self.ours.removed | self.theirs.removed

    def _merged(self, number: int) -> str:
        words = [
            self.ours.words.get((number, at), self.theirs.words.get((number, at), word))
            for at, word in enumerate(self.sent[number])
        ]
        return " ".join(filter(None, words))


def _read(text: str) -> SourceText:
    return read_source(text.encode(), "release.yaml")[0]
