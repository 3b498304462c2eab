"""The tags of a template, as typed in Word and for Jinja."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressgen.errors import Place
    from pressgen.word.names import Element

TAG = re.compile(
    r"""\{\{(?:"[^"]*"|'[^']*'|(?!\}\}).)*\}\}|\{%(?:"[^"]*"|'[^']*'|(?!%\}).)*%\}|\{\#.*?\#\}""", re.DOTALL
)
LOOSE = re.compile(r"\{\{|\{%|\{#|%\}|\}\}")
"""Marks that show that somebody meant a tag."""
CORRECTED = re.compile(
    r""""[^"]*"|'[^']*'|["“”„]([^"“”]*)["“”]|['‘’‚]([^'‘’]*)['‘’]|[\s\u200b]+|[–−]""",
)
"""Quotation marks, spaces and minus signs as Word changes them while one types."""


@dataclass(frozen=True)
class Tag:
    """A Jinja tag as typed in a Word template.

    Attributes:
        text: as typed.
        place: where it is.
        dress: the run properties of its first character.
        echo: whether it is in the copy of a text box for old versions of Word; its faults are reported for the
            original.
    """

    text: str
    place: Place
    dress: Element | None = None
    echo: bool = False

    @property
    def prints(self) -> bool:
        """Whether it is replaced by a value."""
        return self.text.startswith("{{")

    @property
    def remarks(self) -> bool:
        """Whether it is a comment."""
        return self.text.startswith("{#")

    @cached_property
    def code(self) -> str:
        """The tag as Jinja reads it.

        Its quotes are straight, its spaces plain, and its statement is in small letters.
        """
        inner = CORRECTED.sub(_undo_autocorrection, self.text[2:-2]).strip("-+ ")
        if not self.prints:
            word, space, rest = inner.partition(" ")
            inner = word.lower() + space + rest
        return f"{self.text[:2]} {inner} {self.text[-2:]}"

    @cached_property
    def word(self) -> str:
        """The word that makes it a statement, empty for a value."""
        words = self.code[2:-2].split()
        return words[0] if words and not self.prints else ""


def _undo_autocorrection(match: re.Match[str]) -> str:
    text, curly = match.group(), next((inner for inner in match.groups() if inner is not None), None)
    if curly is not None:
        return repr(curly)
    if text[0] in "\"'":
        return text
    return "-" if text in "–−" else " "
