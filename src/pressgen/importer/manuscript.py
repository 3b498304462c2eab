"""An old release as read: its paragraphs in order.

All kinds of files give the same structure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WORD = re.compile(r"\w+")
LONGEST = 200_000
"""The most characters of a text; the longest releases have a tenth of it."""
MOST_PARAS = 20_000


class ParagraphKind(StrEnum):
    """The kinds of paragraph that a file itself declares."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    BLOCK = "set in"
    TABLE = "table"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """A link in a paragraph: its words and its address."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceParagraph:
    """A paragraph of a manuscript.

    Attributes:
        line: where it begins in the source, counted from 1: the line of a text, the paragraph of a Word file.
        text: its words, wraps joined, one space between them; without the marker of a list.
        marker: the bullet or number that it began with, as printed, or empty.
        ordered: whether the marker is a number.
        depth: the depth of a list's entry, from 0 for the outermost.
        apart: whether a blank line, or a paragraph's end, separates it from the text before it.
        rows: the cells of a table, row by row; `text` then holds all its words.
        file: the name of a picture that the source holds; `text` is then its description.
        links: the links in it.
    """

    line: int
    text: str
    kind: ParagraphKind = ParagraphKind.TEXT
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
    """An old release as read from a file.

    Attributes:
        pictures: the bytes of its pictures by the names that paragraphs give them.
        doubts: what was odd about the file itself.
        language: the language that the file declares, or empty.
        margins: the words in headers and footers that are not in the text.
        menus: the words of a web page around any text: its menus, its title, its copyright line.
        likely: whether nothing in it can be sure, because its kind does not say what belongs together.
    """

    paras: tuple[SourceParagraph, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    language: str = ""
    margins: tuple[SourceParagraph, ...] = ()
    menus: tuple[SourceParagraph, ...] = ()
    likely: bool = False


class ManuscriptTooLongError(Exception):
    """A manuscript with more text or paragraphs than any release.

    The message says how many, and what to do.
    """


def limit_paragraphs(paras: Iterable[SourceParagraph]) -> Iterator[SourceParagraph]:
    """Yield the paragraphs up to the limit of a release.

    This makes a reader stop before it processes the rest.

    Raises:
        ManuscriptTooLongError: there are more.
    """
    size = 0
    for count, para in enumerate(paras, 1):
        size += len(para.shown)
        if size > LONGEST or count > MOST_PARAS:
            raise ManuscriptTooLongError(
                f"has more than {LONGEST:,} characters or {MOST_PARAS:,} paragraphs; import its parts one by one"
            )
        yield para


def list_words(text: str) -> list[str]:
    """List the words of a text, to check that none is lost."""
    return WORD.findall(text)
