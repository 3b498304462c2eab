"""Words of an imported release that nobody has found a place for."""

from __future__ import annotations

from pydantic import Field

from pressgen.model.record import Line, Record


class UnplacedText(Record):
    """Words of an imported release that still need a place.

    Each must be moved to where it belongs, or taken out, before anything is built.
    """

    line: Line = Field(description="The line of the old file, or the paragraph of a Word file.")
    text: str = Field(description="The words.")
