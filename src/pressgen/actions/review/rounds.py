"""The rounds of review: the record of every copy that went out, kept in the workspace under `.pressgen/reviews/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.workspace.reading import LARGEST
from pressgen.errors import Place, Problem, Refused
from pressgen.files.within import read_within, write_within
from pressgen.model.export import Export, newest

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Desk, Workspace
    from pressgen.model.document import Document


def folder_of(workspace: Workspace, slug: str) -> Path:
    """Where the records of a release lie."""
    return workspace.root / ".pressgen" / "reviews" / slug


def kept(workspace: Workspace, slug: str = "*") -> list[Export]:
    """The records of a release, or of all, from the last round to the first.

    Raises:
        Refused: one cannot be read.
    """
    return newest(read_record(workspace, file) for file in record_files(workspace, f"{slug}/*.json"))


def record_files(workspace: Workspace, pattern: str) -> list[Path]:
    """The files of records whose path below `reviews/` matches a pattern, such as `*/*-DIGEST.json`."""
    return sorted((workspace.root / ".pressgen" / "reviews").glob(pattern))


def read_record(workspace: Workspace, file: Path) -> Export:
    """The record in a file.

    Raises:
        Refused: it cannot be read.
    """
    try:
        return Export.from_json(read_within(workspace.root, file, LARGEST))
    except (OSError, ValueError) as error:
        message = "is no record of a review copy any more; take it from a backup, or remove it"
        raise Refused([Problem(code="M04", message=message, place=Place(workspace.shown(file)))]) from error


def keep(workspace: Workspace, export: Export) -> None:
    """Keep the record of a copy.

    Raises:
        Refused: it cannot be written.
    """
    folder = folder_of(workspace, export.slug)
    name = f"{export.round:03}-{export.name.removesuffix('.yaml')}-{export.digest}.json"
    try:
        write_within(workspace.root, folder, {name: export.to_json()})
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise Refused([Problem(code="K02", message=message, place=Place(str(folder)))]) from None


def reviewer(workspace: Workspace, given: str | None) -> str | None:
    """The id of whoever sends, receives or decides; None in a workspace without an office, which keeps no ledger.

    Raises:
        WrongUse: nobody is named, or nobody of the office.
    """
    from pressgen.actions.workspace.office import FILE, take_office  # noqa: PLC0415 - as above
    from pressgen.actions.workspace.permissions import acting  # noqa: PLC0415 - most reviews are of offices with a ledger, some are not

    if given is None and not (workspace.root / FILE).is_file():
        return None
    return acting(take_office(workspace), given, to="review")


def export_of(desk: Desk, document: Document, content: bytes, name: str) -> Export:
    """The record of a Word file that was just made of a release."""
    from pressgen.model.edition import edition  # noqa: PLC0415 - only a copy wants it
    from pressgen.render.urn import urn  # noqa: PLC0415
    from pressgen.review.outgoing import shown  # noqa: PLC0415 - lxml is slow to import
    from pressgen.review.word_reader import read  # noqa: PLC0415

    file = read(content, name)
    made = document.edition or edition(desk.inputs)
    return Export(
        urn=urn(document), reference=document.reference, slug=desk.slug, digest=made.digest, round=made.round,
        name=f"release{desk.suffix}.yaml", source=desk.source.text, to=(), sent=None,
        blocks=shown(document, file), unread=len(file.unread),
    )  # fmt: skip
