"""Folders held open: every step goes by way of one, so that a symbolic link put in meanwhile is met and refused."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import socket
import stat
import time
from contextlib import contextmanager, suppress
from enum import Enum
from secrets import token_hex
from typing import TYPE_CHECKING

from pressgen.channels.outcome import Outcome
from pressgen.files.modes import closing_fd, make_folder_in, set_mode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INCOMING = ".incoming-"
"""How the names of folders begin in which files wait to be renamed; the rest of such a name is chance."""
STALE = 3600
"""Seconds after which such a folder is left over, where the disk knows no locks that would say so."""
YOUNG = 600
"""Seconds for which such a folder of another machine is left alone even if nobody seems to hold its lock."""
REMADE = 5
"""How often a folder is made again that another process removes meanwhile."""
FOLDER, FILE = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, os.O_NOFOLLOW | os.O_CLOEXEC
READ_ALL = 0o444
WAY_OUT = {
    errno.ENOSPC: "the disk is full; make room",
    errno.EDQUOT: "the disk quota is used up; make room",
    errno.EROFS: "the disk is read-only; mount it for writing",
    errno.EACCES: "it may not be written; let the user who runs pressgen write there",
    errno.EPERM: "it may not be written; let the user who runs pressgen write there",
}


class Access(Enum):
    """Whom files are for.

    Attributes:
        ALL: everybody, as in a newsroom that a web server reads as another user.
        FOLDER: those for whom their folder is, as `files.modes` says.
    """

    ALL = "all"
    FOLDER = "folder"

    @property
    def folder(self) -> int | None:
        """The mode of a folder that is made for them; None for what `files.modes` says."""
        return 0o755 if self is Access.ALL else None


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
def _parent(root: int, steps: list[str], *, make: Access | None = None) -> Iterator[int]:
    """The folder that holds the file at `steps`, open; made on the way, for whom `make` says, if it says so.

    Raises:
        FileNotFoundError: it is not there and not to be made.
        Obstructed: a symbolic link or a file is in the way.
    """
    handle = os.dup(root)
    try:
        for at, step in enumerate(steps[:-1], 1):
            if make:
                with suppress(FileExistsError):
                    make_folder_in(handle, step, mode=make.folder)
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


def there(root: int, steps: list[str], content: bytes, access: Access) -> bool:
    """Whether the file holds `content` already, and may be read by everybody if it is for everybody.

    Raises:
        Obstructed: a symbolic link or a folder is in its place or on the way.
    """
    try:
        with _parent(root, steps) as parent:
            found = os.stat(steps[-1], dir_fd=parent, follow_symlinks=False)
            if not stat.S_ISREG(found.st_mode):
                raise Obstructed(_in_the_way(steps))
            if found.st_size != len(content) or (access is Access.ALL and found.st_mode & READ_ALL != READ_ALL):
                return False
            with os.fdopen(os.open(steps[-1], os.O_RDONLY | FILE, dir_fd=parent), "rb") as file:
                return file.read() == content
    except FileNotFoundError:
        return False


def rename(aside: int, root: int, ways: list[list[str]], access: Access) -> None:
    """Rename the files called 0, 1, … to where they belong; until then only their owner can read them."""
    for number, steps in enumerate(ways):
        _rename(aside, str(number), root, steps, access)


def _rename(aside: int, name: str, root: int, steps: list[str], access: Access) -> None:
    """Rename one file; a folder on the way may be removed by somebody else who finds it empty just then."""
    for attempt in range(REMADE):
        with _parent(root, steps, make=access) as parent:
            try:
                _open_to(access, aside, name, parent, steps[-1])
                os.rename(name, steps[-1], src_dir_fd=aside, dst_dir_fd=parent)
            except FileNotFoundError:
                if attempt == REMADE - 1:
                    raise
            else:
                return


def _open_to(access: Access, aside: int, name: str, parent: int, final: str) -> None:
    """Let those read a file that waits who may read it at its place."""
    with closing_fd(os.open(name, os.O_RDONLY | FILE, dir_fd=aside)) as file:
        if access is Access.ALL:
            os.fchmod(file, 0o644)
        else:
            set_mode(file, parent, final)


def force(root: int, ways: list[list[str]]) -> None:
    """Force the names of files to the disk, and those of the folders on the way to them."""
    for folder in sorted({tuple(steps[:depth]) for steps in ways for depth in range(len(steps))}):
        with _parent(root, [*folder, ""]) as parent:
            os.fsync(parent)


def write(parent: int, name: str, content: bytes) -> None:
    """Write a new file that only its owner can read, and force it to the disk."""
    with os.fdopen(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | FILE, 0o600, dir_fd=parent), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def take_away(root: int, steps: list[str]) -> None:
    """Take a file away, if it is there, and the folders that are empty then: their names may tell something, too."""
    with suppress(FileNotFoundError), _parent(root, steps) as parent:
        os.unlink(steps[-1], dir_fd=parent)
        os.fsync(parent)
    for depth in range(len(steps) - 1, 0, -1):
        with suppress(OSError), _parent(root, steps[:depth]) as parent:
            os.rmdir(steps[depth - 1], dir_fd=parent)


def list_files(root: int, below: list[str]) -> Iterator[tuple[str, os.stat_result]]:
    """Each file in the folder at `below` and in its folders, by its path from `root`; links are not followed."""
    try:
        handle = _folder_at(root, below)
    except (FileNotFoundError, Obstructed):
        return
    with closing_fd(handle) as folder:
        for name in sorted(os.listdir(folder)):  # noqa: PTH208 - a handle
            with suppress(FileNotFoundError):
                found = os.stat(name, dir_fd=folder, follow_symlinks=False)
                if stat.S_ISDIR(found.st_mode):
                    yield from list_files(root, [*below, name])
                elif stat.S_ISREG(found.st_mode):
                    yield "/".join([*below, name]), found


def _folder_at(root: int, steps: list[str]) -> int:
    with _parent(root, [*steps, ""]) as found:
        return os.dup(found)


def make_own_folder(root: int, name: str) -> tuple[str, int]:
    """Make a folder whose name begins with `name`, and hold its lock: the kernel lets go of it when we die.

    Returns: its whole name, and its handle; the lock is held as long as the handle is open.
    """
    while True:
        whole = f"{name}{_machine()}-{token_hex(8)}"
        os.mkdir(whole, 0o700, dir_fd=root)
        with suppress(FileNotFoundError):  # where somebody who clears up was quicker than our lock
            handle = os.open(whole, FOLDER, dir_fd=root)
            with suppress(OSError):  # a disk without locks; then only the age tells
                fcntl.flock(handle, fcntl.LOCK_EX)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.stat(whole, dir_fd=root), os.fstat(handle)):
                    return whole, handle
            os.close(handle)


def _machine() -> str:
    """What names this machine, and tells nobody its name."""
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def clear(root: int, prefix: str = INCOMING) -> None:
    """Take away the folders of processes that were killed; what a living one or another user holds stays."""
    for name in os.listdir(root):
        if not name.startswith(prefix):
            continue
        with (
            suppress(FileNotFoundError, NotADirectoryError, PermissionError),
            closing_fd(os.open(name, FOLDER, dir_fd=root)) as left,
        ):
            if _is_left_over(left, ours=name.startswith(f"{prefix}{_machine()}-")):
                _remove_tree(root, name, left)


def _is_left_over(folder: int, *, ours: bool) -> bool:
    """Whether nobody holds a folder any more; then its lock is ours until it is closed.

    Locks may not reach another machine that shares the disk: what is not of this one must also have some age.
    """
    age = time.time() - os.fstat(folder).st_mtime
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return age > STALE
    return ours or age > YOUNG


def _remove_tree(parent: int, name: str, folder: int) -> None:
    for inner in os.listdir(folder):
        if stat.S_ISDIR(os.stat(inner, dir_fd=folder, follow_symlinks=False).st_mode):
            with closing_fd(os.open(inner, FOLDER, dir_fd=folder)) as handle:
                _remove_tree(folder, inner, handle)
        else:
            os.unlink(inner, dir_fd=folder)
    os.rmdir(name, dir_fd=parent)


def empty(folder: int) -> None:
    """Take away every file of a folder."""
    for name in os.listdir(folder):
        os.unlink(name, dir_fd=folder)
