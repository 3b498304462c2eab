"""Attributes of Word files as values: whatever stands in a file from outside, the answer has the type asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressgen.word.names import Element

NUMBER = re.compile(r"\s*([+-]?[0-9]{1,9})\s*")
"""A decimal number (ECMA-376 part 1, 17.18.10) of a size that a file of any use has."""


def to_int(text: str | None) -> int | None:
    """The number that an attribute's text says; None where it says none."""
    match = NUMBER.fullmatch(text or "")
    return int(match[1]) if match else None


def read_int(node: Element | None, name: str) -> int | None:
    """The number in the attribute `name` of a node; None where node, attribute or number is missing."""
    return None if node is None else to_int(node.get(name))
