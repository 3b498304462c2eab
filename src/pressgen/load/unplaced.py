"""What an import has left for a person: words without a place, times that are not settled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.load.faults import fault
from pressgen.load.tree import Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

PARTS = {"YYYY": "the year", "MM-": "the month", "DD": "the day", "HH:MM": "the time of day"}
OPEN = re.compile(r"(?=.*[YMDH])(?:YYYY|\d{4})-(?:MM|\d\d)-(?:DD|\d\d) (?:HH:MM|\d\d:\d\d)")
SHOWN = 60


def unplaced_problems(source: SourceText) -> Iterator[Problem]:
    """A problem for each entry of `unplaced`, so that no word is lost between import and print."""
    node = source.nodes.get("unplaced")
    for name in node.names if isinstance(node, Sequence) else ():
        path = f"unplaced[{name}]"
        text = source.text_at(f"{path}.text") or ""
        said = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        message = f"“{said}” has no place yet; move the words to where they belong, or take this entry out"
        yield fault("R28", message, source.place(path), path)


def left_open(text: str) -> str:
    """What of a wall time is still open, such as “the year” for `YYYY-05-08 00:01`; empty for nothing."""
    if not OPEN.fullmatch(text):
        return ""
    return " and ".join(part for letters, part in PARTS.items() if letters in text)
