"""The lines of a file: from the index of a character to its line and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Self

from pressgen.errors import Place


@dataclass(frozen=True, slots=True)
class Lines:
    """The text of a file, with the name that messages give it.

    Attributes:
        shown: the file as the user knows it.
        text: its characters, without a byte-order mark; what is refused is replaced, one for one.
        starts: the index of the first character of every line.
    """

    shown: str
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, shown: str, text: str) -> Self:
        """The lines of `text`; a carriage return counts as the last character of its line."""
        return cls(shown, text, (0, *(match.end() for match in re.finditer("\n", text))))

    @property
    def end(self) -> str:
        """What ends its lines: CR LF where its first line ends so."""
        return "\r\n" if len(self.starts) > 1 and self.text.endswith("\r\n", 0, self.starts[1]) else "\n"

    def place(self, at: int) -> Place:
        """The place of the character at index `at`."""
        line = bisect_right(self.starts, at)
        return Place(self.shown, line, at - self.starts[line - 1] + 1)
