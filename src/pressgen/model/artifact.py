"""The files of a release, their formats and variants."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pressgen.errors import Problem  # noqa: TC001 - pydantic reads the type


class Format(StrEnum):
    """The formats of pressgen's own, by the ending of their files."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    TXT = "txt"


class Variant(StrEnum):
    """The variants that a release is made in.

    For outsiders there is one with the embargo banner and one without. A third one is for those who still work on it.
    """

    EMBARGOED = "embargoed"
    PUBLIC = "public"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file of a release.

    Attributes:
        name: has no folder.
        format: a `Format`, or the name of one that another package adds.
        remarks: what an editor might improve in it.
        checked_by: of an added format, who read its words back: `pressgen`, another package, or `nobody`.
    """

    name: str
    format: str
    content: bytes = field(repr=False)
    remarks: tuple[Problem, ...] = ()
    checked_by: str = ""
