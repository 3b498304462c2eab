"""The theme of the newsroom's own pages, from the newest release.

It has colours, typefaces and a logo, for day and night. A house names them in its `release.css` as custom properties
(`--paper`, `--accent`, `--text-face`). A house without them, and an office of several houses, gets a neutral theme. In
any theme, text keeps the contrast of 4.5 to its background that WCAG 2.2 requires (1.4.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.newsroom.approved_page import ParsedPage

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
class NewsroomTheme:
    """The colours, typefaces and logo of the newsroom's pages.

    There are colours for day and for night. The logo is its address and words, or None.
    """

    day: Mapping[str, str]
    night: Mapping[str, str]
    faces: Mapping[str, str]
    logo: tuple[str, str] | None = None


NEUTRAL = NewsroomTheme(DAY, NIGHT, {"text-face": SANS, "label-face": SANS})


def read_theme(page: ParsedPage) -> NewsroomTheme:
    """Read the theme of a release's page."""
    named = {match["name"]: match["value"].strip() for match in PROPERTY.finditer(page.style)}
    day = {name: named[name] if HEX.fullmatch(named.get(name, "")) else colour for name, colour in DAY.items()}
    day |= {name: ensure_contrast(day[name], day["paper"]) for name in TEXTS}
    day["wash"] = day["wash"] if compute_contrast(_rgb(day["ink"]), _rgb(day["wash"])) >= LEAST else day["paper"]
    night = NIGHT | {"accent": ensure_contrast(day["accent"], NIGHT["paper"])}
    text = named.get("text-face", "")
    label = named.get("label-face", text)
    faces = {
        "text-face": text if FACES.fullmatch(text) else SANS,
        "label-face": label if FACES.fullmatch(label) else SANS,
    }
    logo = page.logo if page.logo and page.logo[0].startswith("data:image/") else None
    return NewsroomTheme(day, night, faces, logo)


def ensure_contrast(text: str, ground: str) -> str:
    """Return a text colour that is readable on a background.

    `text` is moved towards black or white as far as needed. The result is `#rgb` or `#rrggbb`.
    """
    colour, behind = _rgb(text), _rgb(ground)
    aim: Colour = max(((0, 0, 0), (255, 255, 255)), key=lambda each: compute_contrast(each, behind))
    mixes = (_mix(colour, aim, step / STEPS) for step in range(STEPS + 1))
    found = next(each for each in mixes if compute_contrast(each, behind) >= LEAST)
    return text if found == colour else "#{:02x}{:02x}{:02x}".format(*found)


def compute_contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, from 1 to 21.

    See WCAG 2.2, definition of contrast ratio.
    """
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


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
