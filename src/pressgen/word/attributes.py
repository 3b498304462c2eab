"""Read attributes of Word files as values of the type asked for.

Attributes come from outside and may hold anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressgen.word.names import Element

NUMBER = re.compile(r"\s*([+-]?[0-9]{1,9})\s*")
"""A decimal number (ECMA-376 part 1, 17.18.10), no larger than real files have."""


def parse_int(text: str | None) -> int | None:
    """Return the number that an attribute's text says, or None."""
    match = NUMBER.fullmatch(text or "")
    return int(match[1]) if match else None


def read_int(node: Element | None, name: str) -> int | None:
    """Return the number in an attribute of a node, or None."""
    return None if node is None else parse_int(node.get(name))
