"""Characters that no font of the house or of this machine can show."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem
from pressgen.model.document import Leaf, leaves
from pressgen.model.words import Field, Source

if TYPE_CHECKING:
    from collections.abc import Iterable
    from logging import LogRecord

    from pressgen.errors import Locate
    from pressgen.model.document import Document

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


def missing_glyphs(missing: Iterable[str], document: Document, locate: Locate, template: str) -> list[Problem]:
    """A problem for each block that holds one of the characters `missing`, at the first of them.

    Args:
        missing: characters that no font can show.
        document: what was to be set.
        locate: gives the place of a character of the data.
        template: the file at fault where no block holds the character.
    """
    problems = []
    for character in sorted(missing):
        found = [
            (leaf.path, _place(leaf, character, locate)) for leaf in leaves(document.blocks) if character in str(leaf)
        ]
        problems += [
            Problem(code="P09", message=_message(character), place=place, path=path)
            for path, place in found or [("", Place(template))]
        ]
    return problems


def _message(character: str) -> str:
    name = unicodedata.name(character, "a character without a name")
    return (
        f"no font can show “{character}” (U+{ord(character):04X}, {name});"
        " write it in another way, or add a font that has it to the house's fonts"
    )


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
