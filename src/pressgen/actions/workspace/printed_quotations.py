"""The quotations of a release, in their exact printed words."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.workspace.bundle import hash_content
from pressgen.actions.workspace.compose import compose_release
from pressgen.actions.workspace.folder import load_release
from pressgen.errors import InputError, UsageError
from pressgen.model.artifact import Variant
from pressgen.model.document import Document, Quotation
from pressgen.model.words import Field, Origin, Piece, Source, flatten, to_plain_text
from pressgen.text.flatten import strip_citations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pressgen.actions.workspace.folder import LoadedRelease, Workspace


@dataclass(frozen=True, slots=True)
class PrintedQuotation:
    """One quotation of a release, in the words that are printed.

    Attributes:
        speaker: the id of the person.
        name: the name in the release; empty for some old records.
        path: of the data: `body[3].quote`, and for a translation `release.cy.yaml: body[3].quote`.
        words: a paragraph a line, with the values of expressions, and without citations, marks and attribution.
        numbered: the same with the numbers of cited notes, as in older clearances.
    """

    speaker: str
    path: str
    words: str
    numbered: str = ""
    name: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of the words."""
        return hash_content(self.words.encode())

    @property
    def digests(self) -> set[str]:
        """The SHA-256 of the words, now and in older clearances."""
        return {self.digest, hash_content(self.numbered.encode())}


def collect_quotations(languages: Sequence[LoadedRelease]) -> list[PrintedQuotation]:
    """List every quotation of a release and of its translations.

    Raises:
        InputError: an expression cannot be evaluated.
    """
    return [each for loaded in languages for each in _list_quotations(loaded)]


def compose_public_document(loaded: LoadedRelease) -> Document:
    """Compose one language of a release as the public will read it.

    Raises:
        InputError: it cannot be composed.
    """
    [document] = compose_release(loaded, [Variant.PUBLIC])
    return document


def print_headline(workspace: Workspace, folder: Path, typed: str, suffix: str = "") -> str:
    """Return the headline of a release as it is printed.

    Where the release cannot be made as it is now, it is returned as typed. `suffix` is `.cy` for the translation
    `release.cy.yaml`.
    """
    if "{{" in typed:
        with suppress(InputError, UsageError):
            languages = load_release(workspace, folder)
            return next(
                flatten(compose_public_document(each).headline.words) for each in languages if each.suffix == suffix
            )
    return strip_citations(typed)


def _list_quotations(loaded: LoadedRelease) -> Iterator[PrintedQuotation]:

    file = f"release{loaded.suffix}.yaml: " if loaded.suffix else ""
    lines: list[list[Piece]] = []
    for block in compose_public_document(loaded).blocks:
        if not isinstance(block, Quotation):
            continue
        lines.append([piece for piece in block.words if _find_source_path(piece.origin) == block.path])
        if block.last:
            words, numbered = ("\n".join(form(line) for line in lines) for form in (flatten, to_plain_text))
            person = loaded.release.people.get(block.speaker)
            path, name = file + block.path.partition(".words")[0], person.name if person else ""
            yield PrintedQuotation(block.speaker, path, words, numbered, name)
            lines = []


def _find_source_path(origin: Origin) -> str:
    """Return the data path at which a piece was typed.

    It is empty for added words.
    """
    place = origin.at if isinstance(origin, Field) else origin
    return place.path if isinstance(place, Source) else ""
