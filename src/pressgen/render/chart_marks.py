"""The marks of a chart's drawing: boxes, lines, dots and labels.

Their hues get colours from the house. Lengths are in units of about a pixel of a screen. The series of a chart differ
in texture and in the shape of their dots, never in colour alone (WCAG 1.4.1).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from textwrap import wrap
from typing import Literal

WIDTH = 520
SIZE = 15
"""The size of every label."""
LINE = 20
WIDE = 2
"""How many columns a character of East Asian width takes (UAX 11)."""
AVERAGE = 0.58
"""The width of a usual character as a share of its size, rounded up."""


class Hue(StrEnum):
    """A colour of a chart, by the house's name for it."""

    ACCENT = "accent"
    INK = "ink"
    QUIET = "quiet"
    RULE = "rule"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled and, where `edge` is given, outlined."""

    x: float
    y: float
    width: float
    height: float
    fill: Hue
    edge: Hue | None = None


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    hue: Hue
    width: float = 1.5


@dataclass(frozen=True, slots=True)
class Dot:
    """A closed shape around a point, hollow or filled."""

    x: float
    y: float
    hollow: bool
    square: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text; `y` is its baseline."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    hue: Hue = Hue.INK


Mark = Box | Stroke | Dot | Label


@dataclass(frozen=True, slots=True)
class ChartDrawing:
    """The drawing of a chart: height, and marks from bottom to top."""

    height: float
    marks: tuple[Mark, ...]


def estimate_width(text: str) -> float:
    """Estimate the width of a label."""
    return sum(WIDE if unicodedata.east_asian_width(each) in "WF" else 1 for each in text) * AVERAGE * SIZE


def wrap_label(text: str) -> list[str]:
    """Wrap a label into lines that fit the drawing.

    A word that is too long is cut.
    """
    wide = estimate_width(text) > len(text) * AVERAGE * SIZE
    return wrap(text, int(WIDTH / AVERAGE / SIZE / (WIDE if wide else 1))) or [""]


def draw_textured_box(series: int, x: float, y: float, width: float, height: float) -> list[Mark]:
    """Draw a box in the texture of a series.

    The textures are: full, upright lines, empty, level lines.
    """
    if series == 0:
        return [Box(x, y, width, height, Hue.ACCENT, Hue.ACCENT)]
    marks: list[Mark] = [Box(x, y, width, height, Hue.PAPER, Hue.ACCENT)]
    gap = 4
    if series == 1:
        marks += [
            Stroke(((x + at, y), (x + at, y + height)), Hue.ACCENT) for at in range(gap, max(gap, int(width)), gap)
        ]
    if series == 3:
        marks += [Stroke(((x, y + at), (x + width, y + at)), Hue.ACCENT) for at in range(gap, int(height), gap)]
    return marks


def draw_dot(series: int, x: float, y: float) -> Dot:
    """Draw the dot of a point on the line of a series."""
    return Dot(x, y, hollow=series % 2 == 1, square=series > 1)
