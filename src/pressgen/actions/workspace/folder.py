"""The workspace: a folder with `releases/` and `templates/`."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.actions.workspace.fonts import add_machine_fonts
from pressgen.actions.workspace.read_files import list_files, read_file, read_files, resolve_file_argument
from pressgen.errors import InputError, Place, Problem, UsageError
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from pressgen.errors import Locate
    from pressgen.load.release import ParsedRelease
    from pressgen.load.source import SourceText
    from pressgen.model.house import HouseFolder
    from pressgen.model.release import Release

    TakeHouse = Callable[["Workspace", str, Place], tuple[HouseFolder, SourceText]]

RELEASE = "release.yaml"
TRANSLATION = re.compile(r"release\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\.yaml")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with `releases/` and `templates/`."""

    root: Path

    @property
    def releases(self) -> list[Path]:
        """The folders of its releases, by name."""
        return sorted(path.parent for path in (self.root / "releases").glob(f"*/{RELEASE}"))

    @property
    def houses(self) -> list[str]:
        """The names of its houses."""
        return sorted(path.name for path in (self.root / "templates").iterdir() if path.is_dir())

    def shown(self, path: Path) -> str:
        """Return a path for messages.

        It begins at the workspace if it is inside, and is absolute otherwise.
        """
        if not (path.is_relative_to(self.root) and ".." not in path.parts):
            path = path.resolve()
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


@dataclass(frozen=True, slots=True)
class LoadedRelease:
    """A release in one language, with its house and its files.

    Attributes:
        suffix: `.cy` for the translation `release.cy.yaml`, empty for the release itself.
        media: the bytes of the pictures and attachments that it names, by name.
        source: its file as read.
        locate: returns the place of a character of its data, or of its house's.
        inputs: the bytes of every input, by a name that is the same in any folder.
    """

    folder: Path
    suffix: str
    release: Release
    house: HouseFolder
    media: Mapping[str, bytes]
    source: SourceText
    locate: Locate
    inputs: Mapping[str, bytes]

    @property
    def slug(self) -> str:
        """The name of the release's folder, and of its files."""
        return self.folder.name

    @property
    def name(self) -> str:
        """The name of this language's files, without their ending."""
        return self.slug + self.suffix


def find_workspace(given: Path | None, near_to: Iterable[Path], here: Path) -> Workspace:
    """Find the workspace: the folder given, or the nearest with `templates/`.

    Without `given`, it looks upwards from `here`, then from each folder of `near_to`.

    Raises:
        UsageError: there is none.
    """
    starts = [given] if given else [here, *near_to]
    for start in starts:
        folder = start.resolve()
        for each in [folder] if given else [folder, *folder.parents]:
            if (each / "templates").is_dir():
                return Workspace(each)
    where = f"{given} has no templates/ folder" if given else "neither this folder nor one above it has templates/"
    raise UsageError(f"{where}; make a workspace with: pressgen init FOLDER")


def find_release_file(workspace: Workspace, path: Path) -> Path:
    """Find the file of a release.

    `path` is the release's folder, its `release.yaml` or its name in `releases/`.

    Raises:
        UsageError: there is no release at `path`.
    """
    if not path.exists() and (workspace.root / "releases" / path).is_dir():
        path = workspace.root / "releases" / path
    translation = TRANSLATION.fullmatch(path.name) is not None
    file = path / RELEASE if path.is_dir() else path.with_name(RELEASE) if translation else path
    if not file.is_file():
        raise UsageError(f"{path} is not a release: give a folder that contains {RELEASE}, or that file")
    return file


def list_translations(folder: str) -> set[str]:
    """List the file names of the translations in a release's folder."""
    return {name for name in os.listdir(folder) if name.startswith("release.") and TRANSLATION.fullmatch(name)}  # noqa: PTH208 - ten thousand times in a second or two


def load_release(
    workspace: Workspace,
    path: Path,
    house_of: TakeHouse | None = None,
    instead: Mapping[str, bytes] | None = None,
    *,
    incomplete: bool = False,
) -> list[LoadedRelease]:
    """Load a release and its translations, with everything they are built from.

    Args:
        workspace: the release's.
        path: as for `find_release_file`.
        house_of: reads its house; None for `load_house`, which always reads the files.
        instead: replacements for files of the release, by name, to see their effect.
        incomplete: whether to read it as `read_incomplete_release` does, to look for further faults.

    Returns:
        the release, and after it each translation from its folder, `release.LANGUAGE.yaml`.

    Raises:
        InputError: one of them is at fault, or a translation differs from the release.
        UsageError: there is no release at `path`.
    """
    from pressgen.load.release import read_incomplete_release, read_release

    read_data = read_incomplete_release if incomplete else read_release
    file = find_release_file(workspace, path)
    home, real = resolve_file_argument(workspace.root, file, workspace.shown(file))
    folder = real.parent
    files = set(list_files(home, folder, workspace.shown(folder)))
    problems: list[Problem] = []
    read: list[tuple[str, bytes, ParsedRelease]] = []
    for name in [file.name, *sorted(filter(TRANSLATION.fullmatch, files))]:
        shown = workspace.shown(folder / name)
        data = (instead or {}).get(name) or read_file(home, folder / name, shown)
        try:
            read.append((name, data, read_data(data, shown, beside=files, houses=workspace.houses)))
        except InputError as refusal:
            problems += refusal.problems
    if problems:
        raise InputError(problems)
    if len(read) > 1:
        _check_translations(read)
    original = read[0][2]  # the translations have the same house
    house = (house_of or load_house)(workspace, original.release.house, original.source.place("house"))
    return [_load_language(workspace, (home, folder), house, each) for each in read]


def _check_translations(read: list[tuple[str, bytes, ParsedRelease]]) -> None:
    """Check that every translation agrees with the release."""
    from pressgen.load.translation_checks import find_disagreements

    (_, _, original), *translations = read
    if problems := [
        problem
        for name, _, translation in translations
        for problem in find_disagreements(original, translation, _get_language(name))
    ]:
        raise InputError(problems)


def _load_language(
    workspace: Workspace,
    place: tuple[Path, Path],
    taken: tuple[HouseFolder, SourceText],
    read: tuple[str, bytes, ParsedRelease],
) -> LoadedRelease:
    """Load the house and files of one language of a release."""
    (home, folder), (house, wording), (name, data, loaded) = place, taken, read
    named = _read_media(workspace, home, folder, loaded)
    if named:
        from pressgen.load.pictures import find_picture_problems

        if problems := list(find_picture_problems(loaded, named)):
            raise InputError(problems)
    house = add_machine_fonts(house, data.decode(errors="replace"))
    inputs = {name: data, **named}
    inputs |= {f"templates/{house.name}/{each}": content for each, content in house.files.items()}

    def locate(path: str, offset: int) -> Place:
        if path.startswith("house."):
            return wording.place(path.removeprefix("house."), offset)
        return loaded.source.place(path, offset)

    language = _get_language(name)
    return LoadedRelease(
        folder, f".{language}" if language else "", loaded.release, house, named, loaded.source, locate, inputs
    )


def _get_language(name: str) -> str:
    """Return the language in a file's name.

    It is `cy` for `release.cy.yaml`, and empty for `release.yaml`.
    """
    match = TRANSLATION.fullmatch(name)
    return match[1] if match else ""


def load_house(
    workspace: Workspace, name: str, named_at: Place, files: Mapping[str, bytes] | None = None
) -> tuple[HouseFolder, SourceText]:
    """Load a house with every file in its folder.

    A release or a command names the house at `named_at`. `files` are the house's files, as `read_house_files` returns
    them, where they have been read already.

    Raises:
        InputError: there is no such house, or its `house.yaml` is at fault.
    """
    from pressgen.load.house import read_house

    if name not in workspace.houses:
        message = f"there is no house “{name}” under templates/{suggest_name(name, workspace.houses)}"
        raise InputError([Problem(code="R22", message=message, place=named_at, path="house")])
    shown = workspace.shown(workspace.root / "templates" / name)
    return read_house(read_house_files(workspace, name) if files is None else files, name, shown)


def read_house_files(workspace: Workspace, name: str) -> dict[str, bytes]:
    """Read every file of a house, by its path within the folder.

    Raises:
        InputError: one cannot be read.
    """
    folder = workspace.root / "templates" / name
    return read_files(workspace.root, folder, workspace.shown(folder))


def _read_media(workspace: Workspace, home: Path, folder: Path, loaded: ParsedRelease) -> dict[str, bytes]:
    """Read the pictures and attachments of a release, by name.

    Raises:
        InputError: some cannot be read; each has the line that names it.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name, path in sorted(_list_media(loaded.release).items()):
        try:
            found[name] = read_file(home, folder / name, workspace.shown(folder / name))
        except InputError as refusal:
            for each in refusal.problems:
                joint = (
                    ": " if "/" in each.message.partition(" ")[0] else " "
                )  # an error of a parent folder begins with its path
                place = loaded.source.place(path)
                problems.append(replace(each, message=f"“{name}”{joint}{each.message}", place=place, path=path))
    if problems:
        raise InputError(problems)
    return found


def _list_media(release: Release) -> dict[str, str]:
    """List the pictures and attachments of a release, each with its path."""
    from pressgen.model.release import ImageBlock

    attached = {each.file: f"attachments[{index}].file" for index, each in enumerate(release.attachments)}
    blocks = enumerate(release.body)
    return attached | {each.image.file: f"body[{at}].image.file" for at, each in blocks if isinstance(each, ImageBlock)}
