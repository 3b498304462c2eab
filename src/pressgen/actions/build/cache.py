"""A content-addressed cache of built files.

Its keys are hashes of all inputs; its folder can be deleted at any time.

Several programs may use it at once. It never grows beyond its bound, and deletes the oldest first. It returns exactly
what was stored, or nothing.
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
"""Subfolders that contents are spread over by their key, so that only one must be counted at each `put`."""
SUM = hashlib.sha256().digest_size


class CacheEntryCorruptError(Exception):
    """A corrupt cache entry, which has been deleted."""


@dataclass(frozen=True, slots=True)
class Cache:
    """A content-addressed cache of built files in a folder.

    The folder can be deleted at any time; `bound` is how many bytes it may take.
    """

    folder: Path
    bound: int

    def get(self, key: str) -> bytes | None:
        """Return the content stored under `key`; None if there is none.

        Raises:
            CacheEntryCorruptError: the stored content was damaged.
        """
        path = self._path(key)
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - ten thousand times in a second or two
                kept = file.read()
        except OSError:
            return None
        content = kept[SUM:]
        if kept[:SUM] == _compute_checksum(key, content):
            return content
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108 - as above
        raise CacheEntryCorruptError(key)

    def put(self, key: str, content: bytes) -> None:
        """Store `content`.

        If the folder cannot be written, or the content alone would fill it, nothing is stored.
        """
        if len(content) > self.bound // DRAWERS:
            return
        drawer = Path(self._path(key)).parent
        with suppress(OSError):
            make_folder(self.folder, own=True)  # only the owner may read embargoed files
            write_into(drawer, {key: _compute_checksum(key, content) + content})
            self._clear(drawer)

    def used(self, key: str) -> None:
        """Mark `key` as used now, so that older entries go first."""
        with suppress(OSError):
            os.utime(self._path(key))

    def _path(self, key: str) -> str:
        return f"{self.folder}/{int(key[:2], 16) % DRAWERS:02}/{key}"

    def _clear(self, drawer: Path) -> None:
        """Delete the oldest entries until the subfolder is within its limit."""
        held = sorted((each.stat().st_mtime_ns, each.stat().st_size, each.path) for each in os.scandir(drawer))
        surplus = sum(size for _, size, _ in held) - self.bound // DRAWERS
        for _, size, path in held:
            if surplus <= 0:
                return
            os.unlink(path)  # noqa: PTH108 - as in get
            surplus -= size


def _compute_checksum(key: str, content: bytes) -> bytes:
    """Compute the checksum of a content together with its key.

    So a content that was moved to another key counts as corrupt.
    """
    return hashlib.sha256(key.encode() + content).digest()
