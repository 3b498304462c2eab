"""Folders held open: every step goes by way of one, so that a symbolic link put in meanwhile is met and refused."""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pressgen.deliver.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INCOMING = ".incoming-"
"""How the names of folders begin in which files wait to be renamed; the rest of such a name is chance."""
STALE = 3600
"""Seconds after which such a folder is left over from a process that was killed."""
FOLDER, FILE = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, os.O_NOFOLLOW | os.O_CLOEXEC
WAY_OUT = {
    errno.ENOSPC: "the disk is full; make room",
    errno.EDQUOT: "the disk quota is used up; make room",
    errno.EROFS: "the disk is read-only; mount it for writing",
    errno.EACCES: "it may not be written; let the user who runs pressgen write there",
    errno.EPERM: "it may not be written; let the user who runs pressgen write there",
}


class Obstructed(Exception):
    """Something in the folder must be taken away by a person first."""


@contextmanager
def told(folder: Path, count: int) -> Iterator[list[Outcome]]:
    """What became of the `with`, once it has ended."""
    outcome: list[Outcome] = []
    try:
        yield outcome
    except Obstructed as obstacle:
        outcome.append(Outcome(ok=False, detail=f"{folder}: {obstacle}"))
    except OSError as error:
        why = WAY_OUT.get(error.errno or 0, f"cannot be written: {error.strerror}")
        outcome.append(Outcome(ok=False, detail=f"{folder}: {why}"))
    else:
        outcome.append(Outcome(ok=True, detail=f"{count} files in {folder}"))


def steps_of(path: str) -> list[str]:
    """The names on the way to a file.

    Raises:
        ValueError: the path leads out of the folder, or is none.
    """
    steps = path.split("/")
    if any(step in ("", ".", "..") or "\0" in step or "\\" in step for step in steps):
        raise ValueError(f"{path!r} is no path within the folder")
    return steps


@contextmanager
def held(handle: int) -> Iterator[int]:
    """A handle, closed at the end."""
    try:
        yield handle
    finally:
        os.close(handle)


@contextmanager
def _parent(root: int, steps: list[str], *, make: bool = False) -> Iterator[int]:
    """The folder that holds the file at `steps`, open; made on the way if asked.

    Raises:
        FileNotFoundError: it is not there and not to be made.
        Obstructed: a symbolic link or a file is in the way.
    """
    handle = os.dup(root)
    try:
        for at, step in enumerate(steps[:-1], 1):
            if make:
                with suppress(FileExistsError):
                    os.mkdir(step, 0o755, dir_fd=handle)
            try:
                inner = os.open(step, FOLDER, dir_fd=handle)
            except OSError as error:
                if error.errno in (errno.ELOOP, errno.ENOTDIR):
                    raise Obstructed(_in_the_way(steps[:at])) from None
                raise
            os.close(handle)
            handle = inner
        yield handle
    finally:
        os.close(handle)


def _in_the_way(steps: list[str]) -> str:
    return f"{'/'.join(steps)} is a symbolic link, or of another kind than it must be; take it away"


def there(root: int, steps: list[str], content: bytes) -> bool:
    """Whether the file holds `content` already.

    Raises:
        Obstructed: a symbolic link or a folder is in its place or on the way.
    """
    try:
        with _parent(root, steps) as parent:
            found = os.stat(steps[-1], dir_fd=parent, follow_symlinks=False)
            if not stat.S_ISREG(found.st_mode):
                raise Obstructed(_in_the_way(steps))
            if found.st_size != len(content):
                return False
            with os.fdopen(os.open(steps[-1], os.O_RDONLY | FILE, dir_fd=parent), "rb") as file:
                return file.read() == content
    except FileNotFoundError:
        return False


def rename(aside: int, root: int, ways: list[list[str]]) -> None:
    """Rename the files called 0, 1, … to where they belong."""
    for number, steps in enumerate(ways):
        with _parent(root, steps, make=True) as parent:
            os.rename(str(number), steps[-1], src_dir_fd=aside, dst_dir_fd=parent)


def force(root: int, ways: list[list[str]]) -> None:
    """Force the names of files to the disk, and those of the folders on the way to them."""
    for folder in sorted({tuple(steps[:depth]) for steps in ways for depth in range(len(steps))}):
        with _parent(root, [*folder, ""]) as parent:
            os.fsync(parent)


def write(parent: int, name: str, content: bytes) -> None:
    """Write a new file, and force it to the disk."""
    with os.fdopen(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | FILE, 0o644, dir_fd=parent), "wb") as file:
        file.write(content)
        file.flush()
        os.fchmod(file.fileno(), 0o644)
        os.fsync(file.fileno())


def take_away(root: int, steps: list[str]) -> None:
    """Take a file away, if it is there."""
    try:
        with _parent(root, steps) as parent:
            os.unlink(steps[-1], dir_fd=parent)
            os.fsync(parent)
    except FileNotFoundError:
        return


def clear(root: int) -> None:
    """Take away what a process that was killed has left."""
    for name in os.listdir(root):
        if name.startswith(INCOMING) and time.time() - os.stat(name, dir_fd=root).st_mtime > STALE:
            with held(os.open(name, FOLDER, dir_fd=root)) as left:
                empty(left)
            os.rmdir(name, dir_fd=root)


def empty(folder: int) -> None:
    """Take away every file of a folder."""
    for name in os.listdir(folder):
        os.unlink(name, dir_fd=folder)
