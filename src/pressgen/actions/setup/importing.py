"""Import an old release.

Read the file, find its parts, and write them as a release of the workspace.
"""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.setup.schema import generate_schema
from pressgen.actions.setup.start import SCHEMA
from pressgen.actions.workspace.folder import RELEASE, Workspace, load_house
from pressgen.actions.workspace.read_files import read_file_argument
from pressgen.actions.workspace.save import FileChange, save_release
from pressgen.actions.write.reimport import UpdatedRelease, keep_imported_file, update_release
from pressgen.errors import (
    InputError,
    Place,
    Problem,
    UsageError,
    describe_write_error,
    guard_file,
)
from pressgen.files.atomic import make_folder, write_into
from pressgen.importer.assemble import ImportDefaults, assemble_draft
from pressgen.importer.manuscript_reader import read_manuscript
from pressgen.importer.people import make_slug
from pressgen.importer.yaml_writer import ReleaseIdentity, format_release_yaml
from pressgen.load.characters import LARGEST

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.write.merge_models import ChooseSide
    from pressgen.importer.draft import ReleaseDraft

LONGEST_SLUG = 40


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The folder and the house for imported releases.

    Attributes:
        into: the folder under which each release gets one of its own.
        house: the house of the imported releases.
        home: the language and zone of that house.
    """

    into: Path
    house: str
    home: ImportDefaults


@dataclass(frozen=True, slots=True)
class ImportedRelease:
    """A release that was imported; `path` is its `release.yaml`."""

    path: Path
    draft: ReleaseDraft


def choose_import_options(workspace: Workspace, into: Path | None, house: str | None) -> ImportOptions:
    """Return how to import into a workspace.

    By default, releases go under `releases/` and get the first house.

    Raises:
        UsageError: the workspace has no house.
        InputError: there is no such house, or it is at fault.
    """
    if not workspace.houses:
        raise UsageError("templates/ has no house")
    name = house or workspace.houses[0]
    found, _ = load_house(workspace, name, Place("--house"))
    return ImportOptions(
        into or workspace.root / "releases", name, ImportDefaults(found.house.language, found.house.zone)
    )


def import_file(
    workspace: Workspace, source: Path, arrangement: ImportOptions, choose: ChooseSide | None = None
) -> ImportedRelease | UpdatedRelease:
    """Import one file as `DIR/<slug>/release.yaml`, with its pictures.

    A release that was imported from an earlier state of the file takes in what changed in it since.

    Args:
        workspace: to import into.
        source: the file.
        arrangement: the folder and house.
        choose: asks which side of a conflict to keep; None to ask nobody.

    Raises:
        InputError: the file cannot be read, the release is there already and was not imported from it, or both were
            changed at the same place; nothing is written.
    """
    shown = workspace.shown(source)
    name = create_release_slug(source)
    with guard_file(shown):
        data = read_file_argument(source, shown)
        if (arrangement.into / name / RELEASE).exists():
            return update_release(workspace, arrangement.into / name, data, shown, arrangement.home, choose)
        manuscript = read_manuscript(data, shown)
        draft = assemble_draft(manuscript, arrangement.home)
        text = format_release_yaml(draft, ReleaseIdentity(name.upper(), arrangement.house, source.name)).encode()
    folder = arrangement.into / name
    if len(text) > LARGEST:
        message = f"makes a release of {len(text):,} bytes, but the limit is {LARGEST:,}; import its parts one by one"
        raise InputError([Problem(code="I02", message=message, place=Place(shown))])
    try:
        make_folder(folder)
        files = {**manuscript.pictures, RELEASE: text}  # in this order, so that an existing release is complete
        save_release(workspace, folder, [FileChange(name, None, content) for name, content in files.items()])
        if not (folder.parent / SCHEMA).exists():
            write_into(folder.parent, {SCHEMA: generate_schema().encode()})
    except OSError as error:
        message = f"{workspace.shown(folder)} {describe_write_error(error)}"
        code = "K06" if error.errno == errno.EXDEV else "I05"
        raise InputError([Problem(code=code, message=message, place=Place(shown))]) from None
    keep_imported_file(workspace, folder, data)
    return ImportedRelease(folder / RELEASE, draft)


def create_release_slug(source: Path) -> str:
    """Return the name of a release's folder, from its source file's name."""
    name = re.sub(r"-+$", "", make_slug(source.stem)[:LONGEST_SLUG])
    return name if name[:1].isalpha() else f"r-{name}".rstrip("-")
