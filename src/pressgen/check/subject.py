"""What a rule is shown: a release, its house, its times, and its texts as printed and as typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from pressgen.check.passage import Kind, Passage, passages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from pressgen.model.document import Document
    from pressgen.model.house import House
    from pressgen.model.moment import Moments
    from pressgen.model.release import Release

PROSE = frozenset(
    {Kind.SUBHEAD, Kind.SUMMARY, Kind.PARAGRAPH, Kind.QUOTATION, Kind.ITEM, Kind.NOTE, Kind.CAPTION, Kind.CELL}
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another release of the workspace, as far as it is compared with.

    Attributes:
        day: the day of its embargo or publication.
        text: its whole file, every run of white space a single space.
    """

    slug: str
    day: date
    text: str


class Wording(StrEnum):
    """How the words of a quotation stand to those that its speaker cleared."""

    CLEARED = "cleared"
    CHANGED = "changed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Clearing:
    """That the speaker of a quotation cleared words of this release, the last time on `day`."""

    day: date
    wording: Wording


@dataclass(frozen=True, slots=True)
class Subject:
    """One release in one language.

    Attributes:
        typed: every text of the release's file, by its path, as typed.
        slug: the name of the release's folder.
        now: the instant to judge it at (aware), None to leave out what depends on the hour.
        earlier: the workspace's releases that come before this one.
        cleared: by the path of each quotation whose speaker has cleared any, such as `body[1].quote`.
        attached: what each attachment tells beside what it shows, in one sentence, by its name.
        passages: every text as printed, in order.
    """

    release: Release
    moments: Moments
    house: House
    document: Document
    typed: Mapping[str, str]
    slug: str
    now: datetime | None = None
    earlier: Sequence[Earlier] = ()
    cleared: Mapping[str, Clearing] = field(default_factory=dict)
    attached: Mapping[str, str] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()

    @classmethod
    def of(  # noqa: PLR0913 - the parts of a release
        cls,
        release: Release,
        moments: Moments,
        house: House,
        document: Document,
        typed: Mapping[str, str],
        *,
        slug: str,
        now: datetime | None = None,
        earlier: Sequence[Earlier] = (),
        cleared: Mapping[str, Clearing] | None = None,
        attached: Mapping[str, str] | None = None,
    ) -> Subject:
        """A release with its texts."""
        return cls(
            release,
            moments,
            house,
            document,
            typed,
            slug,
            now,
            earlier,
            cleared or {},
            attached or {},
            passages(document),
        )

    @property
    def language(self) -> str:
        """The first subtag of its language, in small letters: `en` for `en-GB`."""
        return self.document.language.partition("-")[0].lower()

    @property
    def is_american(self) -> bool:
        """Whether it is in the English of the United States, with its dates and its full stops."""
        return self.document.language.upper().endswith("-US")

    @property
    def prose(self) -> list[Passage]:
        """The release's own running text, without headline, contacts and what the house says."""
        return [each for each in self.passages if each.kind in PROSE and not each.path.startswith("house.")]

    @property
    def own(self) -> list[Passage]:
        """Every text of the release itself: `prose`, the headline, headings and descriptions."""
        others = {Kind.HEADLINE, Kind.HEADING, Kind.ALT}
        return [
            each
            for each in self.passages
            if (each.kind in PROSE or each.kind in others) and not each.path.startswith("house.")
        ]

    @property
    def lift(self) -> date | None:
        """The day, on the release's own clock, on which it may be used: embargo, else publication, else issue."""
        moment = self.moments.embargo or self.moments.publish or self.moments.issue
        return moment.local.date() if moment else None
