"""Typefaces from packages of the machine.

A house takes them for scripts that its own fonts lack.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from pressgen.model.record import Line, Record

if TYPE_CHECKING:
    from collections.abc import Iterable

FileName = Annotated[str, StringConstraints(pattern=r"^[^/\\]+\.(ttf|otf)$")]


class FontFace(Record):
    """A font face in one file, as a package installs it."""

    family: Line = Field(description="What `release.css` calls it in its lists of families.")
    weight: Literal["normal", "bold"] = Field("normal", description="`bold` for the bold face of a family.")
    file: FileName = Field(description="Its file's name, such as `NotoSansArabic-Regular.ttf`; one face a file.")
    package: Line = Field(description="The Debian package that brings it.")
    letters: Annotated[tuple[Line, ...], Field(min_length=1)] = Field(
        description="For which letters it is wanted, by the first words of their names in Unicode: `ARABIC`, `CJK`."
    )

    def serves(self, characters: Iterable[str]) -> bool:
        """Return whether it is needed for one of `characters`."""
        names = tuple(each.upper() for each in self.letters)
        return any(unicodedata.name(each, "").startswith(names) for each in characters)
