"""The files that a release or a house names: inside its own folder, and there."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from pressgen.load.faults import fault
from pressgen.load.tree import Scalar
from pressgen.text.expression import near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

DRIVE = re.compile(r"[A-Za-z]:")


class Named(NamedTuple):
    """Where a file is named, and which endings it may have; none means any."""

    path: re.Pattern[str]
    endings: tuple[str, ...]


def file_problems(
    source: SourceText, named: tuple[Named, ...], beside: Collection[str] | None, codes: tuple[str, str]
) -> Iterator[Problem]:
    """What is wrong with the names of files.

    Args:
        source: the file that names them.
        named: where it does.
        beside: the files in its folder, as relative paths with `/`; None to leave that alone.
        codes: for a name that cannot be, and for a file that is not there.
    """
    for path, node in source.nodes.items():
        where = next((each for each in named if each.path.fullmatch(path)), None)
        if where is None or not isinstance(node, Scalar) or not node.value:
            continue
        if message := _unfit(node.value, where.endings):
            yield fault(codes[0], message, source.place(path), path)
        elif beside is not None and node.value not in beside:
            message = f"“{node.value}” is not in the folder of {source.shown}{near(node.value, beside)}"
            yield fault(codes[1], message, source.place(path), path)


def _unfit(name: str, endings: tuple[str, ...]) -> str:
    """What speaks against a file's name; empty for nothing."""
    if name.startswith("/") or DRIVE.match(name):
        return f"“{name}” is a place on one machine; write it from this folder on"
    if "\\" in name:
        return f"“{name}” has “\\” in it; write “/” between folders"
    if ".." in name.split("/"):
        return f"“{name}” leads out of this folder; put the file in it"
    if str(PurePosixPath(name)) != name or "\n" in name:
        return f"“{' '.join(name.split())}” is no plain path; write it such as pictures/map.png"
    if endings and PurePosixPath(name).suffix.lower() not in endings:
        return f"“{name}” cannot be shown; a picture ends in {' or '.join(endings)}"
    return ""
