"""The tags of a template as the press office types them in Word, and as Jinja is to read them."""

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
"""What shows that somebody meant a tag."""
CORRECTED = re.compile(
    r""""[^"]*"|'[^']*'|["“”„]([^"“”]*)["“”]|['‘’‚]([^'‘’]*)['‘’]|[\s\u200b]+|[–−]""",
)
"""What Word makes of quotation marks, spaces and minus signs while one types."""


@dataclass(frozen=True)
class Tag:
    """A tag.

    Attributes:
        text: as typed.
        place: where it stands.
        dress: the run properties of its first character.
        echo: whether it stands in the copy of a text box that old versions of Word read: the same fault, told once.
    """

    text: str
    place: Place
    dress: Element | None = None
    echo: bool = False

    @property
    def prints(self) -> bool:
        """Whether it is the place of a value."""
        return self.text.startswith("{{")

    @property
    def remarks(self) -> bool:
        """Whether it is a remark that nobody is to read."""
        return self.text.startswith("{#")

    @cached_property
    def code(self) -> str:
        """The tag with straight quotes, plain spaces and its statement in small letters."""
        inner = CORRECTED.sub(_as_typed, self.text[2:-2]).strip("-+ ")
        if not self.prints:
            word, space, rest = inner.partition(" ")
            inner = word.lower() + space + rest
        return f"{self.text[:2]} {inner} {self.text[-2:]}"

    @cached_property
    def word(self) -> str:
        """The word that makes it a statement, empty for a value."""
        words = self.code[2:-2].split()
        return words[0] if words and not self.prints else ""


def _as_typed(match: re.Match[str]) -> str:
    text, curly = match.group(), next((inner for inner in match.groups() if inner is not None), None)
    if curly is not None:
        return repr(curly)
    if text[0] in "\"'":
        return text
    return "-" if text in "–−" else " "
