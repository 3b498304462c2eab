"""Replace a file so that the old one can still be inspected.

On Linux, `renameat2(…, RENAME_EXCHANGE)` (Linux 3.15, man 2 rename) swaps two names in one step: the file that had the
name at that instant then has the other name. File systems without it (for example NFS) get a second link to the old
file, then a plain rename. Every step uses an open directory, so that nothing is written to a symbolic link, or anything
else, that replaces the directory meanwhile.
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

from pressgen.files.atomic import write_new_file

if TYPE_CHECKING:
    from typing import BinaryIO

RENAME_EXCHANGE = 2
NOT_HERE = {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM}
"""The error codes of a kernel or file system that cannot swap two names, or give a file a second one."""
OLD = ".old"
"""The temporary ending of a replaced file's name, where names cannot be swapped."""
PATIENCE, PAUSE = 5.0, 0.01
"""Seconds to wait for a program that is writing the replaced file, and between two checks."""
READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A name in an open directory, used or not.

    Attributes:
        folder: the open folder's handle.
        name: without a slash.
    """

    folder: int
    name: str

    def beside(self, name: str) -> DirectoryEntry:
        """Return another name in the same folder."""
        return DirectoryEntry(self.folder, name)

    def neighbours(self, beginning: str) -> list[DirectoryEntry]:
        """Return the entries of the folder with names of that beginning, sorted."""
        with os.scandir(self.folder) as entries:
            return [self.beside(name) for name in sorted(each.name for each in entries) if name.startswith(beginning)]

    def exists(self) -> bool:
        """Return whether the folder has an entry of this name."""
        try:
            os.stat(self.name, dir_fd=self.folder, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return True

    def rename(self, other: DirectoryEntry) -> None:
        """Rename the entry to `other`, and replace any file there.

        Raises:
            OSError: there is no such entry, or the folder cannot be written.
        """
        os.rename(self.name, other.name, src_dir_fd=self.folder, dst_dir_fd=other.folder)

    def link(self, other: DirectoryEntry) -> None:
        """Link the file under the name `other` as well.

        Raises:
            FileExistsError: the other name is in use.
            OSError: there is no such entry, or the folder cannot be written.
        """
        os.link(self.name, other.name, src_dir_fd=self.folder, dst_dir_fd=other.folder, follow_symlinks=False)

    def unlink(self) -> None:
        """Delete the entry, if there is one.

        Raises:
            OSError: the folder cannot be written.
        """
        with suppress(FileNotFoundError):
            os.unlink(self.name, dir_fd=self.folder)

    def open(self) -> BinaryIO:
        """Open the regular file of this name for reading.

        Raises:
            OSError: it cannot be read, or is not a regular file.
        """
        file = os.fdopen(os.open(self.name, READ, dir_fd=self.folder), "rb")
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise OSError(errno.EINVAL, "is not a regular file", self.name)
        return file

    def read(self) -> bytes:
        """Return the content of the regular file of this name.

        Raises:
            OSError: as `open`.
        """
        with self.open() as file:
            return file.read()


def write_beside(target: DirectoryEntry, content: bytes, name: str) -> DirectoryEntry:
    """Write a file next to another, with the same owner and permissions.

    Raises:
        OSError: it cannot be written; nothing is left of it.
    """
    write_new_file(target.folder, name, content, instead_of=target.name, sync=True)
    return target.beside(name)


def exchange_files(new: DirectoryEntry, target: DirectoryEntry) -> None:
    """Swap a new file with the file at the target.

    The old file has the new file's name afterwards.

    If the file system cannot swap two names, a file that another program renames to `target` between two of our calls
    is lost; a file that is written in place is kept, unless the file system has no second links either.

    Raises:
        OSError: there is no file at `target`, or the folder cannot be written; both files are unchanged.
    """
    if _swap_names(new, target):
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


def rename_to_unused_name(new: DirectoryEntry, target: DirectoryEntry) -> None:
    """Rename a new file to a name that no file has yet.

    Raises:
        FileExistsError: the name is in use; both files are unchanged.
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


def _swap_names(one: DirectoryEntry, other: DirectoryEntry) -> bool:
    """Swap two names; return False where the system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(one.folder, os.fsencode(one.name), other.folder, os.fsencode(other.name), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in NOT_HERE:
        return False
    raise OSError(code, os.strerror(code), other.name)


def read_when_idle(slot: DirectoryEntry) -> bytes:
    """Read a file once no program has it open for writing.

    It waits a few seconds for a program that is writing the file.

    Linux gives a read lease only on a file that nobody has open for writing (man 2 fcntl, F_SETLEASE). If it gives none
    for other reasons (another owner's file, a network), the file is read without one.

    Raises:
        OSError: it cannot be read, or another program keeps writing it (`errno.EBUSY`).
    """
    ends = time.monotonic() + PATIENCE
    with slot.open() as file:
        while _is_being_written(file.fileno()):
            if time.monotonic() > ends:
                raise OSError(errno.EBUSY, "another program is writing it")
            time.sleep(PAUSE)
        return file.read()


def _is_being_written(handle: int) -> bool:
    """Return whether a program has the file open for writing."""
    with suppress(OSError):  # a writer waits while we hold it; the signal about that is ignored
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
    try:
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False
