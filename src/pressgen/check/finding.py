"""What a rule found: place, fault, and a safe correction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressgen.errors import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a rule found.

    Attributes:
        path: the path of the data, such as `notes[report].text`; `house.…` for the house's own.
        message: what is wrong and what to do, one sentence, no final stop.
        start, end: the characters of the value at `path`, as typed.
        words: what is printed there, by which an acknowledgement recognises it.
        mend: the text to put in their place, if that is safe; else None.
        severity: None for the rule's own; a rule may give some of its findings a lighter one.
    """

    path: str
    message: str
    start: int = 0
    end: int = 0
    words: str = ""
    mend: str | None = None
    severity: Severity | None = None
