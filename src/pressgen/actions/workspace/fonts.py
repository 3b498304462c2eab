"""The type faces of this machine that a house names, for the letters of a release."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressgen.model.house import HouseFolder

FOLDERS = (
    Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("~/.local/share/fonts"), Path("~/.fonts"),
)  # fmt: skip
"""Where packages and users put fonts (freedesktop.org's base directories, and fontconfig's older one)."""
LARGEST = 64 * 1024 * 1024


def with_faces(house: HouseFolder, text: str) -> HouseFolder:
    """A house with the machine's faces for the letters of `text` among its files; a face that is not there is left out.

    Whoever sets a page with such letters then finds no face for them, and says so.
    """
    found = {f"fonts/{name}": path.read_bytes() for name in wanted(house, text) if (path := on_machine(name))}
    return replace(house, files={**house.files, **found}) if found else house


def wanted(house: HouseFolder, text: str) -> list[str]:
    """The font files that the house names for the letters of `text`, whether this machine has them or not."""
    characters = {char for char in set(text) if not char.isascii()}
    return [face.file for face in house.house.faces if face.serves(characters)]


def on_machine(name: str) -> Path | None:
    """The font file `name` of this machine, None where it has none."""
    found = (path for folder in FOLDERS for path in sorted(folder.expanduser().rglob(name)))
    return next((path for path in found if path.is_file() and path.stat().st_size <= LARGEST), None)
