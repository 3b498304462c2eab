"""Lead what a phrase calculated back to the values it names.

Records of copies that were sent by earlier versions name such an expression as it is typed, `', ' ~ role if role`, and
not the role that it prints.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.model.words import Field, split_calculated_piece
from pressgen.text.expression import find_names
from pressgen.text.prose import ProseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressgen.model.export import ExportedBlock
    from pressgen.model.words import Piece

    TextAt = Callable[[str], str | None]

FIELD = re.compile(r"[A-Za-z_][\w.\[\]-]*")
"""A field that an expression names and does nothing with."""
PERSON = re.compile(r"people\.([^.]+)\.")
QUOTE = re.compile(r"(.*\.quote)\.words")


def resolve_phrase_fields(
    blocks: tuple[ExportedBlock, ...], read_data: Callable[[], TextAt]
) -> tuple[ExportedBlock, ...]:
    """Return the texts of a record, with the values that phrases print.

    `read_data` reads the data that was sent, if it is needed: it returns a function from a path to the text there.
    """
    calculated = [any(map(_is_calculated, block.words)) for block in blocks]
    if not any(calculated):
        return blocks
    text_at = read_data()
    return tuple(
        replace(block, words=tuple(_split_pieces(block, text_at))) if split else block
        for block, split in zip(blocks, calculated, strict=True)
    )


def _is_calculated(piece: Piece) -> bool:
    origin = piece.origin
    return isinstance(origin, Field) and origin.at is None and not FIELD.fullmatch(origin.name)


def _split_pieces(block: ExportedBlock, text_at: TextAt) -> Iterator[Piece]:
    key = _find_person(block, text_at)
    for piece in block.words:
        if not key or not _is_calculated(piece) or not isinstance(piece.origin, Field) or piece.origin.filters:
            yield piece
            continue
        try:
            names = {dotted[0] for dotted, _ in find_names(piece.origin.name)}
        except ProseError:
            yield piece
            continue
        values = {path: text for name in names if (text := text_at(path := f"people.{key}.{name}"))}
        what = "attribution" if QUOTE.match(block.path) else "contact wording"
        yield from split_calculated_piece(piece, values, what)


def _find_person(block: ExportedBlock, text_at: TextAt) -> str:
    """Return the id of the person whom a text introduces, or nothing."""
    for piece in block.words:
        if isinstance(piece.origin, Field) and (match := PERSON.match(piece.origin.name)):
            return match[1]
    quote = QUOTE.match(block.path)
    return text_at(f"{quote[1]}.by" if quote else block.path) or ""
