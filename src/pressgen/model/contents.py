"""The contents of a Word file as an inventory counts them.

Everything that a person can read in the file or follow from it, whatever part or box it is in.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedMark:
    """Words of a text that are emphasised or linked.

    Attributes:
        start, end: the characters.
        kind: `strong`, `emphasis` or `link`.
        target: the address of a link.
    """

    start: int
    end: int
    kind: str
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedText:
    """A paragraph, or other text that stands alone.

    Attributes:
        text: its characters, with every tracked change accepted.
        struck: the characters in it that somebody struck.
        place: `body`, `cell`, `header`, `footer`, `note`, `comment`, `text box`, `equation`, `chart`, `diagram`,
            `symbol`, `inserted file` or `table description`.
        name: of the shape, for a text box.
        heading: its level as a heading, from 1; 0 for none.
        level: its level in a list, from 1; 0 for none.
        ordered: whether that list is numbered.
        author: who inserted words of it, if that was tracked.
    """

    text: str
    struck: str = ""
    place: str
    name: str = ""
    heading: int = 0
    level: int = 0
    ordered: bool = False
    author: str = ""
    marks: tuple[CountedMark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContents:
    """Everything that was counted in a Word file.

    Attributes:
        texts: in the order of the file.
        pictures: the alternative text of each picture.
        uncounted: the parts that could not be counted.
    """

    texts: tuple[CountedText, ...]
    pictures: tuple[str, ...]
    uncounted: tuple[str, ...] = ()
