"""The type faces of a PDF: all of them the house's own, or of packages that it names; no others in their place."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.model.house import HouseFolder

FACE = re.compile(r"@font-face\s*\{[^}]*font-family\s*:\s*([^;}]+)", re.IGNORECASE)

UNSEEN = {"Zs", "Zl", "Zp", "Cc", "Cf"}
"""Categories of characters without a shape."""


def declared(folder: HouseFolder) -> str:
    """What the house's stylesheet lacks: the rules for the faces of the machine that are among its files."""
    return "".join(
        f'\n@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: url({quote(name)}) }}'
        for face in folder.house.faces
        if (name := f"fonts/{face.file}") in folder.files
    )


def families(stylesheet: str) -> frozenset[str]:
    """The families whose faces a stylesheet brings, in small letters."""
    return frozenset(each.strip().strip("\"'").casefold() for each in FACE.findall(stylesheet))


def strangers(used: Iterable[Any], folder: HouseFolder, own: frozenset[str]) -> dict[str, str]:
    """Characters that no face of the house shows, each with the family of this machine that came in its place.

    Args:
        used: the fonts of a PDF, as WeasyPrint keeps them.
        folder: the house.
        own: the families that its stylesheet brings; where it brings none, it lives on those of the machine.
    """
    known = own | {face.family.casefold() for face in folder.house.faces}
    return {
        character: font.family
        for font in used
        if own and font.family.casefold() not in known
        for character in "".join(font.to_unicode.values())
        if unicodedata.category(character) not in UNSEEN
    }
