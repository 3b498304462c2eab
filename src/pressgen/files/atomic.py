"""Write files whole or not at all, with the right permissions.

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
from secrets import token_hex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
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


def write_files(folder: int, files: Mapping[str, bytes], *, sync: bool = False) -> None:
    """Write files into an open folder under temporary names, then rename them.

    Args:
        folder: the folder; a link in it that has the name of a file is replaced, and not followed.
        files: contents by name.
        sync: whether the contents are forced to the disk before they are renamed.

    Raises:
        OSError: one cannot be written; none of the new ones is left.
    """
    waiting: list[tuple[str, str]] = []
    try:
        for name, content in files.items():
            waiting.append((f".{token_hex(8)}.part", name))
            write_new_file(folder, waiting[-1][0], content, instead_of=name, sync=sync)
        while waiting:
            os.rename(*waiting[0], src_dir_fd=folder, dst_dir_fd=folder)
            del waiting[0]
    finally:
        for temporary, _ in waiting:
            with suppress(FileNotFoundError):
                os.unlink(temporary, dir_fd=folder)


def write_new_file(
    folder: int, name: str, content: bytes, *, instead_of: str | None = None, sync: bool = False
) -> None:
    """Write a new file into an open folder.

    It gets the permissions of the file that it will replace, `instead_of`.

    Raises:
        FileExistsError: something has that name.
        OSError: it cannot be written; nothing is left of it.
    """
    with os.fdopen(os.open(name, NEW_FILE, 0o600, dir_fd=folder), "wb") as file:
        try:
            file.write(content)
            file.flush()
            set_file_mode(file.fileno(), folder, instead_of)
            if sync:
                os.fsync(file.fileno())
        except BaseException:
            os.unlink(name, dir_fd=folder)
            raise


def write_into(folder: Path, files: Mapping[str, bytes], *, sync: bool = False) -> None:
    """Write files into a folder, which is made where it is missing.

    They are written as by `write_files`.

    Raises:
        OSError: one cannot be written, or the folder not made; none of the new files is left.
    """
    make_folder(folder)
    with close_on_exit(open_folder(folder)) as handle:
        write_files(handle, files, sync=sync)


def write_tree(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their paths below `root`.

    It is a folder of our own, and is made where it is missing.

    Raises:
        OSError: one cannot be written.
        ValueError: a path leads out of `root`.
    """
    for path, content in files.items():
        steps = path.split("/")
        if any(step in ("", ".", "..") or "\0" in step or "\\" in step for step in steps):
            raise ValueError(f"{path!r} is no path within the folder")
        write_into(root.joinpath(*steps[:-1]), {steps[-1]: content})


def create_empty_file(file: Path) -> None:
    """Create an empty file where there is none.

    An example is a database's file, before the database opens it.

    Raises:
        OSError: it cannot be made.
    """
    with close_on_exit(open_folder(file.parent)) as folder, suppress(FileExistsError):
        write_new_file(folder, file.name, b"")


def open_lock_file(file: Path) -> int:
    """Open a file for locking, and create it where it is missing.

    Return the file descriptor.

    Raises:
        OSError: it cannot be made or opened.
    """
    create_empty_file(file)
    return os.open(file, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
