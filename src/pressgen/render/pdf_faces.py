"""Make sure that a PDF uses only the house's fonts.

They are its own, or those of packages that it names.
"""

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


def format_face_rules(folder: HouseFolder) -> str:
    """Return `@font-face` rules for the machine's faces that the house uses.

    These are the faces among its files that its stylesheet does not declare.
    """
    return "".join(
        f'\n@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: url({quote(name)}) }}'
        for face in folder.house.faces
        if (name := f"fonts/{face.file}") in folder.files
    )


def find_families(stylesheet: str) -> frozenset[str]:
    """Return the font families that a stylesheet brings, in small letters."""
    return frozenset(each.strip().strip("\"'").casefold() for each in FACE.findall(stylesheet))


def find_substituted_characters(used: Iterable[Any], folder: HouseFolder, own: frozenset[str]) -> dict[str, str]:
    """Return the characters in a font that is not the house's.

    Each has the family of this machine that was used instead.

    Args:
        used: the fonts of a PDF, as WeasyPrint keeps them.
        folder: the house.
        own: the families that its stylesheet brings; without any, it uses those of the machine.
    """
    known = own | {face.family.casefold() for face in folder.house.faces}
    return {
        character: font.family
        for font in used
        if own and font.family.casefold() not in known
        for character in "".join(font.to_unicode.values())
        if unicodedata.category(character) not in UNSEEN
    }
