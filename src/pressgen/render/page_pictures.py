"""Pictures as the page carries them: inside it."""

from __future__ import annotations

import io
from base64 import b64encode
from typing import TYPE_CHECKING

from markupsafe import Markup

from pressgen.errors import Place, Problem, Refused
from pressgen.pictures.scrub import CannotBeScrubbed, scrub_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pressgen.model.document import Chart, Figure
    from pressgen.model.house import HouseFolder

KINDS = {"svg": "svg+xml", "png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp"}
FONTS = frozenset(("ttf", "otf", "woff", "woff2"))
COLOURS = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
"""Pillow's names for black and white, grey, palettes and RGB, with and without transparency."""
DECORATION = Markup(
    '<div class="picture" style="background:url(&#39;{}&#39;) 0 0/100% no-repeat;max-width:{}px">{}</div>'
)


def data_uri(name: str, data: bytes) -> str:
    """The picture or font `name` as an address that holds it whole, a picture without what tells of people and places.

    Raises:
        Refused: what it tells cannot be known.
    """
    ending = name.rpartition(".")[2].lower()
    held = data if ending in FONTS else scrubbed(name, data)
    return f"data:image/{KINDS.get(ending, 'png')};base64,{b64encode(held).decode()}"


def scrubbed(name: str, data: bytes) -> bytes:
    """The picture `name` without its metadata.

    Raises:
        Refused: what it tells cannot be known.
    """
    try:
        return scrub_picture(data)
    except CannotBeScrubbed as error:
        message = f"the picture {error}; save it again as PNG or JPEG"
        raise Refused([Problem(code="P08", message=message, place=Place(name))]) from None


def showing(media: Mapping[str, bytes], address: Callable[[str], str]) -> Callable[[Figure], Markup]:
    """How a figure's picture is shown, `address` being where a file of `media` is to be had.

    A decorative picture is a background: an image without words fails PDF/UA-1 (7.3), and a background is read by
    nobody. It keeps its shape, and never grows beyond its size.
    """

    def show(figure: Figure) -> Markup:
        width, height = _size(figure, media[figure.file])
        where = address(figure.file)
        if figure.decorative:
            shape = Markup('<div style="padding-bottom:{}%"></div>').format(f"{100 * height / width:.2f}")
            return DECORATION.format(where, width, shape)
        return Markup('<img src="{}" alt="{}" width="{}" height="{}">').format(where, figure.alt, width, height)

    return show


def drawing(folder: HouseFolder) -> Callable[[Chart], Markup]:
    """How a chart is shown in the looks of a house.

    The picture is inside the page as an image of its own, which WeasyPrint, unlike an SVG element, tags as a figure
    with an alternative text (PDF/UA-1, 7.3).
    """

    def show(chart: Chart) -> Markup:
        from pressgen.render.chart import drawn  # noqa: PLC0415 - most releases have no chart
        from pressgen.render.chart_dress import chart_dress  # noqa: PLC0415 - as above
        from pressgen.render.chart_svg import svg  # noqa: PLC0415 - as above

        picture = data_uri("chart.svg", svg(drawn(chart), chart_dress(folder)))
        return Markup('<img src="{}" alt="{}">').format(picture, chart.alt)

    return show


def _size(figure: Figure, data: bytes) -> tuple[int, int]:
    """Width and height of a picture, in its own pixels.

    Raises:
        Refused: the file is no picture, or one whose colours screens and archives (ISO 19005-3, 6.2.4) do not take.
    """
    from PIL import Image  # noqa: PLC0415 - slow to import, and most releases have no picture

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            size, colours = picture.size, picture.mode
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        message = f"{figure.file} is no PNG or JPEG that can be read ({fault}); save it again"
        raise _refusal(figure, message) from None
    if colours not in COLOURS:
        raise _refusal(figure, f"{figure.file} has {colours} colours, as for print; save it as RGB, 8 bits a channel")
    return size


def _refusal(figure: Figure, message: str) -> Refused:
    return Refused([Problem(code="P08", message=message, place=Place(figure.file), path=figure.path)])
