"""Put a new file in the place of another so that what was replaced can still be looked at.

On Linux, `renameat2(…, RENAME_EXCHANGE)` (Linux 3.15, man 2 rename) swaps two names in one step: whatever stood at the
name at that instant is then under the other name. File systems without it (NFS, for one) get a second link to the old
file, then a plain rename. Every step goes by way of an open folder, so what is put in the folder's place meanwhile, a
symbolic link for one, is not written to.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import signal
import stat
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.files.writing import write_new

if TYPE_CHECKING:
    from typing import BinaryIO

RENAME_EXCHANGE = 2
NOT_HERE = {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM}
"""What is said where a kernel or a file system cannot swap two names, or give a file a second one."""
OLD = ".old"
"""Ends the name of a replaced file for a moment, where names cannot be swapped."""
PATIENCE, PAUSE = 5.0, 0.01
"""Seconds to wait for a program that is writing the replaced file, and between two looks."""
READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Slot:
    """A name in an open folder, whatever stands at it.

    Attributes:
        folder: the open folder's handle.
        name: without a slash.
    """

    folder: int
    name: str

    def beside(self, name: str) -> Slot:
        """Another name in the same folder."""
        return Slot(self.folder, name)

    def neighbours(self, beginning: str) -> list[Slot]:
        """What stands in the same folder under names of that beginning, sorted."""
        with os.scandir(self.folder) as entries:
            return [self.beside(name) for name in sorted(each.name for each in entries) if name.startswith(beginning)]

    def exists(self) -> bool:
        """Whether anything stands at it."""
        try:
            os.stat(self.name, dir_fd=self.folder, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return True

    def rename(self, other: Slot) -> None:
        """Have what stands here stand at `other`, in the place of what stands there.

        Raises:
            OSError: nothing stands here, or the folder cannot be written.
        """
        os.rename(self.name, other.name, src_dir_fd=self.folder, dst_dir_fd=other.folder)

    def link(self, other: Slot) -> None:
        """Give what stands here the name `other` as well.

        Raises:
            FileExistsError: something stands at `other`.
            OSError: nothing stands here, or the folder cannot be written.
        """
        os.link(self.name, other.name, src_dir_fd=self.folder, dst_dir_fd=other.folder, follow_symlinks=False)

    def unlink(self) -> None:
        """Take away what stands at it, if anything does.

        Raises:
            OSError: the folder cannot be written.
        """
        with suppress(FileNotFoundError):
            os.unlink(self.name, dir_fd=self.folder)

    def open(self) -> BinaryIO:
        """Open the regular file at it for reading.

        Raises:
            OSError: it cannot be read, or is no regular file.
        """
        file = os.fdopen(os.open(self.name, READ, dir_fd=self.folder), "rb")
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise OSError(errno.EINVAL, "is no regular file", self.name)
        return file

    def read(self) -> bytes:
        """Return the content of the regular file at it.

        Raises:
            OSError: as `open`.
        """
        with self.open() as file:
            return file.read()


def write_beside(target: Slot, content: bytes, name: str) -> Slot:
    """Write `content` to disk as the file `name` beside `target`, to be read by whom `target` is.

    Raises:
        OSError: it cannot be written; nothing is left of it.
    """
    write_new(target.folder, name, content, instead_of=target.name, sync=True)
    return target.beside(name)


def exchange(new: Slot, target: Slot) -> None:
    """Put the file `new` at `target`; what stood at `target` is at `new` afterwards.

    Where the file system cannot swap two names, a file that another program renames to `target` between two of our
    calls is lost; one that is written in place is not, unless the file system has no second links either.

    Raises:
        OSError: nothing stands at `target`, or the folder cannot be written; both are as they were.
    """
    if _swap(new, target):
        return
    aside = new.beside(new.name + OLD)
    try:
        target.link(aside)
    except OSError as error:
        if error.errno not in NOT_HERE:
            raise
        write_beside(target, target.read(), aside.name)
    new.rename(target)
    aside.rename(new)


def create(new: Slot, target: Slot) -> None:
    """Give the file `new` the name `target`, which is nobody's yet.

    Raises:
        FileExistsError: something stands there; both are as they were.
        OSError: the folder cannot be written.
    """
    try:
        new.link(target)
    except OSError as error:
        if error.errno not in NOT_HERE:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target.name) from None
        new.rename(target)
    else:
        new.unlink()


def _swap(one: Slot, other: Slot) -> bool:
    """Swap two names; False where the system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(one.folder, os.fsencode(one.name), other.folder, os.fsencode(other.name), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in NOT_HERE:
        return False
    raise OSError(code, os.strerror(code), other.name)


def read_settled(slot: Slot) -> bytes:
    """The content of a file once no program has it open for writing, which is waited for a few seconds.

    Linux gives a read lease only on a file that nobody has open for writing (man 2 fcntl, F_SETLEASE). Where it gives
    none for other reasons (another's file, a network), the file is read as it is.

    Raises:
        OSError: it cannot be read, or is being written all the while (`errno.EBUSY`).
    """
    ends = time.monotonic() + PATIENCE
    with slot.open() as file:
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
