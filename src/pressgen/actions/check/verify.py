"""Verify existing files, from pressgen or elsewhere.

Files from pressgen are compared with their releases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.errors import InputError, Place, Problem, Severity, guard_file
from pressgen.model.artifact import Format

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pressgen.actions.check.origin_release import OriginRelease

UNREAD = frozenset({"V01", "V02", "V03", "V04", "V05", "W01", "W02", "K01", "K05"})
"""The codes of files that cannot be read, or not to their end; their content cannot be compared."""
DAMAGED = "V02"
"""The code of a damaged PDF, whose properties can often be read."""


def verify_file(path: Path, origins: OriginRelease) -> list[Problem]:
    """Verify a PDF, Word file or web page, and list all faults.

    The faults are in the order of their places. If a file cannot be read for any reason, that is a fault of this file
    alone.

    Args:
        path: the file.
        origins: finds the releases that built files come from.
    """
    from pressgen.validate import file

    try:
        with path.open("rb") as opened:
            data = opened.read(file.LARGEST + 1)
    except OSError as error:
        return [Problem(code="K01", message=f"cannot be read: {error.strerror}", place=Place(str(path)))]
    try:
        with guard_file(str(path)):
            return _verify_content(data, str(path), origins)
    except InputError as refusal:
        return list(refusal.problems)


def _verify_content(data: bytes, shown: str, origins: OriginRelease) -> list[Problem]:
    """Verify a file's content, and compare it with its release."""
    from pressgen.validate import file, page
    from pressgen.validate.origin import read_origin

    source = read_origin(data) if len(data) <= file.LARGEST else None
    is_page = source is not None and source.format is Format.HTML
    found = page.validate_page(data, shown) if is_page else file.validate_file(data, shown)
    if source is None and (UNREAD - {DAMAGED}).isdisjoint(each.code for each in found):
        found = [*found, *_find_named_people(data, shown, found)]
    whole = source and UNREAD.isdisjoint(each.code for each in found)
    differences = origins.find_differences(source, data, shown) if source and whole else []
    return list(dict.fromkeys([*found, *differences]))


def _find_named_people(data: bytes, shown: str, found: list[Problem]) -> Iterator[Problem]:
    """Yield a note on each author or editor that a file names.

    Nobody can know whether a name in somebody else's file is a person's or the publishing body's.
    """
    from pressgen.validate.attachment import list_named_people

    for name in list_named_people(data):
        if not any(f"“{name}”" in each.message for each in found):
            message = f"names “{name}” as author or last editor; if that is a person, put the publishing body there"
            place = Place(shown, inside="properties")
            yield Problem(code="X01", message=message, place=place, severity=Severity.STYLE)
