"""Made files of one format and variant as one content of the cache: the release's, and each translation's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pressgen.errors import Place, Problem, Severity
from pressgen.model.artifact import Artifact, Format

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Cell:
    """What was made of one format in one variant.

    Attributes:
        artifacts: a file a language, the release's own first.
        made_with: the version of what made them, by name.
    """

    artifacts: Sequence[Artifact]
    made_with: Mapping[str, str]


def pack(cell: Cell) -> bytes:
    """A cell as it is kept: a line that says what follows, and the files."""
    listed = [
        [each.name, each.format.value, len(each.content), [_told(remark) for remark in each.remarks]]
        for each in cell.artifacts
    ]
    head = json.dumps([listed, dict(cell.made_with)]).encode()
    return b"\n".join([head, b"".join(each.content for each in cell.artifacts)])


def unpack(kept: bytes) -> Cell:
    """What `pack` was given."""
    head, _, contents = kept.partition(b"\n")
    listed, made_with = json.loads(head)
    artifacts, at = [], 0
    for name, format_, size, remarks in listed:
        told = tuple(_remark(remark) for remark in remarks)
        artifacts.append(Artifact(name, Format(format_), contents[at : at + size], told))
        at += size
    return Cell(artifacts, made_with)


def _told(remark: Problem) -> list[object]:
    place = remark.place
    at = [place.file, place.line, place.column, place.inside]
    return [remark.code, remark.message, at, remark.path, remark.severity.value, remark.extent]


def _remark(told: list[Any]) -> Problem:
    code, message, at, path, severity, extent = told
    place = Place(*at)
    return Problem(code=code, message=message, place=place, path=path, severity=Severity(severity), extent=extent)
