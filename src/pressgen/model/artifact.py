"""What is made: a file's name, its format, its bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Format(StrEnum):
    """The formats of a release, by the ending of their files."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    TXT = "txt"


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file; `name` has no folder."""

    name: str
    format: Format
    content: bytes = field(repr=False)
