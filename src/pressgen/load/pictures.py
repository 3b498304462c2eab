"""The pictures that a release names: PNG or JPEG, whole, and of a size that can be handled."""

from __future__ import annotations

import io
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PIL import Image, ImageFile, UnidentifiedImageError

from pressgen.load.faults import fault
from pressgen.model.release import ImageBlock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressgen.errors import Problem
    from pressgen.load.release import LoadedRelease

MOST_PIXELS = 80_000_000  # a sheet of A3 at 600 dpi has 70 million
KINDS = ("PNG", "JPEG")


def picture_problems(loaded: LoadedRelease, media: Mapping[str, bytes]) -> Iterator[Problem]:
    """What is wrong with the pictures of a release, each at the place that names it; `media` are the bytes by name."""
    for index, block in enumerate(loaded.release.body):
        if isinstance(block, ImageBlock) and (message := _unfit(media[block.image.file])):
            path = f"body[{index}].image.file"
            yield fault("R23", f"“{block.image.file}” {message}", loaded.source.place(path), path)


def _unfit(data: bytes) -> str:
    """Why a picture cannot be used; empty if it can. Its size is known before a pixel of it is unpacked."""
    try:
        with _strictly(), Image.open(io.BytesIO(data), formats=KINDS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                return f"has {width} × {height} pixels; make it smaller, {MOST_PIXELS // 1_000_000} million are enough"
            picture.load()
    except Image.DecompressionBombError:
        return f"has too many pixels; make it smaller, {MOST_PIXELS // 1_000_000} million are enough"
    except UnidentifiedImageError:
        return "is no PNG or JPEG that can be read; save it again as one of them"
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        return f"is no PNG or JPEG that can be read ({error}); save it again as one of them"
    return ""


@contextmanager
def _strictly() -> Iterator[None]:
    """Pillow takes no truncated picture for a whole one, whatever another library has told it, and warns of nothing."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
