"""The files that a release or a house names.

They must exist, inside its own folder.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from pressgen.load.faults import make_problem
from pressgen.load.tree import Scalar
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

DRIVE = re.compile(r"[A-Za-z]:")


class FileReference(NamedTuple):
    """A place that names a file, with the endings allowed.

    No endings means any.
    """

    path: re.Pattern[str]
    endings: tuple[str, ...]


def find_file_problems(
    source: SourceText, named: tuple[FileReference, ...], beside: Collection[str] | None, codes: tuple[str, str]
) -> Iterator[Problem]:
    """Find the problems of the files that are named.

    Args:
        source: the file that names them.
        named: the places that name files.
        beside: the files in its folder, as relative paths with `/`; None to skip the check for missing files.
        codes: for an impossible name, and for a missing file.
    """
    for path, node in source.nodes.items():
        where = next((each for each in named if each.path.fullmatch(path)), None)
        if where is None or not isinstance(node, Scalar) or not node.value:
            continue
        if message := _explain_unfit_name(node.value, where.endings):
            yield make_problem(codes[0], message, source.place(path), path)
        elif beside is not None and node.value not in beside:
            message = f"“{node.value}” is not in the folder of {source.shown}{suggest_name(node.value, beside)}"
            yield make_problem(codes[1], message, source.place(path), path)


def _explain_unfit_name(name: str, endings: tuple[str, ...]) -> str:
    """Return the problem of a file name; empty for none."""
    if name.startswith("/") or DRIVE.match(name):
        return f"“{name}” is a path on one machine; write the path from this folder"
    if "\\" in name:
        return f"“{name}” has “\\” in it; write “/” between folders"
    if ".." in name.split("/"):
        return f"“{name}” is outside this folder; move the file into it"
    if str(PurePosixPath(name)) != name or "\n" in name:
        return f"“{' '.join(name.split())}” is not a plain path; write one such as pictures/map.png"
    if endings and PurePosixPath(name).suffix.lower() not in endings:
        return f"“{name}” cannot be shown; a picture ends in {' or '.join(endings)}"
    return ""
