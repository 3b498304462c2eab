"""A folder that a web server serves: files appear in it whole, in a given order, and nothing of them before."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from pressgen.channels.safe_folder import (
    INCOMING,
    Access,
    clear,
    empty,
    force,
    list_files,
    make_own_folder,
    rename,
    steps_of,
    take_away,
    there,
    told,
    write,
)
from pressgen.files.modes import closing_fd, make_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from pressgen.channels.outcome import Outcome


def publish(
    folder: Path, files: Mapping[str, bytes], gone: Collection[str] = (), access: Access = Access.ALL
) -> Outcome:
    """Put `files` into `folder`, and take away the files that are `gone`; to do it again changes nothing.

    All files are written and forced to the disk under a name that tells nothing; then they are renamed in the order
    of `files`, so what leads to others (an index, a feed) belongs last. A failure leaves each name with its old bytes
    or its new ones, never with half of them.

    Args:
        folder: made where it is missing.
        files: the bytes by path, relative to the folder, with `/`.
        gone: paths to take away.
        access: whom the files are for.

    Raises:
        ValueError: a path leads out of the folder, or is none.
    """
    ways = {path: steps_of(path) for path in (*files, *gone)}
    with told(folder, len(files)) as outcome:
        make_folder(folder, mode=access.folder)
        with closing_fd(os.open(folder, os.O_RDONLY | os.O_DIRECTORY)) as root:
            clear(root)
            changed = {path: files[path] for path in files if not there(root, ways[path], files[path], access)}
            for path in gone:
                there(root, ways[path], b"", access)
            if changed:
                _put(root, {path: (ways[path], content) for path, content in changed.items()}, access)
            for path in gone:
                take_away(root, ways[path])
    return outcome[0]


def _put(root: int, files: Mapping[str, tuple[list[str], bytes]], access: Access) -> None:
    """Write the files aside, then rename each to its place."""
    name, handle = make_own_folder(root, INCOMING)
    with closing_fd(handle) as aside:
        try:
            for number, (_, content) in enumerate(files.values()):
                write(aside, str(number), content)
            ways = [steps for steps, _ in files.values()]
            rename(aside, root, ways, access)
            force(root, ways)
        finally:
            empty(aside)
            os.rmdir(name, dir_fd=root)


def tidy(folder: Path) -> None:
    """Take away what processes that were killed have left in a folder that `publish` writes.

    Raises:
        OSError: it cannot be read or written.
    """
    with suppress(FileNotFoundError), closing_fd(os.open(folder, os.O_RDONLY | os.O_DIRECTORY)) as root:
        clear(root)


def files_in(folder: Path, *below: str) -> dict[str, os.stat_result]:
    """The files of a folder, or of the folder `below` it, by path; none where it is missing. No link is followed.

    Raises:
        OSError: it cannot be read.
    """
    try:
        root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return {}
    with closing_fd(root):
        return dict(list_files(root, list(below)))
