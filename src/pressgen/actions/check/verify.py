"""Verify existing files, from pressgen or elsewhere.

Files from pressgen are compared with their releases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.errors import InputError, Place, Problem, guard_file
from pressgen.model.artifact import Format

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.check.origin_release import OriginRelease

UNREAD = frozenset({"V01", "V02", "V03", "V04", "V05", "W01", "W02", "K01", "K05"})
"""The codes of files that cannot be read, or not to their end; their content cannot be compared."""


def verify_file(path: Path, shelf: OriginRelease) -> list[Problem]:
    """Verify a PDF, Word file or web page, and list all faults.

    The faults are in the order of their places. If a file cannot be read for any reason, that is a fault of this file
    alone.

    Args:
        path: the file.
        shelf: finds the releases that built files come from.
    """
    from pressgen.validate import file

    try:
        with path.open("rb") as opened:
            data = opened.read(file.LARGEST + 1)
    except OSError as error:
        return [Problem(code="K01", message=f"cannot be read: {error.strerror}", place=Place(str(path)))]
    try:
        with guard_file(str(path)):
            return _verify_content(data, str(path), shelf)
    except InputError as refusal:
        return list(refusal.problems)


def _verify_content(data: bytes, shown: str, shelf: OriginRelease) -> list[Problem]:
    """Verify a file's content, and compare it with its release."""
    from pressgen.validate import file, page
    from pressgen.validate.origin import read_origin

    source = read_origin(data) if len(data) <= file.LARGEST else None
    is_page = source is not None and source.format is Format.HTML
    found = page.validate_page(data, shown) if is_page else file.validate_file(data, shown)
    whole = source and UNREAD.isdisjoint(each.code for each in found)
    return [*found, *shelf.held(source, data, shown)] if source and whole else found
