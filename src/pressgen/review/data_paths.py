"""Find the place in the data that a proposal is about.

This is the typed text, or the fact that gives the printed figure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.model.proposal import ProposalKind
from pressgen.model.words import Field, Source

if TYPE_CHECKING:
    from pressgen.model.export import ExportedBlock
    from pressgen.model.proposal import Proposal
    from pressgen.model.words import Piece

LISTED = re.compile(r"^(findings|links)\.([\w-]+)\.")
FACT = re.compile(r"^facts\.[\w-]+$")


def find_value_path(field: str) -> str:
    """Return the data path of the value that an expression names.

    For example `facts.staff.value` for `facts.staff`.
    """
    if FACT.match(field):
        return f"{field}.value"
    place = {"findings": r"findings.items[\2].", "links": r"links[\2]."}
    if match := LISTED.match(field):
        return LISTED.sub(place[match[1]], field)
    return field


def find_changed_field(block: ExportedBlock, proposal: Proposal) -> tuple[Piece, int] | None:
    """Return the printed value that a proposal changes, with its start.

    None where the proposal changes something else as well. A value that is deleted and not replaced does not change:
    the text changes, because it no longer prints the value.
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


def locate_proposal(block: ExportedBlock, proposal: Proposal) -> tuple[str, int]:
    """Return the data path and offset that a proposal refers to."""
    if block.path not in {"", proposal.path} and block.path.startswith(proposal.path):
        return proposal.path, 0  # the parent of the text, such as a row of a table
    if found := find_changed_field(block, proposal):
        return find_value_path(found[0].origin.name), 0  # type: ignore[union-attr]  # checked there
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


def find_printing_text(block: ExportedBlock, proposal: Proposal) -> tuple[str, int]:
    """Find the path and offset of the expression a proposal changes.

    The path is empty where it changes no such value.
    """
    found = find_changed_field(block, proposal)
    if found is None or proposal.kind is not ProposalKind.EDIT:
        return "", 0
    origin = found[0].origin
    if isinstance(origin, Field) and origin.at is not None:
        return origin.at.path, origin.at.start
    return block.path, 0
