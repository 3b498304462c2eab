"""What is remembered of a release that was made: from what, and how its files were left.

So that whether anything has changed can be said of ten thousand releases in a second or two, from what the file
system tells of their files, without reading them.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pressgen.actions.workspace.folder import TRANSLATION
from pressgen.actions.workspace.fonts import on_machine, wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pressgen.actions.workspace.folder import Desk

Sighting = list[int]
"""What a file system tells of a file: bytes, time of content, time of any change, number; two alike are one state."""

FACE = "face:"
"""Stands before the name of a face of the machine."""

TICK = 20_000_000
"""Nanoseconds within which two changes of a file may bear the same time; no clock of a kernel ticks more slowly."""


@dataclass(frozen=True, slots=True)
class Own:
    """A file that belongs to one release: its data, a translation, a picture, a face of the machine for its letters.

    Attributes:
        digest: its SHA-256; empty for a face that the machine lacks.
        seen: how it was found; None where it was too fresh to be told from a later state by that.
    """

    digest: str
    seen: Sighting | None


@dataclass(frozen=True, slots=True)
class Remembered:
    """A release that was made.

    Attributes:
        order: what was ordered, in one text.
        own: its own files by name.
        house: the house that it was made in.
        sheet: the digest of all else that it was made of.
        left: its made files by their path under the folder they went to, as they were left.
    """

    order: str
    own: Mapping[str, Own]
    house: str
    sheet: str
    left: Mapping[str, Sighting]

    def packed(self) -> bytes:
        """As it is kept."""
        own = {name: [each.digest, each.seen] for name, each in self.own.items()}
        return json.dumps([self.order, own, self.house, self.sheet, self.left]).encode()


def unpacked(kept: bytes) -> Remembered:
    """What `Remembered.packed` gave."""
    order, own, house, sheet, left = json.loads(kept)
    return Remembered(order, {name: Own(*each) for name, each in own.items()}, house, sheet, left)


def own_files(desks: Sequence[Desk], digests: Mapping[str, str], began: int) -> dict[str, Own]:
    """The files that belong to the release on the desk alone.

    Args:
        desks: the release and its translations.
        digests: the SHA-256 of everything they are made of, by name.
        began: the instant before any of them was read, in nanoseconds.
    """
    found: dict[str, Own] = {}
    for desk in desks:
        for name in (next(iter(desk.inputs)), *desk.media):
            found[name] = Own(digests[name], trusted(see(f"{desk.folder}/{name}"), began))
        for file in wanted(desk.house, desk.source.text):
            digest = digests.get(f"templates/{desk.house.name}/fonts/{file}", "")
            found[FACE + file] = Own(digest, trusted(see(place("", FACE + file)), began))
    return found


def place(folder: str, name: str) -> str:
    """Where the own file `name` of the release in `folder` lies; empty for a face that the machine lacks."""
    return str(on_machine(name.removeprefix(FACE)) or "") if name.startswith(FACE) else f"{folder}/{name}"


def see(path: str) -> Sighting | None:
    """What the file system tells of the file at `path`, None where there is none."""
    try:
        told = os.stat(path)  # noqa: PTH116 - a hundred thousand times in a second or two
    except OSError:
        return None
    return [told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino]


def trusted(seen: Sighting | None, began: int) -> Sighting | None:
    """A sighting if any later change would differ from it: its last change was before anybody `began` to read."""
    return seen if seen and max(seen[1], seen[2]) < began - TICK else None


def translations(folder: str) -> set[str]:
    """The names of the translations that lie in a release's folder."""
    return {name for name in os.listdir(folder) if name.startswith("release.") and TRANSLATION.fullmatch(name)}  # noqa: PTH208 - as in see


def same_content(path: str, digest: str) -> bool:
    """Whether the file at `path` has this SHA-256."""
    try:
        return sha256(Path(path).read_bytes()).hexdigest() == digest
    except OSError:
        return False
