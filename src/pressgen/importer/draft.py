"""The draft of an imported release.

It holds the parts that were found, the data read from them, words without a place, and doubts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.importer.manuscript import Hyperlink
    from pressgen.text.embargo.line_reader import Reading


class Confidence(StrEnum):
    """The levels of confidence in a field that was read."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"
    OPEN = "open"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class SourceExcerpt:
    """Words used for a field or printed by the house, with line."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class DraftDoubt:
    """A doubt about a draft that a person should look at.

    Attributes:
        field: the path of the field that it is written next to, such as `headline` or `body[3]`.
        kind: the same for doubts of one sort, for counting; a few words.
    """

    field: str
    kind: str
    message: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sign that was weighed for a part of a draft.

    Attributes:
        subject: the part, such as “country”.
        speaks_for: the reading that it supports, such as “AU”.
        sign: what sort of sign it is.
        words: as printed.
    """

    subject: str
    speaks_for: str
    sign: str
    words: str
    line: int
    weight: int


@dataclass(frozen=True, slots=True)
class DraftParagraph:
    """A paragraph of the body."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class DraftHeading:
    """A heading within the body."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class DraftQuotation:
    """A quotation with its speaker.

    Attributes:
        by: the id of the speaker.
        verb: as printed, empty for “said”.
        taken: the attributions as printed.
        reasons: why the speaker or the words are only likely; empty where they are sure.
    """

    by: str
    words: tuple[str, ...]
    verb: str
    line: int
    taken: tuple[SourceExcerpt, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def confidence(self) -> Confidence:
        """How certain speaker and words are."""
        return Confidence.LIKELY if self.reasons else Confidence.SURE


@dataclass(frozen=True, slots=True)
class DraftListEntry:
    """An entry of a list, with the entries below it."""

    text: str
    items: tuple[DraftListEntry, ...] = ()
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class DraftList:
    """A list."""

    items: tuple[DraftListEntry, ...]
    ordered: bool
    line: int


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A table whose first row is the header."""

    rows: tuple[tuple[str, ...], ...]
    line: int


@dataclass(frozen=True, slots=True)
class DraftPicture:
    """A picture with its description, which may be empty."""

    file: str
    alt: str
    line: int


Block = DraftParagraph | DraftHeading | DraftQuotation | DraftList | DraftTable | DraftPicture


@dataclass(frozen=True, slots=True)
class DraftNote:
    """A note to editors, as one text."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A standing section about an organisation."""

    heading: str
    texts: tuple[str, ...]
    line: int


@dataclass(slots=True)
class DraftPerson:
    """A person of the draft; unknown fields are empty."""

    name: str
    role: str = ""
    organisation: str = ""
    later: str = ""
    phone: str = ""
    email: str = ""
    out_of_hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDraft:
    """A release that is being imported.

    Attributes:
        embargo: from its embargo line; None where there is none.
        zone: the IANA zone that its times are taken in.
        contacts: ids of people.
        taken: the words that were read into a field, by the field's path.
        unplaced: the words that have no place in a release; a person must find one.
        reasons: why a part of `sureness` is less than sure.
        evidence: what was weighed for language, country, zone and headline.
    """

    language: str
    headline: str
    subhead: str
    place: str
    embargo: Reading | None
    zone: str
    people: Mapping[str, DraftPerson]
    body: tuple[Block, ...]
    notes: tuple[DraftNote, ...]
    boilerplate: tuple[DraftSection, ...]
    contacts: tuple[str, ...]
    links: tuple[Hyperlink, ...]
    unplaced: tuple[SourceExcerpt, ...]
    doubts: tuple[DraftDoubt, ...]
    taken: Mapping[str, tuple[SourceExcerpt, ...]] = field(default_factory=dict)
    sureness: Mapping[str, Confidence] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether it can be built before a person looks at it."""
        return not self.doubts and not self.unplaced

    @property
    def kinds(self) -> list[str]:
        """The kinds of its doubts, each once."""
        return list(
            dict.fromkeys(
                [*(doubt.kind for doubt in self.doubts), *(["words without a place"] if self.unplaced else [])]
            )
        )

    @property
    def work(self) -> int:
        """The number of things that a person has to look at."""
        return len(self.doubts) + len(self.unplaced)
