"""Plots as SVG for a web page, by matplotlib.

The same figures give the same bytes.

No plot relies on colour alone: each series has its own texture, and bars have their figures. Letters stay letters, in
the page's own typeface. matplotlib uses no screen (backend SVG), and reads no settings of the user's.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from lxml import etree
from markupsafe import Markup

from pressgen.errors import EnvironmentFailureError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

INK, QUIET, RULE, PAPER = "#1b1f23", "#4b535b", "#d5dae0", "#ffffff"
DRESSES = (
    ("#1f4a7a", ""), ("#ffffff", "///"), ("#8fb4dc", ""), ("#ffffff", "..."), ("#44607d", "\\\\\\"),
    ("#dfe8f2", "xxx"), ("#b9c6d3", "---"), ("#ffffff", "+++"),
)  # fmt: skip
"""The fill and the texture of each series; further series repeat them."""
WIDE, BESIDE = 16.0, 8.9
"""Inches of a plot over the whole width, and of one next to its table.

Letters have the same size in both, on the page.
"""
ROW = 0.389
"""Inches of a horizontal bar: as high as a row of the table next to it."""
LEGEND, NAME = 32, 24
"""The most letters of a series' name, and of a bar's label; the table has them in full."""
MANY = 31
"""The most bars that have their figures, and their names if they are vertical."""
SVG = "{http://www.w3.org/2000/svg}"
SETTINGS: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "pressgen",
    "text.parse_math": False,  # a dollar sign is plain text
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib, so all machines measure alike
    "font.size": 13.0,
    "text.color": INK,
    "axes.labelcolor": QUIET,
    "axes.edgecolor": RULE,
    "axes.linewidth": 1.0,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "hatch.linewidth": 0.9,
    "hatch.color": "#1f4a7a",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A bar chart of one series, or of several that add up.

    Attributes:
        name: tells its parts from those of other plots on the page.
        lying: whether bars are horizontal, with labels to their left; else they are vertical.
        ticks: the labels to print under vertical bars where there are many, by their position.
    """

    name: str
    labels: Sequence[str]
    series: Sequence[tuple[str, Sequence[int]]]
    lying: bool = False
    ticks: Sequence[tuple[int, str]] = ()


def require_matplotlib() -> None:
    """Check that matplotlib is installed.

    Raises:
        EnvironmentFailureError: the library is not installed.
    """
    if find_spec("matplotlib") is None:
        raise EnvironmentFailureError(
            "the plots are drawn by matplotlib, which is not here; install it with: pip install 'pressgen[statistics]'"
        )


def draw_plot(plot: Plot, title: str, told: str) -> Markup:
    """Draw a plot as an `<svg>` element with title and description.

    Raises:
        EnvironmentFailureError: matplotlib is not installed.
    """
    require_matplotlib()
    from matplotlib import rc_context, rcParamsDefault
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    sound: Any = {
        name: value for name, value in rcParamsDefault.items() if not str(name).startswith(("backend", "toolbar"))
    }
    with rc_context(sound | SETTINGS):
        figure = Figure(figsize=(BESIDE if plot.lying else WIDE, _compute_height(plot)), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        bars = (_draw_horizontal_bars if plot.lying else _draw_vertical_bars)(axes, plot)
        if len(plot.series) > 1:
            names = [_shorten(name, LEGEND) for name, _ in plot.series]
            look = {"ncols": 4, "frameon": False, "handlelength": 2.2, "handleheight": 1.1}
            legend = figure.legend(bars, ["x" * len(name) for name in names], loc="outside upper left", **look)
            for text, name in zip(legend.get_texts(), names, strict=True):
                text.set_text(name)  # otherwise names that begin with _ are left out
        written = io.BytesIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None}, facecolor="none")
    return _convert_to_inline(written.getvalue(), plot.name, title, told)


def _compute_height(plot: Plot) -> float:
    """Compute the height of a plot."""
    legend = 0.4 * (1 + len(plot.series) // 5) if len(plot.series) > 1 else 0.0
    return (0.2 + ROW * len(plot.labels) if plot.lying else 4.2) + legend


def _shorten(text: str, length: int) -> str:
    """Shorten a text to a length."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _draw_horizontal_bars(axes: Axes, plot: Plot) -> list[Any]:
    """Draw horizontal bars for each series, the first bar on top.

    The sum is at the end of each bar.
    """
    every = []
    places = range(len(plot.labels))
    before = [0] * len(plot.labels)
    for values, (colour, texture) in _pair_with_styles(plot):
        bars = axes.barh(places, values, 0.72, left=before, **_get_bar_style(colour, texture))
        every.append(bars)
        if len(plot.series) > 1:
            _label_bar_parts(
                axes, bars, values, max(map(sum, zip(*(each for _, each in plot.series), strict=True)), default=1)
            )
        before = [one + other for one, other in zip(before, values, strict=True)]
    for at, total in zip(places, before, strict=True):
        axes.annotate(f"{total:,}", (total, at), (5, 0), textcoords="offset points", va="center", color=INK)
    axes.set_yticks(list(places), [_shorten(each, NAME) for each in plot.labels])
    axes.set_ylim(len(plot.labels) - 0.5, -0.5)
    axes.set_xlim(0, max([*before, 1]) * 1.08)
    axes.xaxis.set_visible(False)
    axes.tick_params(length=0)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    return every


def _label_bar_parts(axes: Axes, bars: Any, values: Sequence[int], longest: int) -> None:  # noqa: ANN401 - matplotlib's container
    """Print the number in each part of a bar with room.

    It has a plain background, so that no texture disturbs it.
    """
    for bar, value in zip(bars, values, strict=True):
        if value / longest > 0.016 * (len(f"{value:,}") + 2):
            axes.annotate(
                f"{value:,}", (bar.get_x() + bar.get_width() / 2, bar.get_y() + bar.get_height() / 2),
                ha="center", va="center", fontsize=12, color=INK,
                bbox={"boxstyle": "round,pad=0.18", "facecolor": PAPER, "edgecolor": "none"},
            )  # fmt: skip


def _draw_vertical_bars(axes: Axes, plot: Plot) -> list[Any]:
    """Draw vertical bars for each series, over a faint grid.

    Where bars are few, each has its number.
    """
    every = []
    places = range(len(plot.labels))
    before = [0] * len(plot.labels)
    for values, (colour, texture) in _pair_with_styles(plot):
        width = 0.78 if len(plot.labels) <= MANY else 0.9
        every.append(axes.bar(places, values, width, bottom=before, **_get_bar_style(colour, texture)))
        before = [one + other for one, other in zip(before, values, strict=True)]
    if len(plot.labels) <= MANY:
        for at, total in zip(places, before, strict=True):
            axes.annotate(f"{total:,}", (at, total), (0, 3), textcoords="offset points", ha="center", fontsize=12)
    ticks = plot.ticks or list(enumerate(plot.labels))
    axes.set_xticks([at for at, _ in ticks], [label for _, label in ticks])
    axes.set_xlim(-0.6, len(plot.labels) - 0.4)
    axes.set_ylim(0, max([*before, 1]) * 1.12)
    axes.locator_params(axis="y", integer=True, nbins=5)
    axes.grid(visible=True, axis="y", color=RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, pad=7)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    return every


def _pair_with_styles(plot: Plot) -> list[tuple[Sequence[int], tuple[str, str]]]:
    """Pair each series with a colour and a texture."""
    return [(values, DRESSES[at % len(DRESSES)]) for at, (_, values) in enumerate(plot.series)]


def _get_bar_style(colour: str, texture: str) -> dict[str, Any]:
    """Return the style of bars with a colour and a texture."""
    return {"facecolor": colour, "hatch": texture or None, "edgecolor": "#1f4a7a", "linewidth": 0.8}


def _convert_to_inline(written: bytes, name: str, title: str, told: str) -> Markup:
    """Convert a drawing to an SVG element for a page.

    It has no prolog and no global definitions; it has ids of its own, a title and a description.
    """
    root = etree.fromstring(written, etree.XMLParser(remove_comments=True, load_dtd=False, resolve_entities=False))
    for each in [*root.iter(f"{SVG}metadata"), *root.iter(f"{SVG}style")]:
        if (parent := each.getparent()) is not None:
            parent.remove(each)
    for element in root.iter():
        for key, value in ((str(key), str(value)) for key, value in element.attrib.items()):
            if key == "id":
                element.set(key, f"{name}-{value}")
            elif key.endswith("href"):
                element.set(key, f"#{name}-{value.removeprefix('#')}")
            else:
                element.set(key, value.replace("url(#", f"url(#{name}-"))
    for attribute in ("width", "height", "version"):
        del root.attrib[attribute]
    root.attrib.update({"role": "img", "aria-labelledby": f"{name}-title {name}-told", "stroke-linejoin": "round"})
    for tag, part, text in (("desc", "told", told), ("title", "title", title)):
        element = etree.Element(f"{SVG}{tag}", {"id": f"{name}-{part}"})
        element.text = text
        root.insert(0, element)
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 - lxml has escaped every text
