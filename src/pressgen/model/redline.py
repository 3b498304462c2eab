"""Two versions of a release in one Document.

It says which words were removed and added, and what the two versions are called.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.model.words import Words


class ChangeKind(StrEnum):
    """The kinds of change to words or pictures between two versions."""

    STAYS = "stays"
    GONE = "gone"
    COME = "come"


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
class Redline:
    """The differences between two versions.

    Texts that are unchanged in both have no entry.

    Attributes:
        old, new: the versions.
        stretches: by the id of a block that holds text, its words in reading order.
        pictures: by the id of a picture or chart, whether it was removed or added.
        moved: by the id of a moved text, the other place: `moved to 4.2`.
    """

    old: Side
    new: Side
    stretches: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    pictures: Mapping[str, ChangeKind] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)

    def fate(self, ident: str) -> ChangeKind:
        """Return the change of a text as a whole.

        It is `KEPT` where any of its words is kept.
        """
        fates = {each.fate for each in self.stretches.get(ident, ())}
        return fates.pop() if len(fates) == 1 else ChangeKind.STAYS

    def now(self, ident: str, words: Words) -> Words:
        """Return the new version's part of a text's words.

        `words` are those of both versions.
        """
        found = self.stretches.get(ident)
        if found is None:
            return words
        return tuple(piece for each in found if each.fate is not ChangeKind.GONE for piece in each.words)
