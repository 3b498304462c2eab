"""Read the files of a workspace.

All files come in here, and none from outside the workspace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pressgen.errors import InputError, Place, Problem
from pressgen.files.within import UnsuitableFileError, list_within, read_user_file, read_within, resolve_within

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")
LARGEST = 64 * 1024 * 1024  # bytes of one file; a press photograph has a tenth of it


def read_file(home: Path, file: Path, shown: str) -> bytes:
    """Read a file of a workspace.

    Args:
        home: the folder that no link may lead out of: the workspace, or the folder of a release outside it.
        file: its path, which begins with `home`.
        shown: the path for messages.

    Raises:
        InputError: it cannot be read, is not a regular file, leads out of `home`, or is too large.
    """
    return _read_or_refuse(lambda: read_within(home, file, LARGEST), shown)


def read_file_argument(file: Path, shown: str) -> bytes:
    """Read a file that a user named, at any place.

    Raises:
        InputError: it cannot be read, is not a regular file, or is too large.
    """
    return _read_or_refuse(lambda: read_user_file(file, LARGEST), shown)


def read_or_empty(home: Path, file: Path) -> bytes:
    """Read a file of a workspace; return nothing if it is unreadable.

    Use it to look something up. `pressgen check` reports files that cannot be read.
    """
    try:
        return read_within(home, file, LARGEST)
    except OSError:
        return b""


def list_files(home: Path, folder: Path, shown: str) -> list[str]:
    """List the files in a folder of a workspace, at any depth.

    Their paths begin at that folder, and are sorted.

    Raises:
        InputError: the folder cannot be read, or leads out of `home`.
    """
    return _read_or_refuse(lambda: list_within(home, folder), shown)


def read_files(home: Path, folder: Path, shown: str) -> dict[str, bytes]:
    """Read every file in a folder of a workspace, at any depth.

    Their paths begin at that folder.

    Raises:
        InputError: one cannot be read, or leads out of `home`.
    """
    names = list_files(home, folder, shown)
    return {name: read_file(home, folder / name, f"{shown}/{name}") for name in names}


def resolve_file_argument(root: Path, path: Path, shown: str) -> tuple[Path, Path]:
    """Resolve the path of a file that a user named.

    Args:
        root: the workspace's.
        path: the file, which exists.
        shown: the path for messages.

    Returns:
        the folder that no link may lead out of, and the file's own path. The folder is the workspace for a file
            inside it, and else the file's folder.

    Raises:
        InputError: the path begins in the workspace, and a link on it leads out.
    """
    within = find_path_within(root, path.absolute())
    if within is not None:
        return root, _read_or_refuse(lambda: resolve_within(root, within), shown)
    found = path.resolve()
    return (root if found.is_relative_to(root) else found.parent), found


def resolve_folder(root: Path, folder: Path, shown: str) -> Path:
    """Resolve the path of a release's folder, which must exist.

    Raises:
        InputError: the path begins in the workspace, and a link on it leads out.
    """
    within = find_path_within(root, folder.absolute())
    return folder.resolve() if within is None else _read_or_refuse(lambda: resolve_within(root, within), shown)


def find_write_root(root: Path, folder: Path) -> tuple[Path, Path]:
    """Find the folder that writes into `folder` must not leave.

    Returns that folder, and `folder` as a path from it. It is the workspace for a folder inside it, else the folder
    itself, which a user named.
    """
    within = find_path_within(root, folder.absolute())
    return (root, within) if within is not None else (folder, folder)


def find_path_within(root: Path, path: Path) -> Path | None:
    """Rewrite an absolute path to begin with `root`, or return None.

    None means that the path does not lead through `root`.
    """
    if path.is_relative_to(root) and ".." not in path.parts:
        return path
    for above in reversed((path, *path.parents)):
        if above.resolve() == root:
            return root.joinpath(*path.parts[len(above.parts) :])
    return None


def _read_or_refuse(read: Callable[[], T], shown: str) -> T:
    """Read something; turn any failure into an input error."""
    try:
        return read()
    except UnsuitableFileError as error:
        message = str(error.strerror).removeprefix(f"{shown} ")  # the place names it already
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
    raise InputError([Problem(code="K01", message=message, place=Place(shown))])
