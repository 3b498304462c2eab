"""Import an old release: read the file, find its parts, write them as a release of the workspace."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.setup.schema import schema_text
from pressgen.actions.setup.start import SCHEMA
from pressgen.actions.workspace.folder import RELEASE, Workspace, take_house
from pressgen.actions.workspace.reading import read_named
from pressgen.actions.workspace.save import FileChange, save_release
from pressgen.errors import Place, Problem, Refused, WrongUse, guard_file
from pressgen.files.modes import make_folder
from pressgen.files.writing import write_into
from pressgen.importer.assemble import Home, assemble
from pressgen.importer.people import slug
from pressgen.importer.reading import read_manuscript
from pressgen.importer.write import Identity, write
from pressgen.load.characters import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pressgen.importer.draft import Draft

ENDINGS = frozenset((".txt", ".text", ".md", ".docx", ".html", ".htm", ".eml"))
LONGEST_SLUG = 40


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How to import.

    Attributes:
        into: the folder under which each release gets one of its own.
        house: the house that the releases will wear.
        home: the language and zone of that house.
    """

    into: Path
    house: str
    home: Home


@dataclass(frozen=True, slots=True)
class Imported:
    """A release that was imported; `path` is its `release.yaml`."""

    path: Path
    draft: Draft


def arrange(workspace: Workspace, into: Path | None, house: str | None) -> Arrangement:
    """How to import into a workspace: under `releases/` and in its first house, unless said otherwise.

    Raises:
        WrongUse: the workspace has no house.
        Refused: there is no such house, or it is at fault.
    """
    if not workspace.houses:
        raise WrongUse("templates/ has no house")
    name = house or workspace.houses[0]
    found, _ = take_house(workspace, name, Place("--house"))
    return Arrangement(into or workspace.root / "releases", name, Home(found.house.language, found.house.zone))


def sources(paths: Iterable[Path]) -> list[Path]:
    """The files to import: those named, and in folders, at any depth, those of a kind that can be read.

    Raises:
        WrongUse: a path is not there, or a folder holds no such file.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise WrongUse(f"{path} is not there")
        within = [each for each in sorted(path.rglob("*")) if _readable(each, path)] if path.is_dir() else [path]
        if not within:
            raise WrongUse(f"{path} holds no file that can be imported: {', '.join(sorted(ENDINGS))}")
        found += within
    return list(dict.fromkeys(found))


def import_file(workspace: Workspace, source: Path, arrangement: Arrangement) -> Imported:
    """Import one file as `DIR/<slug>/release.yaml`, with its pictures beside it.

    Raises:
        Refused: the file cannot be read, or the release is there already; nothing is written.
    """
    shown = workspace.shown(source)
    name = slug_of(source)
    with guard_file(shown):
        manuscript = read_manuscript(read_named(source, shown), shown)
        draft = assemble(manuscript, arrangement.home)
        text = write(draft, Identity(name.upper(), arrangement.house, source.name)).encode()
    folder = arrangement.into / name
    if (folder / RELEASE).exists():
        message = f"{workspace.shown(folder)} is there already; take it away first, or import --into another folder"
        raise Refused([Problem(code="I04", message=message, place=Place(shown))])
    if len(text) > LARGEST:
        message = f"makes a release of {len(text):,} bytes, and the most is {LARGEST:,}; import its parts one by one"
        raise Refused([Problem(code="I02", message=message, place=Place(shown))])
    try:
        make_folder(folder)
        files = {**manuscript.pictures, RELEASE: text}  # in this order, so that a release that is there is whole
        save_release(workspace, folder, [FileChange(name, None, content) for name, content in files.items()])
        if not (folder.parent / SCHEMA).exists():
            write_into(folder.parent, {SCHEMA: schema_text().encode()})
    except OSError as error:
        message = f"{workspace.shown(folder)} cannot be written: {error.strerror}"
        raise Refused([Problem(code="I05", message=message, place=Place(shown))]) from None
    return Imported(folder / RELEASE, draft)


def slug_of(source: Path) -> str:
    """The name of a release's folder, from its file's name."""
    name = re.sub(r"-+$", "", slug(source.stem)[:LONGEST_SLUG])
    return name if name[:1].isalpha() else f"r-{name}".rstrip("-")


def _readable(path: Path, top: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(top).parts)
    return path.is_file() and path.suffix.lower() in ENDINGS and not hidden
