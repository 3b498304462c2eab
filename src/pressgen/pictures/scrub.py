"""Reduce a picture to what is needed to show it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pressgen.pictures import gif, jpeg, metafile, png, svg, webp

if TYPE_CHECKING:
    from collections.abc import Callable


class PictureScrubError(ValueError):
    """A picture that is damaged or of an unknown format."""


@lru_cache(maxsize=64)
def scrub_picture(data: bytes) -> bytes:
    """Return a picture without its metadata.

    It may be a JPEG, PNG, GIF, WebP, SVG, EMF or WMF; its content decides. The packed pixels, the colour profile, the
    density and the orientation are kept.

    Raises:
        PictureScrubError: it is damaged or of another kind, so that nobody can say what it reveals.
    """
    for is_one, scrub in KINDS:
        if is_one(data):
            try:
                return scrub(data)
            except (ValueError, IndexError, LookupError) as error:
                raise PictureScrubError(f"is damaged ({error})") from error
    raise PictureScrubError("is of a kind that pressgen cannot check (it knows PNG, JPEG, GIF, WebP, SVG, EMF and WMF)")


def _scrub_svg(data: bytes) -> bytes:
    return svg.scrub_svg(data, scrub_picture)


KINDS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], bytes]], ...] = (
    (jpeg.is_jpeg, jpeg.scrub_jpeg),
    (png.is_png, png.scrub_png),
    (gif.is_gif, gif.scrub_gif),
    (webp.is_webp, webp.scrub_webp),
    (metafile.is_emf, metafile.scrub_emf),
    (metafile.is_wmf, metafile.scrub_wmf),
    (svg.is_svg, _scrub_svg),
)
