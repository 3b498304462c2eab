"""Bullets and numbers at the beginning of a line."""

from __future__ import annotations

import re
from typing import NamedTuple

COLUMN = re.compile(r"(?P<marker>(?P<number>\d{1,2}))\s{2,}(?=[“‘\"'«„]?[^\W\d_])")
"""A number in its own column, without a mark after it."""
BULLET = re.compile(r"(?P<marker>[•·▪●◦‣∙■□❖➢✓*]|[-–—](?=\s)|o(?=\s+\S)|\uf0b7|ï·)\s*(?=[^\s*·•=_-])")
NUMBER = re.compile(r"(?P<marker>\(?(?P<number>\d{1,2})[.)](?!\d)|\[(?P<note>\d{1,2})\]:?)\s*(?=\S)")
LETTER = re.compile(r"(?P<marker>\(?[a-z]\)|\(?(?:i{1,3}|iv|vi{0,3}|ix|x)\))\s+(?=\S)", re.IGNORECASE)


class LineMarker(NamedTuple):
    """The bullet or number before a line, and the text after.

    `number` is 0 for a bullet or a letter.
    """

    marker: str
    text: str
    number: int = 0

    @property
    def ordered(self) -> bool:
        """Whether the marker is a number."""
        return self.number > 0


def find_marker(line: str, *, within_list: bool = False) -> LineMarker | None:
    """Find the marker that a line begins with; None if none.

    Args:
        line: as printed.
        within_list: whether a bullet `o`, or one without a space after it, is likely here.
    """
    text = line.lstrip()
    indented = text != line
    if match := NUMBER.match(text):
        number = int(match["number"] or match["note"])
        return LineMarker(match["marker"], text[match.end() :], number) if number else None
    if (match := COLUMN.match(text)) and int(match["number"]):
        return LineMarker(match["marker"], text[match.end() :], int(match["number"]))
    if match := BULLET.match(text):
        letter = match["marker"] == "o"
        dressed = match["marker"] == "*" and (text.startswith("**") or text.rstrip().endswith("*"))
        if not dressed and (not letter or indented or within_list):
            return LineMarker(match["marker"], text[match.end() :])
    if match := LETTER.match(text):
        return LineMarker(match["marker"], text[match.end() :])
    return None


def measure_indent(line: str) -> int:
    """Return the indent of a line in columns."""
    return len(line) - len(line.lstrip())
