"""The record of a build: its inputs and the files it wrote.

With it, pressgen can tell in a second or two whether any of ten thousand releases has changed: it compares the status
of their files and does not read them.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pressgen.actions.workspace.folder import TRANSLATION
from pressgen.actions.workspace.fonts import find_machine_font, list_needed_fonts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pressgen.actions.workspace.folder import LoadedRelease

Sighting = list[int]
"""The status of a file.

Size, time of content, time of any change, inode number. Equal statuses mean the same content.
"""

FACE = "face:"
"""The prefix of the name of a machine's font."""

TICK = 20_000_000
"""Nanoseconds within which two changes of a file may have the same time; no kernel clock ticks more slowly."""


@dataclass(frozen=True, slots=True)
class ReleaseInput:
    """An input file that belongs to one release.

    It is its data, a translation, a picture, or a machine's font for its letters.

    Attributes:
        digest: its SHA-256; empty for a font that the machine lacks.
        seen: its status; None where the file was so recent that a later change might not alter the status.
    """

    digest: str
    seen: Sighting | None


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """A record of a build: its inputs and the files it wrote.

    Attributes:
        order: the request as one text.
        own: its own files by name.
        house: the name of its house.
        sheet: the digest of all other inputs.
        left: the status of the built files, by their path in the output folder.
    """

    order: str
    own: Mapping[str, ReleaseInput]
    house: str
    sheet: str
    left: Mapping[str, Sighting]

    def packed(self) -> bytes:
        """Return the record in the form in which it is stored."""
        own = {name: [each.digest, each.seen] for name, each in self.own.items()}
        return json.dumps([self.order, own, self.house, self.sheet, self.left]).encode()


def unpack_record(kept: bytes) -> BuildRecord:
    """Unpack a build record."""
    order, own, house, sheet, left = json.loads(kept)
    return BuildRecord(order, {name: ReleaseInput(*each) for name, each in own.items()}, house, sheet, left)


def list_release_inputs(
    desks: Sequence[LoadedRelease], digests: Mapping[str, str], began: int
) -> dict[str, ReleaseInput]:
    """List the input files that belong to one loaded release.

    Args:
        desks: the release and its translations.
        digests: the SHA-256 of every input, by name.
        began: the instant before any of them was read, in nanoseconds.
    """
    found: dict[str, ReleaseInput] = {}
    for desk in desks:
        for name in (next(iter(desk.inputs)), *desk.media):
            found[name] = ReleaseInput(
                digests[name], keep_reliable_status(get_file_status(f"{desk.folder}/{name}"), began)
            )
        for file in list_needed_fonts(desk.house, desk.source.text):
            digest = digests.get(f"templates/{desk.house.name}/fonts/{file}", "")
            found[FACE + file] = ReleaseInput(
                digest, keep_reliable_status(get_file_status(find_input_path("", FACE + file)), began)
            )
    return found


def find_input_path(folder: str, name: str) -> str:
    """Find the path of an input file of a release.

    It is empty for a font that the machine lacks.
    """
    return str(find_machine_font(name.removeprefix(FACE)) or "") if name.startswith(FACE) else f"{folder}/{name}"


def get_file_status(path: str) -> Sighting | None:
    """Return a file's status, or None if there is no file."""
    try:
        told = os.stat(path)  # noqa: PTH116 - a hundred thousand times in a second or two
    except OSError:
        return None
    return [told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino]


def keep_reliable_status(seen: Sighting | None, began: int) -> Sighting | None:
    """Return a status if any later change would alter it, else None.

    The file must have changed last before anybody `began` to read it.
    """
    return seen if seen and max(seen[1], seen[2]) < began - TICK else None


def list_translations(folder: str) -> set[str]:
    """List the file names of the translations in a release's folder."""
    return {name for name in os.listdir(folder) if name.startswith("release.") and TRANSLATION.fullmatch(name)}  # noqa: PTH208 - as in get_file_status


def has_digest(path: str, digest: str) -> bool:
    """Return whether a file has a SHA-256."""
    try:
        return sha256(Path(path).read_bytes()).hexdigest() == digest
    except OSError:
        return False
