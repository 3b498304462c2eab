"""The house's voice in the language of a release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressgen.model.house import Formats, House, Wording
    from pressgen.model.section import Section


@dataclass(frozen=True, slots=True)
class LanguageWording:
    """A house's name, formats and wording in one language.

    Attributes:
        path: where they are in the data: `house.`, or `house.languages.cy.` for another language than the house's.
    """

    name: str
    formats: Formats
    wording: Wording
    boilerplate: tuple[Section, ...]
    path: str

    def at(self, path: str) -> str:
        """Return the path of one of its words.

        For example `house.wording.end` for `wording.end`.
        """
        return f"{self.path}{path}"


def select_wording(house: House, language: str) -> LanguageWording:
    """Select a house's wording in a language, else its own.

    `language` is a BCP 47 tag.
    """
    lower = language.lower()
    for name, other in house.languages.items():
        if lower == name.lower() or lower.partition("-")[0] == name.lower():
            return LanguageWording(
                name=other.name or house.name,
                formats=other.formats or house.formats,
                wording=other.wording,
                boilerplate=other.boilerplate,
                path=f"house.languages.{name}.",
            )
    return LanguageWording(house.name, house.formats, house.wording, house.boilerplate, "house.")
