"""What a file from an editor says: paragraphs of characters, each with who put it in and who struck it.

One model for every program's dialect. Three texts follow from it: what was sent (the export record knows), what the
file says with every tracked change rejected, and what it says with every one accepted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple


class Revision(NamedTuple):
    """One tracked change as the file holds it.

    Attributes:
        number: counted from 1 in the order of the file; programs repeat and change their own ids.
        name: by which the two ends of a move know each other, or empty.
    """

    number: int
    kind: Literal["insert", "delete", "move here", "move away", "format"]
    author: str
    date: str
    name: str = ""

    @property
    def hand(self) -> tuple[str, str]:
        """Who and when: changes of one hand beside each other are one."""
        return self.author, self.date


class Character(NamedTuple):
    """One character; put in and struck again, it is in neither text."""

    text: str
    inserted: Revision | None = None
    struck: Revision | None = None


@dataclass(slots=True)
class Placed:
    """What stands at a place of a file.

    Attributes:
        place: the part and, in a table, the cell, such as `body` or `body#4`; no paragraph goes over its border.
    """

    place: str

    @property
    def in_cell(self) -> bool:
        """Whether it stands in a table."""
        return "#" in self.place

    @property
    def part(self) -> str:
        """The part that it stands in: `body`, `header`, `footer`, `notes`."""
        return self.place.partition("#")[0]


@dataclass(slots=True)
class Paragraph(Placed):
    """A paragraph as the file holds it.

    Attributes:
        inserted, struck: what was done to its end; a struck end joins it with the next.
        names: the marks that stand in it, as (kind, name): `bookmark`, `running` for one that only runs through, `id`.
        style: the id of its style.
    """

    characters: list[Character] = field(default_factory=list)
    inserted: Revision | None = None
    struck: Revision | None = None
    names: list[tuple[str, str]] = field(default_factory=list)
    style: str = ""

    @property
    def new(self) -> bool:
        """Whether somebody put in the whole of it, its end too."""
        return self.inserted is not None and all(each.inserted for each in self.characters)

    @property
    def mostly_new(self) -> bool:
        """Whether somebody put in its end and most of its characters, but not all."""
        there = sum(each.inserted is None for each in self.characters)
        return self.inserted is not None and 0 < there < len(self.characters) / 2


Spot = tuple[int, int]
"""A place in a file: the index of a paragraph, and of a character in it."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark in the margin.

    Attributes:
        parent: the id of the comment that it answers, or empty.
        done: whether somebody has ticked it off.
        start, end: the text that it speaks of, None where the file has lost the place.
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
class Redress:
    """A tracked change of how text looks, or of the page or the table round it; `what` names it."""

    revision: Revision
    what: str
    start: Spot
    end: Spot


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as read.

    Attributes:
        revisions: every tracked change in the file, by number; the closure check goes through them.
        names: what the file says of itself: `urn`, `saved by`, and so on.
        unread: what stands in it and is no text, such as `picture in paragraph 4`.
        notices: what the person should know, such as that the file was broken and has been mended.
    """

    paragraphs: list[Paragraph]
    comments: list[Comment]
    redress: list[Redress]
    revisions: dict[int, Revision]
    names: dict[str, str]
    unread: list[str]
    notices: list[str]
