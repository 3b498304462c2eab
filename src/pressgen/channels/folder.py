"""Publish files into a folder that a web server serves.

Files appear whole and in a given order; nothing of them is visible before.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from pressgen.channels.safe_folder import (
    INCOMING,
    Access,
    capture_outcome,
    empty_folder,
    flush_to_disk,
    has_content,
    list_files,
    make_locked_folder,
    move_into_place,
    remove_file,
    remove_stale_folders,
    split_path,
    write_private_file,
)
from pressgen.files.atomic import close_on_exit, make_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from pressgen.channels.outcome import DeliveryOutcome


def publish_files(
    folder: Path, files: Mapping[str, bytes], gone: Collection[str] = (), access: Access = Access.ALL
) -> DeliveryOutcome:
    """Write files into a folder, and remove those that are gone.

    Doing it again changes nothing.

    All files are written and flushed to disk under a neutral name; then they are renamed in the order of `files`, so
    files that link to others (an index, a feed) belong last. A failure leaves each name with its old bytes or its new
    ones, never with half of them.

    Args:
        folder: created where it is missing.
        files: the bytes by path, relative to the folder, with `/`.
        gone: paths to remove.
        access: who may read the files.

    Raises:
        ValueError: a path leads out of the folder, or is none.
    """
    ways = {path: split_path(path) for path in (*files, *gone)}
    with capture_outcome(folder, len(files)) as outcome:
        make_folder(folder, mode=access.folder)
        with close_on_exit(os.open(folder, os.O_RDONLY | os.O_DIRECTORY)) as root:
            remove_stale_folders(root)
            changed = {path: files[path] for path in files if not has_content(root, ways[path], files[path], access)}
            for path in gone:
                has_content(root, ways[path], b"", access)
            if changed:
                _write_files(root, {path: (ways[path], content) for path, content in changed.items()}, access)
            for path in gone:
                remove_file(root, ways[path])
    return outcome[0]


def _write_files(root: int, files: Mapping[str, tuple[list[str], bytes]], access: Access) -> None:
    """Write the files to a staging folder, then rename each."""
    name, handle = make_locked_folder(root, INCOMING)
    with close_on_exit(handle) as aside:
        try:
            for number, (_, content) in enumerate(files.values()):
                write_private_file(aside, str(number), content)
            ways = [steps for steps, _ in files.values()]
            move_into_place(aside, root, ways, access)
            flush_to_disk(root, ways)
        finally:
            empty_folder(aside)
            os.rmdir(name, dir_fd=root)


def remove_leftovers(folder: Path) -> None:
    """Remove what killed processes left in a published folder.

    Raises:
        OSError: it cannot be read or written.
    """
    with (
        suppress(FileNotFoundError, NotADirectoryError),
        close_on_exit(os.open(folder, os.O_RDONLY | os.O_DIRECTORY)) as root,
    ):
        remove_stale_folders(root)


def list_published_files(folder: Path, *below: str) -> dict[str, os.stat_result]:
    """List the files of a folder by path, without following links.

    `below` names a subfolder; where it is missing there are no files.

    Raises:
        OSError: it cannot be read.
    """
    try:
        root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return {}
    with close_on_exit(root):
        return dict(list_files(root, list(below)))
