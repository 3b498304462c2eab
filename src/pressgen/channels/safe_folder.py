"""Write through open folder handles, to be safe from symbolic links.

A link that somebody adds meanwhile cannot redirect us: it is found and refused.
"""

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

from pressgen.channels.outcome import DeliveryOutcome
from pressgen.files.atomic import close_on_exit, make_folder_in, set_file_mode
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INCOMING = ".incoming-"
"""The prefix of folders in which files wait to be renamed; the rest of such a name is random."""
STALE = 3600
"""Seconds after which such a folder counts as left over, where the disk has no locks."""
YOUNG = 600
"""Seconds for which such a folder of another machine is left alone even if its lock seems free."""
REMADE = 5
"""How often a folder is created again if another process removes it."""
FOLDER, FILE = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, os.O_NOFOLLOW | os.O_CLOEXEC
READ_ALL = 0o444
WAY_OUT = {
    errno.ENOSPC: "the disk is full; make room",
    errno.EDQUOT: "the disk quota is used up; make room",
    errno.EROFS: "the disk is read-only; mount it for writing",
    **dict.fromkeys((errno.EACCES, errno.EPERM), "it cannot be written; let the user who runs pressgen write there"),
}


class Access(Enum):
    """The readers that files are for.

    Attributes:
        ALL: everybody, as in a newsroom that a web server reads as another user.
        FOLDER: the readers of their folder, as in `files.atomic`.
    """

    ALL = "all"
    FOLDER = "folder"

    @property
    def folder(self) -> int | None:
        """The mode of a new folder; None for that of `files.atomic`."""
        return 0o755 if self is Access.ALL else None


class PathBlockedError(Exception):
    """An obstacle in a folder that a person must remove first."""


@contextmanager
def capture_outcome(folder: Path, count: int) -> Iterator[list[DeliveryOutcome]]:
    """Record the outcome of a `with` block in a list."""
    outcome: list[DeliveryOutcome] = []
    try:
        yield outcome
    except PathBlockedError as obstacle:
        outcome.append(DeliveryOutcome(ok=False, detail=f"{folder}: {obstacle}"))
    except OSError as error:
        why = WAY_OUT.get(error.errno or 0, f"cannot be written: {error.strerror}")
        outcome.append(DeliveryOutcome(ok=False, detail=f"{folder}: {why}"))
    else:
        outcome.append(DeliveryOutcome(ok=True, detail=f"{format_count(count, 'file')} in {folder}"))


def split_path(path: str) -> list[str]:
    """Split a path into the names of its folders and its file.

    Raises:
        ValueError: the path leads out of the folder, or is none.
    """
    steps = path.split("/")
    if any(step in ("", ".", "..") or "\0" in step or "\\" in step for step in steps):
        raise ValueError(f"{path!r} is no path within the folder")
    return steps


@contextmanager
def _open_parent(root: int, steps: list[str], *, make: Access | None = None) -> Iterator[int]:
    """Open the folder that holds a file.

    Raises:
        FileNotFoundError: it is missing and `make` is None.
        PathBlockedError: a symbolic link or a file is in the way.
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
                    raise PathBlockedError(_describe_obstacle(steps[:at])) from None
                raise
            os.close(handle)
            handle = inner
        yield handle
    finally:
        os.close(handle)


def _describe_obstacle(steps: list[str]) -> str:
    return f"{'/'.join(steps)} is a symbolic link, or not the kind of file it should be; remove it"


def has_content(root: int, steps: list[str], content: bytes, access: Access) -> bool:
    """Return whether a file holds `content` and is readable enough.

    Raises:
        PathBlockedError: a symbolic link or a folder is in its place or on the way.
    """
    try:
        with _open_parent(root, steps) as parent:
            found = os.stat(steps[-1], dir_fd=parent, follow_symlinks=False)
            if not stat.S_ISREG(found.st_mode):
                raise PathBlockedError(_describe_obstacle(steps))
            if found.st_size != len(content) or (access is Access.ALL and found.st_mode & READ_ALL != READ_ALL):
                return False
            with os.fdopen(os.open(steps[-1], os.O_RDONLY | FILE, dir_fd=parent), "rb") as file:
                return file.read() == content
    except FileNotFoundError:
        return False


def move_into_place(aside: int, root: int, ways: list[list[str]], access: Access) -> None:
    """Rename the files called 0, 1, … to their final names.

    Until then only their owner can read them.
    """
    for number, steps in enumerate(ways):
        _move_file(aside, str(number), root, steps, access)


def _move_file(aside: int, name: str, root: int, steps: list[str], access: Access) -> None:
    """Rename one file; another process may remove its folder."""
    for attempt in range(REMADE):
        with _open_parent(root, steps, make=access) as parent:
            try:
                _grant_access(access, aside, name, parent, steps[-1])
                os.rename(name, steps[-1], src_dir_fd=aside, dst_dir_fd=parent)
            except FileNotFoundError:
                if attempt == REMADE - 1:
                    raise
            else:
                return


def _grant_access(access: Access, aside: int, name: str, parent: int, final: str) -> None:
    """Let the final readers of a file read it."""
    with close_on_exit(os.open(name, os.O_RDONLY | FILE, dir_fd=aside)) as file:
        if access is Access.ALL:
            os.fchmod(file, 0o644)
        else:
            set_file_mode(file, parent, final)


def flush_to_disk(root: int, ways: list[list[str]]) -> None:
    """Force the names of files and of their folders to disk."""
    for folder in sorted({tuple(steps[:depth]) for steps in ways for depth in range(len(steps))}):
        with _open_parent(root, [*folder, ""]) as parent:
            os.fsync(parent)


def write_private_file(parent: int, name: str, content: bytes) -> None:
    """Write a new file for its owner only, and flush it."""
    with os.fdopen(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | FILE, 0o600, dir_fd=parent), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def remove_file(root: int, steps: list[str]) -> None:
    """Remove a file, and the folders that become empty."""
    with suppress(FileNotFoundError), _open_parent(root, steps) as parent:
        os.unlink(steps[-1], dir_fd=parent)
        os.fsync(parent)
    for depth in range(len(steps) - 1, 0, -1):
        with suppress(OSError), _open_parent(root, steps[:depth]) as parent:
            os.rmdir(steps[depth - 1], dir_fd=parent)


def list_files(root: int, below: list[str]) -> Iterator[tuple[str, os.stat_result]]:
    """List the files at `below` by path, without following links."""
    try:
        handle = _open_folder(root, below)
    except (FileNotFoundError, PathBlockedError):
        return
    with close_on_exit(handle) as folder:
        for name in sorted(os.listdir(folder)):  # noqa: PTH208 - a handle
            with suppress(FileNotFoundError):
                found = os.stat(name, dir_fd=folder, follow_symlinks=False)
                if stat.S_ISDIR(found.st_mode):
                    yield from list_files(root, [*below, name])
                elif stat.S_ISREG(found.st_mode):
                    yield "/".join([*below, name]), found


def _open_folder(root: int, steps: list[str]) -> int:
    with _open_parent(root, [*steps, ""]) as found:
        return os.dup(found)


def make_locked_folder(root: int, name: str) -> tuple[str, int]:
    """Make a folder with this prefix, and hold its lock.

    The kernel releases the lock when the process ends.

    Returns: its whole name, and its handle; the lock is held as long as the handle is open.
    """
    while True:
        whole = f"{name}{_make_machine_id()}-{token_hex(8)}"
        os.mkdir(whole, 0o700, dir_fd=root)
        with suppress(FileNotFoundError):  # another process removed it before we had the lock
            handle = os.open(whole, FOLDER, dir_fd=root)
            with suppress(OSError):  # a disk without locks; then only the age counts
                fcntl.flock(handle, fcntl.LOCK_EX)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.stat(whole, dir_fd=root), os.fstat(handle)):
                    return whole, handle
            os.close(handle)


def _make_machine_id() -> str:
    """Return an id of this machine that does not reveal its name."""
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def remove_stale_folders(root: int, prefix: str = INCOMING) -> None:
    """Remove the folders of processes that were killed.

    Folders of a living process or another user stay.
    """
    for name in os.listdir(root):
        if not name.startswith(prefix):
            continue
        with (
            suppress(FileNotFoundError, NotADirectoryError, PermissionError),
            close_on_exit(os.open(name, FOLDER, dir_fd=root)) as left,
        ):
            if _is_stale(left, ours=name.startswith(f"{prefix}{_make_machine_id()}-")):
                _remove_tree(root, name, left)


def _is_stale(folder: int, *, ours: bool) -> bool:
    """Return whether no process holds a folder any more.

    Then its lock is ours until it is closed. Locks may not work between machines that share the disk, so a folder of
    another machine must also have some age.
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
            with close_on_exit(os.open(inner, FOLDER, dir_fd=folder)) as handle:
                _remove_tree(folder, inner, handle)
        else:
            os.unlink(inner, dir_fd=folder)
    os.rmdir(name, dir_fd=parent)


def empty_folder(folder: int) -> None:
    """Remove every file of a folder."""
    for name in os.listdir(folder):
        os.unlink(name, dir_fd=folder)
