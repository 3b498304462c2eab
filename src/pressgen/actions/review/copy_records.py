"""The rounds of review.

A record of every copy that went out is kept in the workspace under `.pressgen/reviews/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.workspace.read_files import LARGEST
from pressgen.errors import InputError, Place, Problem, guard_writing
from pressgen.files.within import read_within, write_within
from pressgen.model.export import Export, sort_newest_first

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import LoadedRelease, Workspace
    from pressgen.model.document import Document


def get_records_folder(workspace: Workspace, slug: str) -> Path:
    """Return the folder for the review records of a release."""
    return workspace.root / ".pressgen" / "reviews" / slug


def read_records(workspace: Workspace, slug: str = "*") -> list[Export]:
    """Read the review records of a release, or of all, latest first.

    Raises:
        InputError: one cannot be read.
    """
    return sort_newest_first(read_record(workspace, file) for file in find_record_files(workspace, f"{slug}/*.json"))


def find_record_files(workspace: Workspace, pattern: str) -> list[Path]:
    """Find the record files with a path that matches a pattern.

    The path begins below `reviews/`; an example of a pattern is `*/*-DIGEST.json`.
    """
    return sorted((workspace.root / ".pressgen" / "reviews").glob(pattern))


def read_record(workspace: Workspace, file: Path) -> Export:
    """Read a review record from its file.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return Export.from_json(read_within(workspace.root, file, LARGEST))
    except (OSError, ValueError) as error:
        message = "is damaged, and no longer the record of a review copy; restore it from a backup, or delete it"
        raise InputError([Problem(code="M04", message=message, place=Place(workspace.shown(file)))]) from error


def save_record(workspace: Workspace, export: Export) -> None:
    """Save the record of a review copy.

    Raises:
        InputError: it cannot be written.
    """
    folder = get_records_folder(workspace, export.slug)
    name = f"{export.round:03}-{export.name.removesuffix('.yaml')}-{export.digest}.json"
    with guard_writing(str(folder)):
        write_within(workspace.root, folder, {name: export.to_json()})


def identify_reviewer(workspace: Workspace, given: str | None) -> str | None:
    """Identify the person who sends, receives or decides.

    Returns None in a workspace without an office, which keeps no ledger.

    Raises:
        UsageError: nobody is named, or the person is not in the office.
    """
    from pressgen.actions.workspace.office import FILE, load_office
    from pressgen.actions.workspace.permissions import authorise_actor

    if given is None and not (workspace.root / FILE).is_file():
        return None
    return authorise_actor(load_office(workspace), given, to="review")


def build_copy_record(loaded: LoadedRelease, document: Document, content: bytes, name: str) -> Export:
    """Build the record of a Word file just made from a release."""
    from pressgen.model.edition import compute_edition
    from pressgen.render.urn import make_urn
    from pressgen.review.export_blocks import list_export_blocks
    from pressgen.review.inventory import count_word_file
    from pressgen.review.word_reader import read_word_document

    file = read_word_document(content, name)
    made = document.edition or compute_edition(loaded.inputs)
    return Export(
        urn=make_urn(document), reference=document.reference, slug=loaded.slug, digest=made.digest, round=made.round,
        name=f"release{loaded.suffix}.yaml", source=loaded.source.text, to=(), sent=None,
        blocks=list_export_blocks(document, file), unread=len(file.unread), contents=count_word_file(content),
    )  # fmt: skip
