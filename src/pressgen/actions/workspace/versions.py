"""With what files were made: the programs whose versions decide their bytes."""

from __future__ import annotations

import platform
import zlib
from typing import TYPE_CHECKING

from pressgen import __version__
from pressgen.model.artifact import Format

if TYPE_CHECKING:
    from collections.abc import Collection


def made_with(formats: Collection[Format]) -> dict[str, str]:
    """Name → version of what made files of these formats; fonts stand among the inputs, with their sums."""
    found = {"pressgen": __version__, "python": platform.python_version()}
    if Format.DOCX in formats:
        found["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    if Format.PDF in formats:
        from pressgen.pdf.versions import versions  # noqa: PLC0415 - only who made a PDF has its libraries loaded

        found |= versions()
    return found
