"""Write files whole or not at all, with the right permissions.

A file that is replaced keeps its owner, group, permissions and access list. A new one takes the owner's and the group's
bits of its folder, and none for others, whatever the umask says; so does a new folder. The group's bits are taken only
where the new file has its folder's group, which a set-group-id folder sees to: a shared office uses such a one. Only
the newsroom is for everybody: `channels.safe_folder` writes it.

No file can be read by more people for an instant than in the end: each is made for its owner only.
"""

from __future__ import annotations

import os
from contextlib import suppress
from secrets import token_hex
from typing import TYPE_CHECKING

from pressgen.files.modes import NEW_FILE, close_on_exit, make_folder, open_folder, set_file_mode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


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
