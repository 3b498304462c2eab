"""Embed pictures and charts in the page."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from markupsafe import Markup

from pressgen.errors import InputError, Place, Problem
from pressgen.pictures.read import UnusablePictureError, UprightPicture, clean_picture, read_picture
from pressgen.pictures.scrub import PictureScrubError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pressgen.model.document import Chart, Figure
    from pressgen.model.house import HouseFolder

KINDS = {"svg": "svg+xml", "png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp"}
FONTS = frozenset(("ttf", "otf", "woff", "woff2"))
DECORATION = Markup(
    '<div class="picture" style="background:url(&#39;{}&#39;) 0 0/100% no-repeat;max-width:{}px">{}</div>'
)


def make_data_uri(name: str, data: bytes) -> str:
    """Return a picture or font as a data address.

    A picture is stripped of what reveals people and places.

    Raises:
        InputError: nobody can say what the picture reveals.
    """
    ending = name.rpartition(".")[2].lower()
    content = data if ending in FONTS else clean_page_picture(name, data)
    return f"data:image/{KINDS.get(ending, 'png')};base64,{b64encode(content).decode()}"


def make_picture_uri(data: bytes) -> str:
    """Return a picture of a release as a data address."""
    picture = read_picture(data)
    return f"data:image/{picture.kind};base64,{b64encode(picture.data).decode()}"


def clean_page_picture(name: str, data: bytes) -> bytes:
    """Return a picture upright and without its metadata.

    Raises:
        InputError: it cannot be read, or nobody can say what it reveals.
    """
    try:
        return clean_picture(data)
    except UnusablePictureError as error:
        message = f"the picture {error}"
    except PictureScrubError as error:
        message = f"the picture {error}; save it again as PNG or JPEG"
    raise InputError([Problem(code="P08", message=message, place=Place(name))])


def make_picture_renderer(media: Mapping[str, bytes], address: Callable[[str], str]) -> Callable[[Figure], Markup]:
    """Return a function that renders a figure's picture as HTML.

    `address` gives the address of a file of `media`. A decorative picture is a background: an image without words fails
    PDF/UA-1 (7.3), and a background is read by nobody. It keeps its shape, and never grows beyond its size.
    """

    def show(figure: Figure) -> Markup:
        picture = _read_figure(figure, media[figure.file])
        width, height = picture.width, picture.height
        where = address(figure.file)
        if figure.decorative:
            shape = Markup('<div style="padding-bottom:{}%"></div>').format(f"{100 * height / width:.2f}")
            return DECORATION.format(where, width, shape)
        return Markup('<img src="{}" alt="{}" width="{}" height="{}">').format(where, figure.alt, width, height)

    return show


def make_chart_renderer(folder: HouseFolder) -> Callable[[Chart], Markup]:
    """Return a function that renders a chart as HTML.

    The picture is inside the page as an image of its own, which WeasyPrint, unlike an SVG element, tags as a figure
    with an alternative text (PDF/UA-1, 7.3).
    """

    def show(chart: Chart) -> Markup:
        from pressgen.render.chart import draw_chart
        from pressgen.render.chart_style import read_chart_style
        from pressgen.render.chart_svg import render_chart_svg

        picture = make_data_uri("chart.svg", render_chart_svg(draw_chart(chart), read_chart_style(folder)))
        return Markup('<img src="{}" alt="{}">').format(picture, chart.alt)

    return show


def _read_figure(figure: Figure, data: bytes) -> UprightPicture:
    """Return the picture of a figure.

    Raises:
        InputError: the file is not a picture, or has colours that ISO 19005-3, 6.2.4, does not allow.
    """
    try:
        return read_picture(data)
    except UnusablePictureError as error:
        raise _build_error(figure, f"{figure.file} {error}") from None


def _build_error(figure: Figure, message: str) -> InputError:
    return InputError([Problem(code="P08", message=message, place=Place(figure.file), path=figure.path)])
