"""An old release as read: its paragraphs in order, whatever file they stood in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WORD = re.compile(r"\w+")
LONGEST = 200_000
"""Characters of a text; a release of more cannot be built, and the longest have a tenth of it."""
MOST_PARAS = 20_000


class Kind(StrEnum):
    """What the file itself says that a paragraph is."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    BLOCK = "set in"
    TABLE = "table"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """Words of a paragraph that lead to a page."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """A paragraph.

    Attributes:
        line: where it begins in the source, counted from 1: the line of a text, the paragraph of a Word file.
        text: its words, wraps joined, one space between them; without the marker of a list.
        marker: the bullet or number that it began with, as printed, or empty.
        ordered: whether the marker is a number.
        depth: how deep a list's entry stands below the outermost, from 0.
        apart: whether a blank line, or a paragraph's end, sets it off from what stands before it.
        rows: the cells of a table, row by row; `text` then holds all its words.
        file: the name of a picture that the source holds; `text` is then its description.
        links: the links in it.
    """

    line: int
    text: str
    kind: Kind = Kind.TEXT
    marker: str = ""
    ordered: bool = False
    depth: int = 0
    apart: bool = True
    rows: tuple[tuple[str, ...], ...] = ()
    file: str = ""
    links: tuple[Hyperlink, ...] = ()

    @property
    def shown(self) -> str:
        """The paragraph with its marker, as it was printed."""
        return f"{self.marker} {self.text}" if self.marker else self.text


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a file holds.

    Attributes:
        pictures: the bytes of its pictures by the names that paragraphs give them.
        doubts: what was odd about the file itself.
        language: the language that the file says it is in, or empty.
        margins: what stands in headers and footers and not in the text.
        menus: what a web page says of itself round any text: its menus, its title, who holds the copyright.
    """

    paras: tuple[Para, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    language: str = ""
    margins: tuple[Para, ...] = ()
    menus: tuple[Para, ...] = ()


class TooLong(Exception):
    """A manuscript has more characters or paragraphs than any release; the message says how many, and what to do."""


def bounded(paras: Iterable[Para]) -> Iterator[Para]:
    """The paragraphs, as long as they are those of a release, so that a reader stops before the rest is worked on.

    Raises:
        TooLong: there are more.
    """
    size = 0
    for count, para in enumerate(paras, 1):
        size += len(para.shown)
        if size > LONGEST or count > MOST_PARAS:
            raise TooLong(
                f"has more than {LONGEST:,} characters or {MOST_PARAS:,} paragraphs; import its parts one by one"
            )
        yield para


def words(text: str) -> list[str]:
    """The words of a text, by which it is seen that none is lost."""
    return WORD.findall(text)
