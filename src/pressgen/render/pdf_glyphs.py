"""Characters that no font of the house can show: told, and never left to a font that happens to be there."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem
from pressgen.model.document import Leaf, leaves
from pressgen.model.words import Field, Source
from pressgen.render.page_template import FILE as TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from logging import LogRecord

    from pressgen.errors import Locate
    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder

MISSING = ".notdef glyph rendered"
"""How WeasyPrint's complaint of a missing glyph begins; its arguments are the character and its number."""


def told_apart(heard: Iterable[LogRecord]) -> tuple[frozenset[str], list[LogRecord]]:
    """The characters without a glyph that WeasyPrint complains of, and what else it says."""
    missing: set[str] = set()
    rest = []
    for record in heard:
        if record.msg.startswith(MISSING) and isinstance(record.args, tuple):
            missing.add(str(record.args[0]))
        else:
            rest.append(record)
    return frozenset(missing), rest


def missing_glyphs(
    instead: Mapping[str, str], document: Document, locate: Locate, folder: HouseFolder
) -> list[Problem]:
    """A problem for each block that holds a character without a face of the house, at the first of them.

    Args:
        instead: the characters, each with the family of this machine that came in, empty where none could.
        document: what was to be set.
        locate: gives the place of a character of the data.
        folder: the house; its template is at fault where no block holds the character.
    """
    blocks: list[tuple[str, Leaf | None]] = [(str(leaf), leaf) for leaf in leaves(document.blocks)]
    elsewhere = "".join(sorted(instead.keys() - set("".join(text for text, _ in blocks))))
    problems = []
    for text, leaf in [*blocks, (elsewhere, None)]:
        told: dict[str, list[str]] = {}
        for character in dict.fromkeys(each for each in text if each in instead):
            told.setdefault(_way_out(character, instead[character], folder), []).append(character)
        for way_out, (first, *others) in told.items():
            place = _place(leaf, first, locate) if leaf else Place(f"{folder.shown}/{TEMPLATE}")
            message = f"no font of the house can show {_named(first, len(others))}{way_out}"
            problems.append(Problem(code="P09", message=message, place=place, path=leaf.path if leaf else ""))
    return problems


def _named(character: str, others: int) -> str:
    name = unicodedata.name(character, "a character without a name")
    more = f", nor {others} other{'s' * (others > 1)} here" if others else ""
    return f"“{character}” (U+{ord(character):04X}, {name}){more}"


def _way_out(character: str, family: str, folder: HouseFolder) -> str:
    missing = (each for each in folder.house.faces if f"fonts/{each.file}" not in folder.files)
    if face := next((each for each in missing if each.serves([character])), None):
        return f"; it names {face.file}, which this machine lacks: apt-get install {face.package}"
    instead = f" ({family} of this machine would come in)" if family else ""
    return f"{instead}; write it in another way, or add a font that has it to the house's fonts"


def _place(leaf: Leaf, character: str, locate: Locate) -> Place:
    """Where the data holds the first `character` of `leaf`; what it holds elsewhere is at the expression."""
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
