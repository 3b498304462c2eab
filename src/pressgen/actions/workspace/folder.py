"""The workspace: a folder with `releases/` and `templates/`, and what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.actions.workspace.fonts import with_faces
from pressgen.actions.workspace.reading import list_files, locate, read_file, read_files
from pressgen.errors import Place, Problem, Refused, WrongUse
from pressgen.text.expression import near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from pressgen.errors import Locate
    from pressgen.load.release import LoadedRelease
    from pressgen.load.source import SourceText
    from pressgen.model.house import HouseFolder
    from pressgen.model.release import Release

    TakeHouse = Callable[["Workspace", str, Place], tuple[HouseFolder, SourceText]]

RELEASE = "release.yaml"
TRANSLATION = re.compile(r"release\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\.yaml")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace by its root folder."""

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
        """A path as messages show it: from the workspace where it lies within, else whole."""
        if not (path.is_relative_to(self.root) and ".." not in path.parts):
            path = path.resolve()
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


@dataclass(frozen=True, slots=True)
class Desk:
    """A release on the desk: read, with its house and its files.

    Attributes:
        suffix: `.cy` for the translation `release.cy.yaml`, empty for the release itself.
        media: the bytes of the pictures and attachments that it names, by name.
        source: its file as read.
        locate: the place of a character of its data, or of its house's.
        inputs: the bytes of everything that it is made from, by a name that is the same in any folder.
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
    """The workspace: `given`, else the nearest folder upwards of `here`, else of the first of `near_to` that has one.

    Raises:
        WrongUse: there is none.
    """
    starts = [given] if given else [here, *near_to]
    for start in starts:
        folder = start.resolve()
        for each in [folder] if given else [folder, *folder.parents]:
            if (each / "templates").is_dir():
                return Workspace(each)
    where = f"{given} has no templates/ folder" if given else "no folder with templates/ here or above"
    raise WrongUse(f"{where}; make a workspace with: pressgen init FOLDER")


def release_file(workspace: Workspace, path: Path) -> Path:
    """The file of the release that `path` names: its folder, its `release.yaml` or its name in `releases/`.

    Raises:
        WrongUse: there is no release at `path`.
    """
    if not path.exists() and (workspace.root / "releases" / path).is_dir():
        path = workspace.root / "releases" / path
    translation = TRANSLATION.fullmatch(path.name) is not None
    file = path / RELEASE if path.is_dir() else path.with_name(RELEASE) if translation else path
    if not file.is_file():
        raise WrongUse(f"{path} is no release: give a folder that holds {RELEASE}, or that file")
    return file


def take(
    workspace: Workspace, path: Path, house_of: TakeHouse | None = None, instead: Mapping[str, bytes] | None = None
) -> list[Desk]:
    """Read a release, by its folder, its `release.yaml` or its name in `releases/`, with what it is made from.

    Args:
        workspace: where it lies.
        path: as `release_file` has it.
        house_of: what reads its house; None for `take_house`, which reads it anew.
        instead: what stands for its files of these names, to see what would become of it.

    Returns: the release, and after it each translation that stands beside it as `release.LANGUAGE.yaml`.

    Raises:
        Refused: whatever is wrong with any of them, and whatever a translation says otherwise than the release.
        WrongUse: there is no release at `path`.
    """
    from pressgen.load.release import read_release  # noqa: PLC0415 - pydantic is slow to import

    file = release_file(workspace, path)
    home, real = locate(workspace.root, file, workspace.shown(file))
    folder = real.parent
    beside = set(list_files(home, folder, workspace.shown(folder)))
    problems: list[Problem] = []
    read: list[tuple[str, bytes, LoadedRelease]] = []
    for name in [file.name, *sorted(filter(TRANSLATION.fullmatch, beside))]:
        shown = workspace.shown(folder / name)
        data = (instead or {}).get(name) or read_file(home, folder / name, shown)
        try:
            read.append((name, data, read_release(data, shown, beside=beside, houses=workspace.houses)))
        except Refused as refusal:
            problems += refusal.problems
    if problems:
        raise Refused(problems)
    if len(read) > 1:
        _agree(read)
    original = read[0][2]  # whose house the translations have too
    house = (house_of or take_house)(workspace, original.release.house, original.source.place("house"))
    return [_laid_out(workspace, (home, folder), house, each) for each in read]


def _agree(read: list[tuple[str, bytes, LoadedRelease]]) -> None:
    """See that every translation says what the release says."""
    from pressgen.load.agreement import disagreements  # noqa: PLC0415 - as in take

    (_, _, original), *translations = read
    if problems := [
        problem
        for name, _, translation in translations
        for problem in disagreements(original, translation, _language(name))
    ]:
        raise Refused(problems)


def _laid_out(
    workspace: Workspace,
    place: tuple[Path, Path],
    taken: tuple[HouseFolder, SourceText],
    read: tuple[str, bytes, LoadedRelease],
) -> Desk:
    (home, folder), (house, wording), (name, data, loaded) = place, taken, read
    named = _read_named(workspace, home, folder, loaded)
    if named:
        from pressgen.load.pictures import picture_problems  # noqa: PLC0415 - most releases have no picture

        if problems := list(picture_problems(loaded, named)):
            raise Refused(problems)
    house = with_faces(house, data.decode(errors="replace"))
    inputs = {name: data, **named}
    inputs |= {f"templates/{house.name}/{each}": content for each, content in house.files.items()}

    def locate(path: str, offset: int) -> Place:
        if path.startswith("house."):
            return wording.place(path.removeprefix("house."), offset)
        return loaded.source.place(path, offset)

    language = _language(name)
    return Desk(folder, f".{language}" if language else "", loaded.release, house, named, loaded.source, locate, inputs)


def _language(name: str) -> str:
    """The language that a file's name gives it: `cy` for `release.cy.yaml`, empty for `release.yaml`."""
    match = TRANSLATION.fullmatch(name)
    return match[1] if match else ""


def take_house(
    workspace: Workspace, name: str, named_at: Place, files: Mapping[str, bytes] | None = None
) -> tuple[HouseFolder, SourceText]:
    """Read the house `name`, which a release or a command names at `named_at`, with every file in its folder.

    `files` are those files where they have been read already, as `house_files` gives them.

    Raises:
        Refused: there is no such house, or its `house.yaml` is at fault.
    """
    from pressgen.load.house import read_house  # noqa: PLC0415 - as above

    if name not in workspace.houses:
        message = f"there is no house “{name}” under templates/{near(name, workspace.houses)}"
        raise Refused([Problem(code="R22", message=message, place=named_at, path="house")])
    shown = workspace.shown(workspace.root / "templates" / name)
    return read_house(house_files(workspace, name) if files is None else files, name, shown)


def house_files(workspace: Workspace, name: str) -> dict[str, bytes]:
    """The bytes of every file of the house `name`, by path relative to its folder with `/`.

    Raises:
        Refused: one cannot be read.
    """
    folder = workspace.root / "templates" / name
    return read_files(workspace.root, folder, workspace.shown(folder))


def _read_named(workspace: Workspace, home: Path, folder: Path, loaded: LoadedRelease) -> dict[str, bytes]:
    """Read the pictures and attachments that a release names: their bytes, by name.

    Raises:
        Refused: some cannot be read, each at the line that names it.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name, path in sorted(_files(loaded.release).items()):
        try:
            found[name] = read_file(home, folder / name, workspace.shown(folder / name))
        except Refused as refusal:
            for each in refusal.problems:
                joint = ": " if "/" in each.message.partition(" ")[0] else " "  # a link above it begins with its path
                place = loaded.source.place(path)
                problems.append(replace(each, message=f"“{name}”{joint}{each.message}", place=place, path=path))
    if problems:
        raise Refused(problems)
    return found


def _files(release: Release) -> dict[str, str]:
    """The pictures and attachments that a release names, each with a path of the data that names it."""
    from pressgen.model.release import ImageBlock  # noqa: PLC0415 - as above

    attached = {each.file: f"attachments[{index}].file" for index, each in enumerate(release.attachments)}
    blocks = enumerate(release.body)
    return attached | {each.image.file: f"body[{at}].image.file" for at, each in blocks if isinstance(each, ImageBlock)}
