"""What each speaker says in a release, in the exact words that are printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.workspace.bundle import digest
from pressgen.actions.workspace.compose import composed
from pressgen.model.artifact import Variant
from pressgen.model.document import Document, Quotation
from pressgen.model.words import Field, Origin, Piece, Source, flatten, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.actions.workspace.folder import Desk


@dataclass(frozen=True, slots=True)
class Said:
    """One quotation.

    Attributes:
        speaker: the id of the person.
        name: what the release calls them; empty where a reader of old records does not know.
        path: where it stands: `body[3].quote`, and for a translation `release.cy.yaml: body[3].quote`.
        words: a paragraph a line, with the values of expressions, and without citations, marks and attribution.
        numbered: the same with the numbers of cited notes, as clearances were recorded before.
    """

    speaker: str
    path: str
    words: str
    numbered: str = ""
    name: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of the words."""
        return digest(self.words.encode())

    @property
    def digests(self) -> set[str]:
        """The SHA-256 of the words, and that which a clearance recorded before has of them."""
        return {self.digest, digest(self.numbered.encode())}


def said(desks: Sequence[Desk]) -> list[Said]:
    """Every quotation of a release and of its translations.

    Raises:
        Refused: an expression cannot be worked out.
    """
    return [each for desk in desks for each in _quotations(desk)]


def spoken_form(desk: Desk) -> Document:
    """One language of a release as everybody will read it.

    Raises:
        Refused: it cannot be composed.
    """
    [document] = composed(desk, [Variant.PUBLIC])
    return document


def _quotations(desk: Desk) -> Iterator[Said]:

    file = f"release{desk.suffix}.yaml: " if desk.suffix else ""
    lines: list[list[Piece]] = []
    for block in spoken_form(desk).blocks:
        if not isinstance(block, Quotation):
            continue
        lines.append([piece for piece in block.words if _typed_at(piece.origin) == block.path])
        if block.last:
            words, numbered = ("\n".join(form(line) for line in lines) for form in (flatten, plain))
            person = desk.release.people.get(block.speaker)
            path, name = file + block.path.partition(".words")[0], person.name if person else ""
            yield Said(block.speaker, path, words, numbered, name)
            lines = []


def _typed_at(origin: Origin) -> str:
    """The path of the data that a piece was typed at, its expression included; empty for what is made."""
    place = origin.at if isinstance(origin, Field) else origin
    return place.path if isinstance(place, Source) else ""
