"""The tools that a build used, for its manifest."""

from __future__ import annotations

import platform
import zlib
from typing import TYPE_CHECKING

from pressgen import __version__
from pressgen.model.artifact import Format

if TYPE_CHECKING:
    from collections.abc import Collection


def list_tool_versions_for(formats: Collection[str]) -> dict[str, str]:
    """List the version of each tool that writes the given formats.

    Fonts are listed among the inputs, with their checksums.
    """
    found = {"pressgen": __version__, "python": platform.python_version()}
    if Format.DOCX in formats:
        found["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    if Format.PDF in formats:
        from pressgen.pdf.weasy import read_library_versions

        found |= read_library_versions()
    for name in formats:
        if not isinstance(name, Format):
            from pressgen.render.added_formats import load_added_format

            package, _, version = load_added_format(name).package.rpartition(" ")
            found[package] = version
    return found
