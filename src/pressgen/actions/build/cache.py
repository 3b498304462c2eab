"""What was made, kept: contents under a sum of all they were made of, in a folder that can be deleted at any time.

Several programs may use it at once. It never grows beyond its bound, the oldest goes first; and what it gives back
is what was put in, or nothing.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pressgen.files.modes import make_folder
from pressgen.files.writing import write_into

DRAWERS = 64
"""Folders that contents are spread over by their key, so that only one is counted when something is put in."""
SUM = hashlib.sha256().digest_size


class Damaged(Exception):
    """What was kept is not what was put in; it has been thrown away."""


@dataclass(frozen=True, slots=True)
class Cache:
    """Contents by key, in `folder`; `bound` is how many bytes it may take."""

    folder: Path
    bound: int

    def get(self, key: str) -> bytes | None:
        """What was put in under `key`, None where there is nothing.

        Raises:
            Damaged: there is something else.
        """
        path = self._path(key)
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - ten thousand times in a second or two
                kept = file.read()
        except OSError:
            return None
        content = kept[SUM:]
        if kept[:SUM] == _sum(key, content):
            return content
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108 - as above
        raise Damaged(key)

    def put(self, key: str, content: bytes) -> None:
        """Keep `content`; where the folder cannot be written, or one content would fill it, nothing is kept."""
        if len(content) > self.bound // DRAWERS:
            return
        drawer = Path(self._path(key)).parent
        with suppress(OSError):
            make_folder(self.folder, own=True)  # what is under embargo is for its owner only
            write_into(drawer, {key: _sum(key, content) + content})
            self._clear(drawer)

    def used(self, key: str) -> None:
        """Say that what is under `key` was wanted now, so that older things go first."""
        with suppress(OSError):
            os.utime(self._path(key))

    def _path(self, key: str) -> str:
        return f"{self.folder}/{int(key[:2], 16) % DRAWERS:02}/{key}"

    def _clear(self, drawer: Path) -> None:
        """Throw the oldest away until the drawer is within its part of the bound."""
        held = sorted((each.stat().st_mtime_ns, each.stat().st_size, each.path) for each in os.scandir(drawer))
        surplus = sum(size for _, size, _ in held) - self.bound // DRAWERS
        for _, size, path in held:
            if surplus <= 0:
                return
            os.unlink(path)  # noqa: PTH108 - as in get
            surplus -= size


def _sum(key: str, content: bytes) -> bytes:
    """The sum of a content under its key: one that was moved to another key is no better than a damaged one."""
    return hashlib.sha256(key.encode() + content).digest()
