"""The files of a release, their formats and variants."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pressgen.errors import Problem  # noqa: TC001 - pydantic reads the type


class Format(StrEnum):
    """The formats of a release, by the ending of their files."""

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

    `name` has no folder; `remarks` say what an editor might improve in it.
    """

    name: str
    format: Format
    content: bytes = field(repr=False)
    remarks: tuple[Problem, ...] = ()
