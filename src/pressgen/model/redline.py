"""Two versions of a release in one Document.

It says which words were removed, added and moved, and what the two versions are called.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressgen.model.words import Words


class ChangeKind(StrEnum):
    """The kinds of change to words or pictures between two versions.

    `RESTYLED` is for words that are the same with another link or emphasis. A `NOTE` is in neither version: it says
    what cannot be seen, such as the address of a link.
    """

    STAYS = "stays"
    GONE = "gone"
    COME = "come"
    MOVED_AWAY = "away"
    MOVED_HERE = "here"
    RESTYLED = "restyled"
    NOTE = "note"


NOT_NEW = frozenset({ChangeKind.GONE, ChangeKind.MOVED_AWAY, ChangeKind.NOTE})
"""Kinds of words that the new version does not have at this place."""
WHOLE = {
    ChangeKind.GONE: frozenset({ChangeKind.GONE}),
    ChangeKind.COME: frozenset({ChangeKind.COME}),
    ChangeKind.MOVED_AWAY: frozenset({ChangeKind.GONE, ChangeKind.MOVED_AWAY}),
    ChangeKind.MOVED_HERE: frozenset({ChangeKind.COME, ChangeKind.MOVED_HERE, ChangeKind.NOTE}),
}
"""What a text may hold that was removed, added or moved as a whole."""


@dataclass(frozen=True, slots=True)
class Span:
    """A span of words of one text with one change kind."""

    words: Words
    fate: ChangeKind


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions compared.

    `name` is its name, such as `approved`; `about` gives more: who, when, its hash.
    """

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class RedlineSummary:
    """How much differs between two versions.

    Attributes:
        put_in, struck, moved: words.
        tables: those in which anything was changed, and those that were added, removed or moved.
        pictures: pictures and charts that were added, removed or moved.
        links: those that lead elsewhere, or were added to words that stayed or removed from them.
        emphasis: spans of words that are bold or italic in one version only.
        styles: texts that became something else, such as a heading.
    """

    put_in: int = 0
    struck: int = 0
    moved: int = 0
    tables: int = 0
    pictures: int = 0
    links: int = 0
    emphasis: int = 0
    styles: int = 0

    def __add__(self, other: Self) -> RedlineSummary:
        return RedlineSummary(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    def __str__(self) -> str:
        words = list(self._format_words())
        others = [
            f"{count} {name}{'' if count == 1 else 's' * (name != 'emphasis')}"
            for name, count in (
                ("table", self.tables), ("picture", self.pictures), ("link", self.links),
                ("emphasis", self.emphasis), ("style", self.styles),
            )
            if count
        ]  # fmt: skip
        parts = [", ".join(words)] * bool(words) + [f"changed: {', '.join(others)}"] * bool(others)
        return "; ".join(parts) or "no printed word differs"

    def _format_words(self) -> Iterator[str]:
        unit = ""
        for name, count in (("put in", self.put_in), ("struck", self.struck), ("moved", self.moved)):
            if count:
                yield f"{count} {name}" if unit else f"{count} {'word' if count == 1 else 'words'} {name}"
                unit = "word"


@dataclass(frozen=True, slots=True)
class Redline:
    """The differences between two versions.

    Texts that are unchanged in both have no entry.

    Attributes:
        old, new: the versions.
        stretches: by the id of a block that holds text, its words in reading order.
        pictures: by the id of a picture or chart, whether it was removed, added or moved.
        moved: by the id of a moved text, the other place: `moved to 4.2`.
        summary: how much differs.
    """

    old: Side
    new: Side
    stretches: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    pictures: Mapping[str, ChangeKind] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    summary: RedlineSummary = field(default_factory=RedlineSummary)

    def fate(self, ident: str) -> ChangeKind:
        """Return the change of a text as a whole.

        It is `STAYS` where any of its words is kept.
        """
        fates = {each.fate for each in self.stretches.get(ident, ())}
        found = (whole for whole, kinds in WHOLE.items() if fates and fates <= kinds)
        return next(found, ChangeKind.STAYS)

    def now(self, ident: str, words: Words) -> Words:
        """Return the new version's part of a text's words.

        `words` are those of both versions.
        """
        found = self.stretches.get(ident)
        if found is None:
            return words
        return tuple(piece for each in found if each.fate not in NOT_NEW for piece in each.words)
