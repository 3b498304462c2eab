"""Which place in the data a proposal speaks of: the text that was typed, or the fact whose figure is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.model.proposal import Kind
from pressgen.model.words import Field, Source

if TYPE_CHECKING:
    from pressgen.model.export import Block
    from pressgen.model.proposal import Proposal
    from pressgen.model.words import Piece

LISTED = re.compile(r"^(findings|links)\.([\w-]+)\.")
FACT = re.compile(r"^facts\.[\w-]+$")


def data_path(field: str) -> str:
    """Where the value stands that an expression names: `facts.staff.value` for `facts.staff`."""
    if FACT.match(field):
        return f"{field}.value"
    place = {"findings": r"findings.items[\2].", "links": r"links[\2]."}
    if match := LISTED.match(field):
        return LISTED.sub(place[match[1]], field)
    return field


def the_field(block: Block, proposal: Proposal) -> tuple[Piece, int] | None:
    """The piece whose value a proposal changes and nothing else, with its start; None where it is not so.

    A value that is struck and not replaced is none that changes: the text does, which prints it no more.
    """
    at = 0
    for piece in block.words:
        end = at + len(piece.text)
        within = at <= proposal.start and proposal.end <= end and proposal.start < end and proposal.end > at
        if within and isinstance(piece.origin, Field) and not piece.note:
            rest = piece.text[: proposal.start - at] + proposal.after + piece.text[proposal.end - at :]
            return (piece, at) if rest.strip() else None
        at = end
    return None


def placed(block: Block, proposal: Proposal) -> tuple[str, int]:
    """The path that a proposal on a text speaks of, and the offset of its first character in what was typed there."""
    if block.path not in {"", proposal.path} and block.path.startswith(proposal.path):
        return proposal.path, 0  # what holds the text, such as a row of a table
    if found := the_field(block, proposal):
        return data_path(found[0].origin.name), 0  # type: ignore[union-attr]  # the_field has looked
    at = 0
    for piece in block.words:
        end = at + len(piece.text)
        if at <= proposal.start < end or (proposal.start == end and piece is block.words[-1]):
            match piece.origin:
                case Source(path, start, last):
                    return path, min(start + proposal.start - at, last)
                case Field(_, _, Source(path, start, _)):
                    return path, start
                case _:
                    return block.path, 0
        at = end
    return block.path, 0


def find_printing_text(block: Block, proposal: Proposal) -> tuple[str, int]:
    """Find the text that prints the value which a proposal changes: its path, and the offset of the expression.

    The path is empty where it changes no such value.
    """
    found = the_field(block, proposal)
    if found is None or proposal.kind is not Kind.EDIT:
        return "", 0
    origin = found[0].origin
    if isinstance(origin, Field) and origin.at is not None:
        return origin.at.path, origin.at.start
    return block.path, 0
