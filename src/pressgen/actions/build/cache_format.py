"""The cache format of built files of one format and variant.

An entry has the release's file, and each translation's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pressgen.errors import Place, Problem, Severity
from pressgen.model.artifact import Artifact, Format

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class FormatOutput:
    """The built files of one format and variant, in each language.

    Attributes:
        artifacts: one file for each language, the release's own first.
        made_with: the versions of the tools, by name.
    """

    artifacts: Sequence[Artifact]
    made_with: Mapping[str, str]


def pack_output(cell: FormatOutput) -> bytes:
    """Pack the files of one format and variant for the cache.

    The first line says what follows; then come the files.
    """
    listed = [
        [each.name, each.format.value, len(each.content), [_pack_remark(remark) for remark in each.remarks]]
        for each in cell.artifacts
    ]
    head = json.dumps([listed, dict(cell.made_with)]).encode()
    return b"\n".join([head, b"".join(each.content for each in cell.artifacts)])


def unpack_output(kept: bytes) -> FormatOutput:
    """Unpack the files of one format and variant."""
    head, _, contents = kept.partition(b"\n")
    listed, made_with = json.loads(head)
    artifacts, at = [], 0
    for name, format_, size, remarks in listed:
        told = tuple(_unpack_remark(remark) for remark in remarks)
        artifacts.append(Artifact(name, Format(format_), contents[at : at + size], told))
        at += size
    return FormatOutput(artifacts, made_with)


def _pack_remark(remark: Problem) -> list[object]:
    """Pack a remark about a file."""
    place = remark.place
    at = [place.file, place.line, place.column, place.inside]
    return [remark.code, remark.message, at, remark.path, remark.severity.value, remark.extent]


def _unpack_remark(told: list[Any]) -> Problem:
    """Unpack a remark about a file."""
    code, message, at, path, severity, extent = told
    place = Place(*at)
    return Problem(code=code, message=message, place=place, path=path, severity=Severity(severity), extent=extent)
