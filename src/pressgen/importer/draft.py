"""What was found in an old release: its parts, what was read into data, what has no place, and what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.importer.manuscript import Hyperlink
    from pressgen.text.embargo.reading import Reading


class Sure(StrEnum):
    """How sure a field is."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"
    OPEN = "open"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Taken:
    """Words that were read into a field, or that the house prints by itself: as printed, with their line."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at.

    Attributes:
        field: the path of the field beside which it is written, such as `headline` or `body[3]`.
        kind: the same for doubts of one sort, for counting; a few words.
    """

    field: str
    kind: str
    message: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within the body."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a person said.

    Attributes:
        by: the id of the speaker.
        verb: as printed, empty for “said”.
        taken: the attributions as printed.
    """

    by: str
    words: tuple[str, ...]
    verb: str
    line: int
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list, with those below it."""

    text: str
    items: tuple[Entry, ...] = ()
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    items: tuple[Entry, ...]
    ordered: bool
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first row is the header."""

    rows: tuple[tuple[str, ...], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its description, which may be empty."""

    file: str
    alt: str
    line: int


Block = Paragraph | Heading | Quotation | Listing | Table | Picture


@dataclass(frozen=True, slots=True)
class Note:
    """A note to editors, as one text."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """What an organisation says of itself."""

    heading: str
    texts: tuple[str, ...]
    line: int


@dataclass(slots=True)
class Someone:
    """A person on the way into `people`; what is not known is empty."""

    name: str
    role: str = ""
    organisation: str = ""
    later: str = ""
    phone: str = ""
    email: str = ""
    out_of_hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A release on the way in.

    Attributes:
        embargo: what its embargo line says; None where it has none.
        zone: the IANA zone that its times are taken in.
        contacts: ids of people.
        taken: what was read into a field, by the field's path.
        unplaced: what has no place in a release; a person must find it one.
    """

    language: str
    headline: str
    subhead: str
    place: str
    embargo: Reading | None
    zone: str
    people: Mapping[str, Someone]
    body: tuple[Block, ...]
    notes: tuple[Note, ...]
    boilerplate: tuple[Section, ...]
    contacts: tuple[str, ...]
    links: tuple[Hyperlink, ...]
    unplaced: tuple[Taken, ...]
    doubts: tuple[Doubt, ...]
    taken: Mapping[str, tuple[Taken, ...]] = field(default_factory=dict)
    sureness: Mapping[str, Sure] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Whether nobody need look at it before it is built."""
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
        """How much a person has to look at."""
        return len(self.doubts) + len(self.unplaced)
