"""Read the files of a workspace: the one door by which they come in, and which lets in nothing from outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pressgen.errors import Place, Problem, Refused
from pressgen.files.within import UnfitError, list_within, read_given, read_within, resolve_within

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")
LARGEST = 64 * 1024 * 1024  # bytes of one file; a press photograph has a tenth of it


def read_file(home: Path, file: Path, shown: str) -> bytes:
    """Read a file of a workspace.

    Args:
        home: the folder that no link may lead out of: the workspace, or a release that lies elsewhere.
        file: its path, which begins with `home`.
        shown: the path for messages.

    Raises:
        Refused: it cannot be read, is no regular file, leads out of `home`, or is too large to be what it should be.
    """
    return _refusing(lambda: read_within(home, file, LARGEST), shown)


def read_named(file: Path, shown: str) -> bytes:
    """Read a file that a user named, wherever it lies.

    Raises:
        Refused: it cannot be read, is no regular file, or is too large to be what it should be.
    """
    return _refusing(lambda: read_given(file, LARGEST), shown)


def read_or_nothing(home: Path, file: Path) -> bytes:
    """Read a file of a workspace to look something up in it; nothing where it cannot be read, which `check` tells."""
    try:
        return read_within(home, file, LARGEST)
    except OSError:
        return b""


def list_files(home: Path, folder: Path, shown: str) -> list[str]:
    """List the files in a folder of a workspace, at any depth, by their paths from there, sorted.

    Raises:
        Refused: the folder cannot be read, or leads out of `home`.
    """
    return _refusing(lambda: list_within(home, folder), shown)


def read_files(home: Path, folder: Path, shown: str) -> dict[str, bytes]:
    """Read every file in a folder of a workspace, at any depth, by their paths from there.

    Raises:
        Refused: one cannot be read, or leads out of `home`.
    """
    names = list_files(home, folder, shown)
    return {name: read_file(home, folder / name, f"{shown}/{name}") for name in names}


def locate(root: Path, path: Path, shown: str) -> tuple[Path, Path]:
    """Find where a file that a user named lies, without the links on the way to it.

    Args:
        root: the workspace's.
        path: the file, which is there.
        shown: the path for messages.

    Returns: the folder that no link may lead out of, and the file's own path: the workspace for what lies there, the
        file's folder for what lies elsewhere.

    Raises:
        Refused: the path begins in the workspace, and a link on it leads out.
    """
    within = find_within(root, path.absolute())
    if within is not None:
        return root, _refusing(lambda: resolve_within(root, within), shown)
    found = path.resolve()
    return (root if found.is_relative_to(root) else found.parent), found


def find_folder(root: Path, folder: Path, shown: str) -> Path:
    """Return the path of a release's folder, which is there, without the links on the way to it.

    Raises:
        Refused: the path begins in the workspace, and a link on it leads out.
    """
    within = find_within(root, folder.absolute())
    return folder.resolve() if within is None else _refusing(lambda: resolve_within(root, within), shown)


def home_of(root: Path, folder: Path) -> tuple[Path, Path]:
    """Return the folder that no link may lead out of when `folder` is written, and `folder` from there.

    The workspace, for a folder of it; any other folder itself: a user named it.
    """
    within = find_within(root, folder.absolute())
    return (root, within) if within is not None else (folder, folder)


def find_within(root: Path, path: Path) -> Path | None:
    """Return an absolute path as one that begins with `root`, None where it does not lead through `root`."""
    if path.is_relative_to(root) and ".." not in path.parts:
        return path
    for above in reversed((path, *path.parents)):
        if above.resolve() == root:
            return root.joinpath(*path.parts[len(above.parts) :])
    return None


def _refusing(read: Callable[[], T], shown: str) -> T:
    try:
        return read()
    except UnfitError as error:
        message = str(error.strerror).removeprefix(f"{shown} ")  # the place names it already
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
    raise Refused([Problem(code="K01", message=message, place=Place(shown))])
