"""Turn a fault of a file into a one-line problem.

Quoted text is shortened, however long or broken it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.errors import Problem

if TYPE_CHECKING:
    from pressgen.errors import Place

LINE_END = re.compile(r"\s*[\r\n]\s*")
LONG_QUOTATION = re.compile(r"“([^”]{60})[^”]+”")


def make_problem(code: str, message: str, place: Place, path: str = "") -> Problem:
    """Make a problem with a message of one line.

    Text that `message` quotes is shortened and put on one line, so that a printed line is one problem.
    """
    shown = LONG_QUOTATION.sub(r"“\1…”", LINE_END.sub(" ", message))
    return Problem(code=code, message=shown, place=place, path=path)
