"""A fault of a file as a problem: its message on one line, however long or broken the text that it quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.errors import Problem

if TYPE_CHECKING:
    from pressgen.errors import Place

LINE_END = re.compile(r"\s*[\r\n]\s*")
LONG_QUOTATION = re.compile(r"“([^”]{60})[^”]+”")


def fault(code: str, message: str, place: Place, path: str = "") -> Problem:
    """The problem; what `message` quotes is cut short and set on one line, so that a line printed is one problem."""
    shown = LONG_QUOTATION.sub(r"“\1…”", LINE_END.sub(" ", message))
    return Problem(code=code, message=shown, place=place, path=path)
