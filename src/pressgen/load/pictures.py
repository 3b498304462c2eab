"""Check the pictures that a release names.

They must be PNG or JPEG, complete, and not too large.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from PIL import Image, ImageFile, UnidentifiedImageError

from pressgen.load.faults import make_problem
from pressgen.model.release import ImageBlock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressgen.errors import Problem
    from pressgen.load.release import ParsedRelease

MOST_PIXELS = 80_000_000  # a sheet of A3 at 600 dpi has 70 million
KINDS = ("PNG", "JPEG")

warnings.filterwarnings("ignore", module=r"PIL\.")  # Pillow raises an error, or the problem is reported here


def find_picture_problems(loaded: ParsedRelease, media: Mapping[str, bytes]) -> Iterator[Problem]:
    """Find the problems of the pictures of a release.

    Each problem is at the place that names the picture. `media` are the bytes by name.
    """
    for index, block in enumerate(loaded.release.body):
        if isinstance(block, ImageBlock) and (message := _explain_unusable(media[block.image.file])):
            path = f"body[{index}].image.file"
            yield make_problem("R23", f"“{block.image.file}” {message}", loaded.source.place(path), path)


def _explain_unusable(data: bytes) -> str:
    """Return why a picture cannot be used; empty if it can.

    Its size is known before a pixel of it is unpacked.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # overrides other libraries; never reset, so that threads agree
    try:
        with Image.open(io.BytesIO(data), formats=KINDS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                return f"has {width} × {height} pixels; make it smaller: {MOST_PIXELS // 1_000_000} million are enough"
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return f"has too many pixels; make it smaller: {MOST_PIXELS // 1_000_000} million are enough"
    except UnidentifiedImageError:
        return "cannot be read as PNG or JPEG; save it again as one of them"
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        return f"cannot be read as PNG or JPEG ({error}); save it again as one of them"
    return ""
