"""Two versions of a release in one Document: which words went, which came, and what the two versions are called."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.model.words import Words


class Fate(StrEnum):
    """What became of words, or of a picture, between the old version and the new one."""

    STAYS = "stays"
    GONE = "gone"
    COME = "come"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one text that have one fate."""

    words: Words
    fate: Fate


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions: what it is called, such as `approved`, and what is known of it: who, when, its hash."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Redline:
    """What differs between two versions; texts that are in both as they were have no entry.

    Attributes:
        old, new: the versions.
        stretches: by the id of a block that holds text, its words in the order of reading.
        pictures: by the id of a picture or chart, whether it went or came.
        moved: by the id of a text that went from one place and came in another, where to or from: `moved to 4.2`.
    """

    old: Side
    new: Side
    stretches: Mapping[str, tuple[Stretch, ...]] = field(default_factory=dict)
    pictures: Mapping[str, Fate] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)

    def fate(self, ident: str) -> Fate:
        """What became of a text as a whole: `STAYS` where any of its words did."""
        fates = {each.fate for each in self.stretches.get(ident, ())}
        return fates.pop() if len(fates) == 1 else Fate.STAYS

    def now(self, ident: str, words: Words) -> Words:
        """The words that the new version has of a text, which shows `words` of both."""
        found = self.stretches.get(ident)
        if found is None:
            return words
        return tuple(piece for each in found if each.fate is not Fate.GONE for piece in each.words)
