"""Make sure that a PDF uses only the house's fonts.

They are its own, or those of packages that it names. A character that they cannot show is reported, never left to
another font that the machine happens to have.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pressgen.errors import Place, Problem
from pressgen.model.document import Leaf, iter_leaves
from pressgen.model.words import Field, Source
from pressgen.render.page_template import FILE as TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from logging import LogRecord

    from pressgen.errors import Locate
    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder


MISSING = ".notdef glyph rendered"
"""The beginning of WeasyPrint's warning of a missing glyph; its arguments are the character and its number."""


def separate_missing_glyphs(heard: Iterable[LogRecord]) -> tuple[frozenset[str], list[LogRecord]]:
    """Separate messages about missing glyphs from WeasyPrint's other messages.

    The first result is the characters without a glyph.
    """
    missing: set[str] = set()
    rest = []
    for record in heard:
        if record.msg.startswith(MISSING) and isinstance(record.args, tuple):
            missing.add(str(record.args[0]))
        else:
            rest.append(record)
    return frozenset(missing), rest


def report_missing_glyphs(
    instead: Mapping[str, str], document: Document, locate: Locate, folder: HouseFolder
) -> list[Problem]:
    """Return a problem for each block with a character without a font.

    Its place is the first such character.

    Args:
        instead: the characters, each with the family of this machine that was used, empty if there was none.
        document: what was to be rendered.
        locate: gives the place of a character of the data.
        folder: the house; its template is at fault where no block holds the character.
    """
    blocks: list[tuple[str, Leaf | None]] = [(str(leaf), leaf) for leaf in iter_leaves(document.blocks)]
    elsewhere = "".join(sorted(instead.keys() - set("".join(text for text, _ in blocks))))
    problems = []
    for text, leaf in [*blocks, (elsewhere, None)]:
        fixes: dict[str, list[str]] = {}
        for character in dict.fromkeys(each for each in text if each in instead):
            fixes.setdefault(_suggest_fix(character, instead[character], folder), []).append(character)
        for way_out, (first, *others) in fixes.items():
            place = _locate_character(leaf, first, locate) if leaf else Place(f"{folder.shown}/{TEMPLATE}")
            message = f"no font of the house can show {_name_character(first, len(others))}{way_out}"
            problems.append(Problem(code="P09", message=message, place=place, path=leaf.path if leaf else ""))
    return problems


def _name_character(character: str, others: int) -> str:
    name = unicodedata.name(character, "a character without a name")
    more = f", nor {others} other{'s' * (others > 1)} here" if others else ""
    return f"“{character}” (U+{ord(character):04X}, {name}){more}"


def _suggest_fix(character: str, family: str, folder: HouseFolder) -> str:
    missing = (each for each in folder.house.faces if f"fonts/{each.file}" not in folder.files)
    if face := next((each for each in missing if each.serves([character])), None):
        return f"; it names {face.file}, which is missing on this machine: apt-get install {face.package}"
    instead = f" ({family} of this machine would be used instead)" if family else ""
    return f"{instead}; write it in another way, or add a font that has it to the house's fonts"


def _locate_character(leaf: Leaf, character: str, locate: Locate) -> Place:
    """Return the place in the data of a leaf's first such character.

    If an expression prints the character, its place is the expression.
    """
    for piece in leaf.words:
        at = piece.text.find(character)
        if at < 0:
            continue
        match piece.origin:
            case Source(path=path, start=start):
                return locate(path, start + at)
            case Field(at=Source(path=path, start=start)):
                return locate(path, start)
            case _:
                break
    return locate(leaf.path, 0)


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
