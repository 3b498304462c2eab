"""Judge files that are already there, ours or not; those of ours are held against the data that they were made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem, Refused, guard_file
from pressgen.model.artifact import Format

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.check.origin_release import Shelf

UNREAD = frozenset({"V01", "V02", "V03", "V04", "V05", "W01", "W02", "K01", "K05"})
"""The codes of files that cannot be read, or not to their end; what they say is beside the point."""


def judge(path: Path, shelf: Shelf) -> list[Problem]:
    """What is wrong with the PDF, Word file or page at `path`: nothing, or every fault found, in the order of places.

    Args:
        path: the file.
        shelf: where the releases are found that made files come from.

    What cannot be read is a fault of its file alone, whatever the reason.
    """
    from pressgen.validate import file  # noqa: PLC0415 - only a file that is there wants it

    try:
        with path.open("rb") as opened:
            data = opened.read(file.LARGEST + 1)
    except OSError as error:
        return [Problem(code="K01", message=f"cannot be read: {error.strerror}", place=Place(str(path)))]
    try:
        with guard_file(str(path)):
            return _judged(data, str(path), shelf)
    except Refused as refusal:
        return list(refusal.problems)


def _judged(data: bytes, shown: str, shelf: Shelf) -> list[Problem]:
    from pressgen.validate import file, page  # noqa: PLC0415 - as in judge
    from pressgen.validate.origin import origin  # noqa: PLC0415

    source = origin(data) if len(data) <= file.LARGEST else None
    is_page = source is not None and source.format is Format.HTML
    found = page.problems(data, shown) if is_page else file.problems(data, shown)
    whole = source and UNREAD.isdisjoint(each.code for each in found)
    return [*found, *shelf.held(source, data, shown)] if source and whole else found
