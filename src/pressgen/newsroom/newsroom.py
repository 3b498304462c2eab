"""The newsroom as a whole: its identity, theme, releases and folders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from pressgen.errors import StateError
from pressgen.model.direction import get_direction
from pressgen.newsroom.public_release import assign_folders
from pressgen.newsroom.templates import choose_theme, make_path_to_front

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pressgen.newsroom.public_release import NewsroomIdentity, PublicRelease
    from pressgen.newsroom.theme import NewsroomTheme
    from pressgen.newsroom.wording import NewsroomWording

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of change of a newsroom without any release: its bytes depend on no clock."""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The newsroom with its releases, theme and folders.

    The releases are all that were ever public, newest first.
    """

    about: NewsroomIdentity
    dress: NewsroomTheme
    items: Sequence[PublicRelease]
    places: Mapping[str, str]

    @classmethod
    def of(cls, items: Iterable[PublicRelease], about: NewsroomIdentity, now: datetime) -> Self:
        """Make the newsroom of all releases that were ever public.

        Raises:
            StateError: at `now`, one of them may not be public yet.
        """
        newest = sorted(items, key=lambda each: (each.lifted, each.reference), reverse=True)
        if early := [each for each in newest if max(each.lifted, each.embargo or each.lifted) > now]:
            names = ", ".join(each.reference for each in early)
            raise StateError(f"{names} must not be public before the lift; nothing was published")
        return cls(about, choose_theme(newest), newest, assign_folders(newest))

    @property
    def shown(self) -> list[PublicRelease]:
        """The releases in listings and feeds."""
        return [each for each in self.items if not each.withdrawn]

    @property
    def withdrawn(self) -> list[PublicRelease]:
        """The releases that were withdrawn."""
        return [each for each in self.items if each.withdrawn]

    @property
    def changed(self) -> datetime:
        """When the newsroom last changed for readers."""
        return max((each.changed for each in self.items), default=NEVER)

    @property
    def years(self) -> list[int]:
        """The years that have releases, the latest first."""
        return sorted({each.year for each in self.shown}, reverse=True)

    @property
    def language(self) -> str:
        """The language of the newest release, used for the newsroom's own pages."""
        return self.shown[0].original.language if self.shown else "en"

    def frame(self, path: str, said: NewsroomWording) -> dict[str, object]:
        """Return the values for the frame of an own page.

        `path` is the page's, `said` its words.
        """
        return {
            "about": self.about,
            "dress": self.dress,
            "words": said,
            "direction": get_direction(said.language),
            "root": make_path_to_front(path),
            "years": self.years,
            "current": None,
            "address": self.about.link(path),
        }
