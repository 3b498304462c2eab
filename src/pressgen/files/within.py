"""Read and write files within a folder, and never outside it.

A path or a symbolic link cannot change that. Every step goes by way of an open folder (man 2 openat), so a link that is
put in while we look is met as well. A link that stays within the folder is followed, one that leads out is refused.
Only regular files are read: nothing waits for a pipe, or asks a device.

A hard link cannot be distinguished from the file itself. Linux lets nobody make one to a file that they cannot read and
write (fs.protected_hardlinks), so a hard link gives away nothing that they could not have copied.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pressgen.files.atomic import OPEN_FOLDER, close_on_exit, make_folder, make_folder_in, open_folder, write_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MOST_LINKS = 40
"""The most links that are followed on one path, as in Linux (man 7 path_resolution)."""
DEEPEST = 64
"""How many folders within folders are listed."""
PART = 16 * 1024 * 1024
"""Bytes that are read at a time."""
READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class UnsuitableFileError(OSError):
    """A file that is irregular or too large; `strerror` says which."""


class OutsideFolderError(UnsuitableFileError):
    """A path that leads out of the folder it must stay in.

    `strerror` says which link does, where it leads, and what to do.
    """

    def __init__(self, way: str, root: Path) -> None:
        """Say that `way` leads out of `root`."""
        super().__init__(errno.EXDEV, f"{way}, outside {root}; put the file or folder itself there")


def read_within(root: Path, file: Path, largest: int) -> bytes:
    """Read a regular file within `root`.

    Args:
        root: a folder; links on the way to it are followed.
        file: its path, which begins with `root`.
        largest: the most bytes that it may have.

    Raises:
        OutsideFolderError: it is not within `root`.
        OSError: it is not there, is not a regular file, is too large, or may not be read.
    """
    with _open_walk(root) as walk, close_on_exit(walk.open_file(_split_path(root, file))) as handle:
        return read_all(handle, largest)


def read_user_file(file: Path, largest: int) -> bytes:
    """Read a regular file that a user named, wherever it is.

    Raises:
        OSError: it is not there, is not a regular file, is too large, or may not be read.
    """
    with close_on_exit(os.open(file, READ & ~os.O_NOFOLLOW)) as handle:
        return read_all(handle, largest)


def read_all(handle: int, largest: int) -> bytes:
    """Read an open file to its end.

    Raises:
        OSError: it is not a regular file, is too large, or cannot be read.
    """
    found = os.fstat(handle)
    _require_regular_file(found)
    parts, room = [b""], largest + 1 - found.st_size
    size = found.st_size + 1
    while room > 0 and (part := os.read(handle, min(size, PART))):  # a file may grow, and one in /proc says 0
        parts.append(part)
        room = largest + 1 - sum(map(len, parts))
    if room <= 0:
        raise UnsuitableFileError(errno.EFBIG, f"is larger than {largest // 1024 // 1024} MB")
    return b"".join(parts)


def resolve_within(root: Path, path: Path) -> Path:
    """Return the path of a file or folder within `root`, without links.

    Raises:
        OutsideFolderError: it is not within `root`.
        OSError: it is not there.
    """
    with _open_walk(root) as walk:
        walk.follow(_split_path(root, path))
        return root.joinpath(*walk.names)


@contextmanager
def open_folder_within(root: Path, folder: Path, *, make: bool = False) -> Iterator[int]:
    """Open a folder within `root`, and make it if `make` is set.

    Raises:
        OutsideFolderError: it is not within `root`.
        OSError: it is not there, or cannot be made.
    """
    if make:
        make_folder(root)
    with _open_walk(root) as walk:
        walk.enter(_split_path(root, folder), make=make)
        yield walk.handle


def write_within(root: Path, folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files, all or none, into a folder within `root`.

    The folder is made where it is missing.

    Raises:
        OutsideFolderError: it is not within `root`.
        OSError: one cannot be written.
    """
    with open_folder_within(root, folder, make=True) as handle:
        write_files(handle, files)


def list_within(root: Path, folder: Path) -> list[str]:
    """List the files of a folder within `root`, at any depth.

    Their paths begin at the folder; they are sorted. A link to a file is listed, and so is each that leads out of
    `root`, so that reading it raises the error. Links to folders within `root` are not followed.

    Raises:
        OutsideFolderError: the folder is not within `root`.
        OSError: it does not exist, or its folders are nested too deeply.
    """
    with _open_walk(root) as walk:
        walk.enter(_split_path(root, folder))
        return sorted(_list_files(root, walk.handle, tuple(walk.names), ""))


def _list_files(root: Path, folder: int, names: tuple[str, ...], before: str) -> Iterator[str]:
    if before.count("/") > DEEPEST:
        raise UnsuitableFileError(errno.ENAMETOOLONG, f"has more than {DEEPEST} folders within each other")
    for name in os.listdir(folder):
        with suppress(FileNotFoundError):
            kind = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
            if stat.S_ISDIR(kind):
                with close_on_exit(os.open(name, OPEN_FOLDER | os.O_NOFOLLOW, dir_fd=folder)) as inner:
                    yield from _list_files(root, inner, (*names, name), f"{before}{name}/")
            elif stat.S_ISREG(kind) or (stat.S_ISLNK(kind) and _is_file(root, (*names, name))):
                yield before + name


def _is_file(root: Path, names: tuple[str, ...]) -> bool:
    """Return whether a link leads to a file, or out of `root`."""
    try:
        with _open_walk(root) as walk:
            return stat.S_ISREG(walk.follow([*names]))
    except OutsideFolderError:
        return True
    except OSError:
        return False


def _split_path(root: Path, path: Path) -> list[str]:
    home, whole = f"{root}/".replace("//", "/"), str(path)
    if not f"{whole}/".startswith(home):
        raise OutsideFolderError(f"{path} is somewhere else", root)
    return whole[len(home) :].split("/")


def _require_regular_file(found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(found.st_mode):
        raise UnsuitableFileError(errno.EINVAL, "is not a regular file, but a pipe, a socket or a device")


@contextmanager
def _open_walk(root: Path) -> Iterator[_FolderWalk]:
    walk = _FolderWalk(root)
    try:
        yield walk
    finally:
        walk.close()


class _FolderWalk:
    """A walk through the folders within `root`.

    `names` is the present folder, without links.
    """

    def __init__(self, root: Path) -> None:
        self.names: list[str] = []
        self._root = root
        self._handles = [open_folder(root)]
        self._links = 0
        self._last = ""

    @property
    def handle(self) -> int:
        """The descriptor of the present folder, open until `close`."""
        return self._handles[-1]

    def close(self) -> None:
        """Close the folders that it has opened."""
        for handle in self._handles:
            os.close(handle)

    def enter(self, steps: list[str], *, make: bool = False) -> None:
        """Go into folders, one after the other."""
        ahead = steps[::-1]
        while ahead:
            step = ahead.pop()
            if step in ("", "."):
                continue
            if step == "..":
                self._leave(steps)
                continue
            try:
                inner = os.open(step, OPEN_FOLDER | os.O_NOFOLLOW, dir_fd=self.handle)
            except FileNotFoundError:
                if not make:
                    raise
                with suppress(FileExistsError):  # somebody else was quicker
                    make_folder_in(self.handle, step)
                ahead.append(step)
            except OSError as error:
                if error.errno not in (errno.ELOOP, errno.ENOTDIR):
                    raise
                ahead += self._target(step)[::-1]
            else:
                self._handles.append(inner)
                self.names.append(step)

    def follow(self, steps: list[str]) -> int:
        """Go to a file or folder, through all links; return its `st_mode`."""
        while True:
            *folders, last = steps or ["."]
            self.enter(folders)
            if last in ("", ".", ".."):
                self.enter([last])
                return os.fstat(self.handle).st_mode
            kind = os.stat(last, dir_fd=self.handle, follow_symlinks=False).st_mode
            if not stat.S_ISLNK(kind):
                self.names.append(last)
                return kind
            steps = self._target(last)

    def open_file(self, steps: list[str]) -> int:
        """Go to a regular file and open it."""
        while True:
            kind = self.follow(steps)
            if stat.S_ISDIR(kind) or not stat.S_ISREG(kind):
                _require_regular_file(os.stat_result([kind, *[0] * 9]))
            last = self.names.pop()
            try:
                return os.open(last, READ, dir_fd=self.handle)
            except OSError as error:
                if error.errno != errno.ELOOP:  # a link was put there just now
                    raise
                steps = [last]

    def _target(self, link: str) -> list[str]:
        """Return the steps of the path that a link holds."""
        try:
            target = os.readlink(link, dir_fd=self.handle)
        except OSError:
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), link) from None
        self._links += 1
        if self._links > MOST_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), link)
        self._last = f"{'/'.join([*self.names, link])} is a symbolic link to {target}"
        if not target.startswith("/"):
            return target.split("/")
        home = f"{os.path.realpath(self._root)}/".replace("//", "/")
        if not f"{target}/".startswith(home):
            raise OutsideFolderError(self._last, self._root)
        while self.names:
            self._leave([])
        return target[len(home) :].split("/")

    def _leave(self, steps: list[str]) -> None:
        if not self.names:
            raise OutsideFolderError(self._last or f"{'/'.join(steps)} leads", self._root)
        os.close(self._handles.pop())
        self.names.pop()
