"""The machine's fonts that a house names for a release's letters."""

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


def add_machine_fonts(house: HouseFolder, text: str) -> HouseFolder:
    """Add the machine's fonts that a text needs to a house's files.

    A font that the machine lacks is left out. The code that sets such letters then reports that there is no font for
    them.
    """
    found = {
        f"fonts/{name}": path.read_bytes()
        for name in list_needed_fonts(house, text)
        if (path := find_machine_font(name))
    }
    return replace(house, files={**house.files, **found}) if found else house


def list_needed_fonts(house: HouseFolder, text: str) -> list[str]:
    """List the font files that a house names for a text.

    The list includes fonts that this machine does not have.
    """
    characters = {char for char in set(text) if not char.isascii()}
    return [face.file for face in house.house.faces if face.serves(characters)]


def find_machine_font(name: str) -> Path | None:
    """Find a font file on this machine; return None if missing."""
    found = (path for folder in FOLDERS for path in sorted(folder.expanduser().rglob(name)))
    return next((path for path in found if path.is_file() and path.stat().st_size <= LARGEST), None)
