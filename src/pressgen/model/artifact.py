"""What is made: a file's name, its format, its bytes; and the variants it is made in."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressgen.errors import Problem


class Format(StrEnum):
    """The formats of a release, by the ending of their files."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    TXT = "txt"


class Variant(StrEnum):
    """What a release is made as.

    Twins for those outside, with the embargo banner and without it; and a copy for those who still work on it.
    """

    EMBARGOED = "embargoed"
    PUBLIC = "public"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file; `name` has no folder, `remarks` are what an editor might mend in it."""

    name: str
    format: Format
    content: bytes = field(repr=False)
    remarks: tuple[Problem, ...] = ()
