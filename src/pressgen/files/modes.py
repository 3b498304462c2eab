"""Permissions of the files and folders that pressgen writes.

A file that is replaced keeps its owner, group, permissions and access list. A new one takes the owner's and the group's
bits of its folder, and none for others, whatever the umask says; so does a new folder. The group's bits are taken only
where the new file has its folder's group, which a set-group-id folder sees to: a shared office uses such a one. Only
the newsroom is for everybody: `channels.safe_folder` writes it.

No file can be read by more people for an instant than in the end: each is made for its owner only.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OPEN_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
NEW_FILE = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
OWNER, GROUP = stat.S_IRWXU, stat.S_IRWXG
ACCESS_LIST = "system.posix_acl_access"


@contextmanager
def close_on_exit(handle: int) -> Iterator[int]:
    """Yield a file descriptor, and close it at the end."""
    try:
        yield handle
    finally:
        os.close(handle)


def open_folder(folder: Path) -> int:
    """Open a folder that a user named, following links.

    Raises:
        OSError: it is not there, is no folder, or may not be read.
    """
    return os.open(folder, OPEN_FOLDER)


def set_file_mode(handle: int, folder: int, name: str | None) -> None:
    """Give a new file the permissions of the file it replaces.

    That is the file `name` in `folder`; without one, the file gets those of a new one.

    Args:
        handle: the new file, open, which only its owner can read yet.
        folder: the folder, open.
        name: the name of the file that it replaces; a symbolic link counts as none. None for no such file.
    """
    old = None
    if name is not None:
        with suppress(FileNotFoundError):
            old = os.stat(name, dir_fd=folder, follow_symlinks=False)
    if name is None or old is None or not stat.S_ISREG(old.st_mode):
        os.fchmod(handle, (stat.S_IRUSR | stat.S_IWUSR) | (_get_group_bits(handle, os.fstat(folder)) & 0o060))
        return
    with suppress(PermissionError):  # only root gives files away
        os.fchown(handle, old.st_uid, -1)
    with suppress(PermissionError):  # only to a group of one's own
        os.fchown(handle, -1, old.st_gid)
    same_group = os.fstat(handle).st_gid == old.st_gid
    os.fchmod(handle, stat.S_IMODE(old.st_mode) & ~(0 if same_group else GROUP))
    reading = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with suppress(OSError), close_on_exit(os.open(name, reading, dir_fd=folder)) as like:  # not all disks have them
        for each in os.listxattr(like):
            if same_group or each != ACCESS_LIST:
                os.setxattr(handle, each, os.getxattr(like, each))


def make_folder(folder: Path, *, mode: int | None = None, own: bool = False) -> None:
    """Make a folder and its missing parents.

    An existing folder stays unchanged.

    Args:
        folder: its path, which a user named; links on the way are followed.
        mode: of each new folder; None for the bits of the one above it, without those for others.
        own: whether it is for its owner only, unless the folder above is shared by a set-group-id bit.

    Raises:
        OSError: it cannot be made, or something else has its name.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent, mode=mode, own=own)
    with close_on_exit(open_folder(folder.parent)) as parent:
        try:
            make_folder_in(parent, folder.name, mode=mode, own=own)
        except FileExistsError:
            if not folder.is_dir():  # else somebody was quicker
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(folder)) from None


def make_folder_in(parent: int, name: str, *, mode: int | None = None, own: bool = False) -> None:
    """Make the folder `name` in an open folder.

    `mode` and `own` are as in `make_folder`.

    Raises:
        FileExistsError: something has that name.
        OSError: it cannot be made.
    """
    os.mkdir(name, OWNER, dir_fd=parent)
    with close_on_exit(os.open(name, OPEN_FOLDER | os.O_NOFOLLOW, dir_fd=parent)) as made:
        if mode is None:
            set_folder_mode(made, os.fstat(parent), own=own)
        else:
            os.fchmod(made, mode)


def set_folder_mode(folder: int, parent: os.stat_result, *, own: bool = False) -> None:
    """Set the permissions of an open folder from those of `parent`.

    Others get none; `own` is as in `make_folder`.
    """
    shared = parent.st_mode & stat.S_ISGID
    group = 0 if own and not shared else _get_group_bits(folder, parent)
    os.fchmod(folder, OWNER | group | shared)


def _get_group_bits(handle: int, folder: os.stat_result) -> int:
    """Return a folder's group bits, if the file has the same group."""
    return folder.st_mode & GROUP if os.fstat(handle).st_gid == folder.st_gid else 0
