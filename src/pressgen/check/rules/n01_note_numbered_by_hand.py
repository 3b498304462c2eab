"""A number typed before a note.

Notes are numbered by their position. A typed number is printed as well as pressgen's own, and is wrong from the day
that a note is added above it.

Wrong: `text: 3. The survey was carried out in March.`

Right: `text: The survey was carried out in March.`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.passage import Kind
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

NUMBER = re.compile(r"(?:\(?(\d{1,2})[.)]\s|(?i:note)\s(\d{1,2})\s?[:.]\s|[•·*–-]\s)(?=[“‘\"']?[^\W\d_])")


@rule("N01", "note-numbered-by-hand", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find numbers typed before notes."""
    for passage in subject.own:
        match = NUMBER.match(passage.text) if passage.kind is Kind.NOTE else None
        if match:
            typed = match[0].strip()
            message = f"“{typed}” is typed, and the note is numbered {passage.note} by its position: delete the number"
            yield passage.finding(*match.span(), message, mend="")
