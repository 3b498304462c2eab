"""The newsroom as a whole: whose it is, what it wears, what stands in it and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from pressgen.errors import StateForbids
from pressgen.model.direction import direction
from pressgen.newsroom.item import settle
from pressgen.newsroom.typeset import dress_of, way_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pressgen.newsroom.dress import Dress
    from pressgen.newsroom.item import About, Item
    from pressgen.newsroom.wording import Words

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a newsroom changed in which nothing was ever published: its bytes depend on no clock."""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What every page of the newsroom knows of it: all that was ever public, newest first, each with its folder."""

    about: About
    dress: Dress
    items: Sequence[Item]
    places: Mapping[str, str]

    @classmethod
    def of(cls, items: Iterable[Item], about: About, now: datetime) -> Self:
        """The newsroom of all that was ever public.

        Raises:
            StateForbids: at `now`, one of them may not be public yet.
        """
        newest = sorted(items, key=lambda each: (each.lifted, each.reference), reverse=True)
        if early := [each for each in newest if max(each.lifted, each.embargo or each.lifted) > now]:
            names = ", ".join(each.reference for each in early)
            raise StateForbids(f"{names} may not be public before the lift; nothing was published")
        return cls(about, dress_of(newest), newest, settle(newest))

    @property
    def shown(self) -> list[Item]:
        """What listings and feeds show."""
        return [each for each in self.items if not each.withdrawn]

    @property
    def withdrawn(self) -> list[Item]:
        """What was withdrawn."""
        return [each for each in self.items if each.withdrawn]

    @property
    def changed(self) -> datetime:
        """When readers last saw something new in it."""
        return max((each.changed for each in self.items), default=NEVER)

    @property
    def years(self) -> list[int]:
        """The years that have releases, the latest first."""
        return sorted({each.year for each in self.shown}, reverse=True)

    @property
    def language(self) -> str:
        """What the newsroom's own pages are in: the language of the newest release."""
        return self.shown[0].original.language if self.shown else "en"

    def frame(self, path: str, said: Words) -> dict[str, object]:
        """What the frame of every own page prints; `path` is the page's, `said` its words."""
        return {
            "about": self.about,
            "dress": self.dress,
            "words": said,
            "direction": direction(said.language),
            "root": way_up(path),
            "years": self.years,
            "current": None,
            "address": self.about.link(path),
        }
