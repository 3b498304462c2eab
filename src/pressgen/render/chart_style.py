"""Read the colours and typefaces of charts from a house's stylesheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pressgen.errors import InputError, Place, Problem
from pressgen.render.chart_marks import Hue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.model.house import HouseFolder

FILE = "release.css"
NAMED = re.compile(r"--([\w-]+)\s*:\s*([^;{}]+)")
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
FONT = re.compile(r"\.(?:ttf|otf)$", re.IGNORECASE)
USUAL = {
    Hue.ACCENT: "#1f4e79",
    Hue.INK: "#1a1a1a",
    Hue.QUIET: "#555555",
    Hue.RULE: "#bbbbbb",
    Hue.PAPER: "#ffffff",
}


class ChartFont(NamedTuple):
    """A font file of a house, and where it is."""

    file: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """The colours and fonts of a house's charts.

    Attributes:
        colours: a colour for each hue, `#rgb` or `#rrggbb`.
        faces: the families of labels, as CSS lists them.
        fonts: the house's font files, those for plain text first.
    """

    colours: Mapping[Hue, str]
    faces: str
    fonts: tuple[ChartFont, ...]


def read_chart_style(folder: HouseFolder) -> ChartStyle:
    """Read the colours and the typeface of charts from `release.css`.

    The colours are custom properties such as `--accent` and `--ink`; the typeface is the one for labels, else for
    text.
    """
    files = tuple(ChartFont(f"{folder.shown}/{name}", data) for name, data in sorted(folder.files.items()))
    return _read_style(folder.files.get(FILE, b""), files)


def refuse_font(font: ChartFont) -> InputError:
    """Return the error for a font that cannot be read."""
    message = "no chart can be drawn with this font, because the file is damaged; copy it again from where you had it"
    return InputError([Problem(code="P11", message=message, place=Place(font.file))])


@lru_cache(maxsize=4)
def _read_style(stylesheet: bytes, files: tuple[ChartFont, ...]) -> ChartStyle:
    named = {name: value.strip() for name, value in NAMED.findall(stylesheet.decode("utf-8-sig", "replace"))}
    colours = {hue: named.get(hue, "") for hue in Hue}
    fonts = sorted(("regular" not in each.file.lower(), each) for each in files if FONT.search(each.file))
    return ChartStyle(
        colours={hue: value if COLOUR.fullmatch(value) else USUAL[hue] for hue, value in colours.items()},
        faces=" ".join((named.get("label-face") or named.get("text-face") or "sans-serif").split()),
        fonts=tuple(each for _, each in fonts),
    )
