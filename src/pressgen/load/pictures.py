"""Check the pictures that a release names.

They must be PNG or JPEG, complete, and not too large.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.load.faults import make_problem
from pressgen.model.release import ImageBlock
from pressgen.pictures.read import UnusablePictureError, read_picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressgen.errors import Problem
    from pressgen.load.release import ParsedRelease


def find_picture_problems(loaded: ParsedRelease, media: Mapping[str, bytes]) -> Iterator[Problem]:
    """Find the problems of the pictures of a release.

    Each problem is at the place that names the picture. `media` are the bytes by name.
    """
    for index, block in enumerate(loaded.release.body):
        if not isinstance(block, ImageBlock):
            continue
        try:
            read_picture(media[block.image.file])
        except UnusablePictureError as error:
            path = f"body[{index}].image.file"
            yield make_problem("R23", f"“{block.image.file}” {error}", loaded.source.place(path), path)
