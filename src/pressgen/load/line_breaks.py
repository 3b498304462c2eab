"""Break a text into lines, and keep its author's line breaks.

Only a line that grows too wide is broken again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NARROWEST, LEEWAY = 80, 10
"""The column up to which any line may go; and how far it may exceed the widest line of its text, so that a longer
word does not leave a line of one word behind."""
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n"}
SPACES = re.compile(r"(?<=[^ \n]) (?=[^ \n])")


@dataclass(frozen=True, slots=True)
class TextLayout:
    """The layout of a text in its file.

    Attributes:
        style: as in `tree.Scalar`.
        end: the line end, LF or CR LF.
        indent: the spaces before every line after the first.
        column: of the first character.
        width: the column that no line of more than one word exceeds; 0 for a text on one line however long.
    """

    style: str
    end: str
    indent: int
    column: int
    width: int

    def typed(self, value: str, breaks: frozenset[int]) -> str | None:
        """Write `value` in this layout, broken at the spaces in `breaks`.

        Quotation marks and header are left out. None where the style cannot hold the value.
        """
        if "\n" in value and self.style in {"", "'"}:
            return None
        if self.style == "|":
            return self._joined(value.split("\n"))
        if self.style == '"':
            return self._joined(self._lines(value, 0, breaks))
        paragraphs, at, done = re.split(r"(\n+)", value), 0, []
        for each in paragraphs:
            lines = self._lines(each, at, breaks) if not each.startswith("\n") else [""] * len(each)
            done += lines if each else []
            at += len(each)
        return self._joined(done or [""])

    def _lines(self, text: str, at: int, breaks: frozenset[int]) -> list[str]:
        """Break `text`, which begins at offset `at` of the value, into lines."""
        lines, start, column = [""], 0, self.column
        for stop in [*(match.start() for match in SPACES.finditer(text)), len(text)]:
            word = self._escaped(text[start:stop])
            if start and self.width and (at + start - 1 in breaks or column + 1 + len(word) > self.width):
                lines.append(word)
                column = self.indent + len(word)
            else:
                lines[-1] += f" {word}" if start else word
                column += len(word) + (1 if start else 0)
            start = stop + 1
        return lines

    def _escaped(self, text: str) -> str:
        if self.style == "'":
            return text.replace("'", "''")
        return "".join(ESCAPES.get(each, each) for each in text) if self.style == '"' else text

    def _joined(self, lines: list[str]) -> str:
        return "".join(self._indented(lines))

    def _indented(self, lines: list[str]) -> Iterator[str]:
        yield lines[0]
        for line in lines[1:]:
            yield self.end + (" " * self.indent + line if line else "")
