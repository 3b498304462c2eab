"""A standing section, of a house or of a partner."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pressgen.model.record import Line, Prose, Record


class Section(Record):
    """A standing section, such as “About us”."""

    heading: Line | None = Field(None, description="Its heading.")
    text: Prose | Annotated[tuple[Prose, ...], Field(min_length=1)] = Field(description="Its text, a text a paragraph.")
