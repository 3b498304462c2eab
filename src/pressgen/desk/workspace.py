"""The workspace: a folder with `releases/` and `templates/`, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem, Refused, WrongUse
from pressgen.text.expression import near

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pressgen.errors import Locate
    from pressgen.load.source import SourceText
    from pressgen.model.house import HouseFolder
    from pressgen.model.release import Release

RELEASE = "release.yaml"
LARGEST = 64 * 1024 * 1024  # bytes of one file; a press photograph has a tenth of it


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
        path = path.resolve()
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


@dataclass(frozen=True, slots=True)
class Desk:
    """A release on the desk: read, with its house and its files.

    Attributes:
        media: the bytes of the pictures and attachments that it names, by name.
        locate: the place of a character of its data, or of its house's.
        inputs: the bytes of everything that it is made from, by a name that is the same in any folder.
    """

    folder: Path
    release: Release
    house: HouseFolder
    media: Mapping[str, bytes]
    locate: Locate
    inputs: Mapping[str, bytes]

    @property
    def slug(self) -> str:
        """The name of the release's folder, and of its files."""
        return self.folder.name


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


def take(workspace: Workspace, path: Path) -> Desk:
    """Read a release, a folder or its `release.yaml`, with its house and the files that it names.

    Raises:
        Refused: whatever is wrong with any of them.
        WrongUse: there is no release at `path`.
    """
    from pressgen.load.release import read_release  # noqa: PLC0415 - pydantic is slow to import

    file = path / RELEASE if path.is_dir() else path
    if not file.is_file():
        raise WrongUse(f"{path} is no release: give a folder that holds {RELEASE}, or that file")
    folder = file.resolve().parent
    data = read_file(file, workspace.shown(file))
    beside = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
    loaded = read_release(data, workspace.shown(file), beside=beside, houses=workspace.houses)
    house, wording = take_house(workspace, loaded.release.house, loaded.source.place("house"))
    named = {name: read_file(folder / name, workspace.shown(folder / name)) for name in _files(loaded.release)}
    inputs = {RELEASE: data, **named}
    inputs |= {f"templates/{house.name}/{name}": content for name, content in house.files.items()}

    def locate(path: str, offset: int) -> Place:
        if path.startswith("house."):
            return wording.place(path.removeprefix("house."), offset)
        return loaded.source.place(path, offset)

    return Desk(folder, loaded.release, house, named, locate, inputs)


def take_house(workspace: Workspace, name: str, named_at: Place) -> tuple[HouseFolder, SourceText]:
    """Read the house `name`, which a release or a command names at `named_at`, with every file in its folder.

    Raises:
        Refused: there is no such house, or its `house.yaml` is at fault.
    """
    from pressgen.load.house import read_house  # noqa: PLC0415 - as above

    if name not in workspace.houses:
        message = f"there is no house “{name}” under templates/{near(name, workspace.houses)}"
        raise Refused([Problem(code="H01", message=message, place=named_at, path="house")])
    folder = workspace.root / "templates" / name
    files = {
        each.relative_to(folder).as_posix(): read_file(each, workspace.shown(each))
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }
    return read_house(files, name, workspace.shown(folder))


def read_file(file: Path, shown: str) -> bytes:
    """The bytes of a file.

    Raises:
        Refused: it cannot be read, or is too large to be what it should be.
    """
    try:
        if file.stat().st_size > LARGEST:
            message = f"is larger than {LARGEST // 1024 // 1024} MB"
        else:
            return file.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
    raise Refused([Problem(code="F01", message=message, place=Place(shown))])


def _files(release: Release) -> list[str]:
    """The pictures and attachments that a release names."""
    from pressgen.model.release import ImageBlock  # noqa: PLC0415 - as above

    pictures = [block.image.file for block in release.body if isinstance(block, ImageBlock)]
    return sorted({*pictures, *(attachment.file for attachment in release.attachments)})
