"""The content of an editor's file: paragraphs of characters.

Each character knows who inserted and who deleted it. One model covers every program's dialect. There are three texts:
the one that was sent (from the export record), the file with every tracked change rejected, and the file with every one
accepted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple


class TrackedChange(NamedTuple):
    """A tracked change as the Word file holds it.

    Attributes:
        number: counted from 1 in the order of the file; programs repeat and change their own ids.
        name: links the two ends of a move, or empty.
    """

    number: int
    kind: Literal["insert", "delete", "move here", "move away", "format"]
    author: str
    date: str
    name: str = ""

    @property
    def author_and_date(self) -> tuple[str, str]:
        """The author and date; adjacent changes with equal ones are one."""
        return self.author, self.date


class Character(NamedTuple):
    """A character with its insertion and its deletion, if any.

    One that was inserted and deleted again is in neither text.
    """

    text: str
    inserted: TrackedChange | None = None
    struck: TrackedChange | None = None


@dataclass(slots=True)
class PlacedText:
    """Text at a place of a Word file.

    Attributes:
        place: the part and, in a table, the cell, such as `body` or `body#4`; no paragraph crosses its border.
    """

    place: str

    @property
    def in_cell(self) -> bool:
        """Whether it is in a table."""
        return "#" in self.place

    @property
    def part(self) -> str:
        """The part that it is in: `body`, `header`, `footer`, `notes`."""
        return self.place.partition("#")[0]


@dataclass(slots=True)
class WordParagraph(PlacedText):
    """A paragraph as the Word file holds it.

    Attributes:
        inserted, struck: the changes to its end; a deleted end joins it with the next.
        names: the marks in it, as (kind, name): `bookmark`, `running` for one that only runs through, `id`.
        style: the id of its style.
        row: the table and the row that it is in, each counted from 1; zeros outside tables.
        note: the footnote or endnote that it is in, or empty.
    """

    characters: list[Character] = field(default_factory=list)
    inserted: TrackedChange | None = None
    struck: TrackedChange | None = None
    names: list[tuple[str, str]] = field(default_factory=list)
    style: str = ""
    row: tuple[int, int] = (0, 0)
    note: str = ""

    @property
    def new(self) -> bool:
        """Whether all of it was inserted, its end too."""
        return self.inserted is not None and all(each.inserted for each in self.characters)

    @property
    def mostly_new(self) -> bool:
        """Whether its end and most, but not all, characters were inserted."""
        there = sum(each.inserted is None for each in self.characters)
        return self.inserted is not None and 0 < there < len(self.characters) / 2


Spot = tuple[int, int]
"""A place in a file: the index of a paragraph, and of a character in it."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in the margin of a Word file.

    Attributes:
        parent: the id of the comment that it answers, or empty.
        done: whether somebody has marked it as done.
        start, end: the text that it is about, None where the file has lost the place.
    """

    id: str
    author: str
    date: str
    text: str
    parent: str
    done: bool
    start: Spot | None
    end: Spot | None


@dataclass(frozen=True, slots=True)
class FormatChange:
    """A tracked change of formatting, page layout or table layout.

    `what` names it.
    """

    revision: TrackedChange
    what: str
    start: Spot
    end: Spot


@dataclass(frozen=True, slots=True)
class WordDocument:
    """The text, tracked changes and comments of a Word file.

    Attributes:
        revisions: every tracked change in the file, by number; the closure check goes through them.
        names: the file's properties: `urn`, `saved by`, and so on.
        unread: what is in it and is not text, such as `picture in paragraph 4`.
        notices: what the person should know, such as that the file was broken and has been repaired.
        citations: where each footnote or endnote is cited, by its name.
    """

    paragraphs: list[WordParagraph]
    comments: list[Comment]
    format_changes: list[FormatChange]
    revisions: dict[int, TrackedChange]
    names: dict[str, str]
    unread: list[str]
    notices: list[str]
    citations: dict[str, Spot] = field(default_factory=dict)
