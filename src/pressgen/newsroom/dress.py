"""What the newsroom's own pages wear: the colours, type faces and mark of the newest release, by day and by night.

A house names them in its `release.css` as custom properties (`--paper`, `--accent`, `--text-face`); one that does
not, and an office of several houses, gets a neutral dress. Whatever is named, text keeps the contrast of 4.5 to its
ground that WCAG 2.2 asks for (1.4.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.newsroom.reading import PageRead

LEAST = 4.5
STEPS = 20
PROPERTY = re.compile(r"--(?P<name>[a-z]+(?:-face)?):\s*(?P<value>[^;{}<]+);")
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
FACES = re.compile(r"[\w\s\"',-]+")
DAY = {
    "paper": "#ffffff",
    "ink": "#1b1f23",
    "quiet": "#555d66",
    "accent": "#1f4a7a",
    "rule": "#cdd3d9",
    "wash": "#f3f5f7",
}
NIGHT = {
    "paper": "#15181b",
    "ink": "#e9ebed",
    "quiet": "#a9b1b9",
    "accent": "#a9c7ea",
    "rule": "#3a4147",
    "wash": "#1e2226",
}
TEXTS = ("ink", "quiet", "accent")
SANS = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Dress:
    """Colours by name, by day and by night; type faces by name; the mark's address and words, None for none."""

    day: Mapping[str, str]
    night: Mapping[str, str]
    faces: Mapping[str, str]
    logo: tuple[str, str] | None = None


NEUTRAL = Dress(DAY, NIGHT, {"text-face": SANS, "label-face": SANS})


def dress(page: PageRead) -> Dress:
    """The dress of a release's page."""
    named = {match["name"]: match["value"].strip() for match in PROPERTY.finditer(page.style)}
    day = {name: named[name] if HEX.fullmatch(named.get(name, "")) else colour for name, colour in DAY.items()}
    day |= {name: readable(day[name], day["paper"]) for name in TEXTS}
    day["wash"] = day["wash"] if contrast(_rgb(day["ink"]), _rgb(day["wash"])) >= LEAST else day["paper"]
    night = NIGHT | {"accent": readable(day["accent"], NIGHT["paper"])}
    text = named.get("text-face", "")
    label = named.get("label-face", text)
    faces = {
        "text-face": text if FACES.fullmatch(text) else SANS,
        "label-face": label if FACES.fullmatch(label) else SANS,
    }
    logo = page.logo if page.logo and page.logo[0].startswith("data:image/") else None
    return Dress(day, night, faces, logo)


def readable(text: str, ground: str) -> str:
    """The colour `text`, moved towards black or white until it can be read on `ground`; as `#rgb` or `#rrggbb`."""
    colour, behind = _rgb(text), _rgb(ground)
    aim: Colour = max(((0, 0, 0), (255, 255, 255)), key=lambda each: contrast(each, behind))
    mixes = (_mixed(colour, aim, step / STEPS) for step in range(STEPS + 1))
    found = next(each for each in mixes if contrast(each, behind) >= LEAST)
    return text if found == colour else "#{:02x}{:02x}{:02x}".format(*found)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the definition's own
        for share in (value / 255 for value in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _rgb(text: str) -> Colour:
    digits = text[1:] if len(text) > 4 else "".join(2 * digit for digit in text[1:])  # noqa: PLR2004 - `#rgb` has four
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
