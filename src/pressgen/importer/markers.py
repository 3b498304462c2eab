"""Bullets and numbers at the beginning of a line."""

from __future__ import annotations

import re
from typing import NamedTuple

COLUMN = re.compile(r"(?P<marker>(?P<number>\d{1,2}))\s{2,}(?=[“‘\"'«„]?[^\W\d_])")
"""A number in a column of its own, without a mark behind it."""
BULLET = re.compile(r"(?P<marker>[•·▪●◦‣∙■□❖➢✓*]|[-–—](?=\s)|o(?=\s+\S)|\uf0b7|ï·)\s*(?=[^\s*·•=_-])")
NUMBER = re.compile(r"(?P<marker>\(?(?P<number>\d{1,2})[.)](?!\d)|\[(?P<note>\d{1,2})\]:?)\s*(?=\S)")
LETTER = re.compile(r"(?P<marker>\(?[a-z]\)|\(?(?:i{1,3}|iv|vi{0,3}|ix|x)\))\s+(?=\S)", re.IGNORECASE)
INDENT = 4
"""Columns of one step of a list within a list, at least."""


class Marked(NamedTuple):
    """A line's marker and what follows; `number` is 0 for a bullet or a letter."""

    marker: str
    text: str
    number: int = 0

    @property
    def ordered(self) -> bool:
        """Whether the marker is a number."""
        return self.number > 0


def marked(line: str, *, within_list: bool = False) -> Marked | None:
    """The marker that a line begins with; None where it has none.

    Args:
        line: as printed.
        within_list: whether a bullet `o`, or one without a space after it, is likely here.
    """
    text = line.lstrip()
    indented = text != line
    if match := NUMBER.match(text):
        number = int(match["number"] or match["note"])
        return Marked(match["marker"], text[match.end() :], number) if number else None
    if (match := COLUMN.match(text)) and int(match["number"]):
        return Marked(match["marker"], text[match.end() :], int(match["number"]))
    if match := BULLET.match(text):
        letter = match["marker"] == "o"
        dressed = match["marker"] == "*" and (text.startswith("**") or text.rstrip().endswith("*"))
        if not dressed and (not letter or indented or within_list):
            return Marked(match["marker"], text[match.end() :])
    if match := LETTER.match(text):
        return Marked(match["marker"], text[match.end() :])
    return None


def depth(line: str) -> int:
    """How far a line is indented, in columns."""
    return len(line) - len(line.lstrip())
