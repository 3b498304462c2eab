"""Typed prose where no note can stand beside it, such as a line of a list."""

from __future__ import annotations

import re

from pressgen.text.prose import CITATION

CITED = re.compile(rf"(?<!\\)(?:[ \t]+(?={CITATION.pattern}(?:[\s.,;:!?]|$)))?{CITATION.pattern}")
"""A citation, with the blank before it where a blank, a stop or the end follows."""


def without_citations(text: str) -> str:
    """Text as typed, without its citations `[^note]`."""
    return CITED.sub("", text) if "[^" in text else text
