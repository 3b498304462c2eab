"""Put a new file in the place of another so that what was replaced can still be looked at.

On Linux, `renameat2(…, RENAME_EXCHANGE)` (Linux 3.15, man 2 rename) swaps two names in one step: whatever stood at the
name at that instant is then under the other name. File systems without it (NFS, for one) get a second link to the old
file, then a plain rename.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from pressgen.files.modes import closing_fd, open_folder
from pressgen.files.writing import write_new

if TYPE_CHECKING:
    from pathlib import Path

RENAME_EXCHANGE, AT_FDCWD = 2, -100
NOT_HERE = {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM}
"""What is said where a kernel or a file system cannot swap two names, or give a file a second one."""
OLD = ".old"
"""Ends the name of a replaced file for a moment, where names cannot be swapped."""
PATIENCE, PAUSE = 5.0, 0.01
"""Seconds to wait for a program that is writing the replaced file, and between two looks."""


def write_beside(target: Path, content: bytes, name: str) -> Path:
    """Write `content` to disk as the file `name` beside `target`, to be read by whom `target` is.

    Raises:
        OSError: it cannot be written; nothing is left of it.
    """
    with closing_fd(open_folder(target.parent)) as folder:
        write_new(folder, name, content, instead_of=target.name, sync=True)
    return target.with_name(name)


def exchange(new: Path, target: Path) -> None:
    """Put the file `new` at `target`; what stood at `target` is at `new` afterwards.

    Where the file system cannot swap two names, a file that another program renames to `target` between two of our
    calls is lost; one that is written in place is not, unless the file system has no second links either.

    Raises:
        OSError: nothing stands at `target`, or the folder cannot be written; both are as they were.
    """
    if _swap(new, target):
        return
    aside = new.with_name(new.name + OLD)
    try:
        os.link(target, aside, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NOT_HERE:
            raise
        shutil.copy2(target, aside)
    new.replace(target)
    aside.replace(new)


def create(new: Path, target: Path) -> None:
    """Give the file `new` the name `target`, which is nobody's yet.

    Raises:
        FileExistsError: something stands there; both are as they were.
        OSError: the folder cannot be written.
    """
    try:
        os.link(new, target)
    except OSError as error:
        if error.errno not in NOT_HERE:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(target)) from None
        new.replace(target)
    else:
        new.unlink()


def _swap(one: Path, other: Path) -> bool:
    """Swap two names; False where the system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in NOT_HERE:
        return False
    raise OSError(code, os.strerror(code), os.fspath(other))


def read_settled(path: Path) -> bytes:
    """The content of a file once no program has it open for writing, which is waited for a few seconds.

    Linux gives a read lease only on a file that nobody has open for writing (man 2 fcntl, F_SETLEASE). Where it gives
    none for other reasons (another's file, a network), the file is read as it is.

    Raises:
        OSError: it cannot be read, or is being written all the while (`errno.EBUSY`).
    """
    ends = time.monotonic() + PATIENCE
    with path.open("rb") as file:
        while _is_being_written(file.fileno()):
            if time.monotonic() > ends:
                raise OSError(errno.EBUSY, "another program is writing it")
            time.sleep(PAUSE)
        return file.read()


def _is_being_written(handle: int) -> bool:
    with suppress(OSError):  # who wants to write while the lease is held waits; that is told by a signal nobody heeds
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
    try:
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk.

    Raises:
        OSError: the disk fails.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
