"""What a rule gets: a release, its house, times and texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from pressgen.check.passage import Kind, Passage, list_passages
from pressgen.model.moment import read_moments

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
class PreviousRelease:
    """A previous release of the workspace, for comparison.

    Attributes:
        day: the day of its embargo or publication.
        text: its whole file, every run of white space a single space.
    """

    slug: str
    day: date
    text: str


class ClearanceState(StrEnum):
    """The relation of a quotation's words to those that were cleared."""

    CLEARED = "cleared"
    CHANGED = "changed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class QuotationClearance:
    """A speaker's last clearance, and how a quotation compares with it."""

    day: date
    wording: ClearanceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One release in one language, as the rules see it.

    Attributes:
        typed: every text of the release's file, by its path, as typed.
        slug: the name of the release's folder.
        now: the instant of the check (aware), None to leave out what depends on the hour.
        present: the present instant (aware), by which an hour has passed; None to leave that out.
        earlier: the workspace's previous releases.
        cleared: the clearance by the path of each quotation with a speaker who has cleared any, such as
            `body[1].quote`.
        attached: what each attachment reveals besides what it shows, in one sentence, by its name.
        moments: its times.
        passages: every text as printed, in order.
    """

    release: Release
    house: House
    document: Document
    typed: Mapping[str, str]
    slug: str
    now: datetime | None = None
    present: datetime | None = None
    earlier: Sequence[PreviousRelease] = ()
    cleared: Mapping[str, QuotationClearance] = field(default_factory=dict)
    attached: Mapping[str, str] = field(default_factory=dict)
    moments: Moments = field(init=False)
    passages: tuple[Passage, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "moments", read_moments(self.release))
        object.__setattr__(self, "passages", tuple(list_passages(self.document)))

    @property
    def language(self) -> str:
        """The language's first subtag in small letters: `en` for `en-GB`."""
        return self.document.language.partition("-")[0].lower()

    @property
    def is_american(self) -> bool:
        """Whether it is in American English, with its dates and full stops."""
        return self.document.language.upper().endswith("-US")

    @property
    def prose(self) -> list[Passage]:
        """The release's own running text.

        Headline, contacts and the house's words are left out.
        """
        return [each for each in self.passages if each.kind in PROSE and not each.path.startswith("house.")]

    @property
    def own(self) -> list[Passage]:
        """The release's own texts, without the house's.

        They are `prose`, the headline, headings and descriptions.
        """
        others = {Kind.HEADLINE, Kind.HEADING, Kind.ALT}
        return [
            each
            for each in self.passages
            if (each.kind in PROSE or each.kind in others) and not each.path.startswith("house.")
        ]

    @property
    def lift(self) -> date | None:
        """The day of the embargo, else of publication, else of issue.

        It is on the release's own clock.
        """
        moment = self.moments.embargo or self.moments.publish or self.moments.issue
        return moment.local.date() if moment else None
