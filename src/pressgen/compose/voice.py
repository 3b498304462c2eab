"""The house's voice in the language of a release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressgen.model.house import Formats, House, Wording
    from pressgen.model.section import Section


@dataclass(frozen=True, slots=True)
class Voice:
    """Name, patterns, words and standing sections in one language.

    Attributes:
        path: where they stand in the data: `house.`, or `house.languages.cy.` for another language than the house's.
    """

    name: str
    formats: Formats
    wording: Wording
    boilerplate: tuple[Section, ...]
    path: str

    def at(self, path: str) -> str:
        """The path of one of its words, such as `house.wording.end` for `wording.end`."""
        return f"{self.path}{path}"


def voice(house: House, language: str) -> Voice:
    """The voice of `house` in a BCP 47 language: its own unless it says what it says in that one."""
    lower = language.lower()
    for name, other in house.languages.items():
        if lower == name.lower() or lower.partition("-")[0] == name.lower():
            return Voice(
                name=other.name or house.name,
                formats=other.formats or house.formats,
                wording=other.wording,
                boilerplate=other.boilerplate,
                path=f"house.languages.{name}.",
            )
    return Voice(house.name, house.formats, house.wording, house.boilerplate, "house.")
