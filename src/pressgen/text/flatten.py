"""Flatten prose where no note can be, as in a list's line."""

from __future__ import annotations

import re

from pressgen.text.prose import CITATION

CITED = re.compile(rf"(?<!\\)(?:[ \t]+(?={CITATION.pattern}(?:[\s.,;:!?]|$)))?{CITATION.pattern}")
"""A citation, with the blank before it if a blank, a stop or the end follows."""


def strip_citations(text: str) -> str:
    """Return a text as typed, without its citations `[^note]`."""
    return CITED.sub("", text) if "[^" in text else text
