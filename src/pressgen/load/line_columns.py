"""Find the line and column of a character in a file."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Self

from pressgen.errors import Place


@dataclass(frozen=True, slots=True)
class Lines:
    """The text of a file, with its name in messages.

    Attributes:
        shown: the file as the user knows it.
        text: its characters, without a byte-order mark; refused ones are replaced, one for one.
        starts: the index of the first character of every line.
    """

    shown: str
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, shown: str, text: str) -> Self:
        """Split `text` into lines.

        A carriage return counts as the last character of its line.
        """
        return cls(shown, text, (0, *(match.end() for match in re.finditer("\n", text))))

    @property
    def end(self) -> str:
        """The line end of the file, as on its first line."""
        return "\r\n" if len(self.starts) > 1 and self.text.endswith("\r\n", 0, self.starts[1]) else "\n"

    def place(self, at: int) -> Place:
        """Return the place of the character at index `at`."""
        line = bisect_right(self.starts, at)
        return Place(self.shown, line, at - self.starts[line - 1] + 1)
