"""A folder that a web server serves: files appear in it whole, in a given order, and nothing of them before.

Every step goes by way of folders held open, so that a symbolic link put in meanwhile is met as one and refused.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING

from pressgen.deliver.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
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


def publish(folder: Path, files: Mapping[str, bytes], gone: Collection[str] = ()) -> Outcome:
    """Put `files` into `folder`, and take away the files that are `gone`; to do it again changes nothing.

    All files are written and forced to the disk under a name that tells nothing; then they are renamed in the order
    of `files`, so what leads to others (an index, a feed) belongs last. A failure leaves each name with its old bytes
    or its new ones, never with half of them.

    Args:
        folder: made where it is missing.
        files: the bytes by path, relative to the folder, with `/`.
        gone: paths to take away.

    Raises:
        ValueError: a path leads out of the folder, or is none.
    """
    ways = {path: _steps(path) for path in (*files, *gone)}
    with _told(folder, len(files)) as outcome:
        folder.mkdir(parents=True, exist_ok=True)
        with _held(os.open(folder, os.O_RDONLY | os.O_DIRECTORY)) as root:
            _clear(root)
            changed = {path: files[path] for path in files if not _there(root, ways[path], files[path])}
            for path in gone:
                _there(root, ways[path], b"")
            if changed:
                _put(root, {path: (ways[path], content) for path, content in changed.items()})
            for path in gone:
                _take_away(root, ways[path])
    return outcome[0]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Files that are on the disk, outside the folder where they will appear.

    Attributes:
        aside: the folder that holds them, under numbers.
        folder: where they belong.
        paths: where each belongs there, in the order of the numbers.
    """

    aside: Path
    folder: Path
    paths: tuple[str, ...]


def set_aside(aside: Path, folder: Path, files: Mapping[str, bytes]) -> Waiting | None:
    """Write `files` for `folder` to the disk under `aside`, so that to publish them is only to rename them.

    Args:
        aside: a folder that nobody else reads; made where it is missing, for its owner only.
        folder: made where it is missing.
        files: as in `publish`.

    Returns: what waits, or None where the two are on different disks.

    Raises:
        OSError: they cannot be written; nothing is left.
    """
    for path in files:
        _steps(path)
    folder.mkdir(parents=True, exist_ok=True)
    aside.mkdir(mode=0o700, parents=True, exist_ok=True)
    if aside.stat().st_dev != folder.stat().st_dev:
        return None
    with _held(os.open(aside, FOLDER)) as handle:
        _clear(handle)
    waiting = Waiting(aside / (INCOMING + token_hex(8)), folder, tuple(files))
    waiting.aside.mkdir(mode=0o700)
    with _held(os.open(waiting.aside, FOLDER)) as handle:
        try:
            for number, content in enumerate(files.values()):
                _write(handle, str(number), content)
        except OSError:
            clear_away(waiting)
            raise
    return waiting


def reveal(waiting: Waiting) -> Outcome:
    """Rename files that wait to where they belong, in their order."""
    with _told(waiting.folder, len(waiting.paths)) as outcome:
        with (
            _held(os.open(waiting.aside, FOLDER)) as aside,
            _held(os.open(waiting.folder, os.O_RDONLY | os.O_DIRECTORY)) as root,
        ):
            ways = [_steps(path) for path in waiting.paths]
            for steps in ways:
                _there(root, steps, b"")
            _rename(aside, root, ways)
        clear_away(waiting)
    return outcome[0]


def clear_away(waiting: Waiting) -> None:
    """Take away files that wait no more."""
    with suppress(FileNotFoundError):
        with _held(os.open(waiting.aside, FOLDER)) as aside:
            _empty(aside)
        waiting.aside.rmdir()


@contextmanager
def _told(folder: Path, count: int) -> Iterator[list[Outcome]]:
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


def _steps(path: str) -> list[str]:
    steps = path.split("/")
    if any(step in ("", ".", "..") or "\0" in step or "\\" in step for step in steps):
        raise ValueError(f"{path!r} is no path within the folder")
    return steps


@contextmanager
def _held(handle: int) -> Iterator[int]:
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
                _make(handle, step)
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


def _make(parent: int, name: str) -> None:
    try:
        os.mkdir(name, 0o755, dir_fd=parent)
    except FileExistsError:
        return
    os.fsync(parent)


def _in_the_way(steps: list[str]) -> str:
    return f"{'/'.join(steps)} is a symbolic link, or of another kind than it must be; take it away"


def _there(root: int, steps: list[str], content: bytes) -> bool:
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


def _put(root: int, files: Mapping[str, tuple[list[str], bytes]]) -> None:
    """Write the files aside, then rename each to its place."""
    name = INCOMING + token_hex(8)
    os.mkdir(name, 0o700, dir_fd=root)
    with _held(os.open(name, FOLDER, dir_fd=root)) as aside:
        try:
            for number, (_, content) in enumerate(files.values()):
                _write(aside, str(number), content)
            _rename(aside, root, [steps for steps, _ in files.values()])
        finally:
            _empty(aside)
            os.rmdir(name, dir_fd=root)


def _rename(aside: int, root: int, ways: list[list[str]]) -> None:
    """Rename the files called 0, 1, … to where they belong; all first, then what waits for the disk."""
    parents: dict[tuple[str, ...], int] = {}
    with ExitStack() as held:
        for number, steps in enumerate(ways):
            way = tuple(steps[:-1])
            if way not in parents:
                parents[way] = held.enter_context(_parent(root, steps, make=True))
            os.rename(str(number), steps[-1], src_dir_fd=aside, dst_dir_fd=parents[way])
        for parent in parents.values():
            os.fsync(parent)


def _write(parent: int, name: str, content: bytes) -> None:
    with os.fdopen(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | FILE, 0o644, dir_fd=parent), "wb") as file:
        file.write(content)
        file.flush()
        os.fchmod(file.fileno(), 0o644)
        os.fsync(file.fileno())


def _take_away(root: int, steps: list[str]) -> None:
    try:
        with _parent(root, steps) as parent:
            os.unlink(steps[-1], dir_fd=parent)
            os.fsync(parent)
    except FileNotFoundError:
        return


def _clear(root: int) -> None:
    """Take away what a process that was killed has left."""
    for name in os.listdir(root):
        if name.startswith(INCOMING) and time.time() - os.stat(name, dir_fd=root).st_mtime > STALE:
            with _held(os.open(name, FOLDER, dir_fd=root)) as left:
                _empty(left)
            os.rmdir(name, dir_fd=root)


def _empty(folder: int) -> None:
    for name in os.listdir(folder):
        os.unlink(name, dir_fd=folder)
