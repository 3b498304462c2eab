"""A picture as it may be published: what is needed to show it, and nothing else."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pressgen.pictures import gif, jpeg, metafile, png, svg, webp

if TYPE_CHECKING:
    from collections.abc import Callable


class CannotBeScrubbed(ValueError):
    """A picture is damaged, or of a kind whose contents are not known here."""


@lru_cache(maxsize=64)
def scrub_picture(data: bytes) -> bytes:
    """A picture (JPEG, PNG, GIF, WebP, SVG, EMF) without its metadata; its kind is told from its content.

    What is kept: the pixels as they are packed, the colour profile, the density, and which way up it is.

    Raises:
        CannotBeScrubbed: it is damaged or of another kind, so that nobody can say what it tells.
    """
    for is_one, scrub in KINDS:
        if is_one(data):
            try:
                return scrub(data)
            except (ValueError, IndexError, LookupError) as error:
                raise CannotBeScrubbed(f"is damaged ({error})") from error
    raise CannotBeScrubbed(
        "is of a kind whose contents pressgen does not know (it knows PNG, JPEG, GIF, WebP, SVG and EMF)"
    )


def _scrub_svg(data: bytes) -> bytes:
    return svg.scrub(data, scrub_picture)


KINDS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], bytes]], ...] = (
    (jpeg.is_one, jpeg.scrub),
    (png.is_one, png.scrub),
    (gif.is_one, gif.scrub),
    (webp.is_one, webp.scrub),
    (metafile.is_one, metafile.scrub),
    (svg.is_one, _scrub_svg),
)
