"""Open points of an import: words without a place, uncertain times."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.load.faults import make_problem
from pressgen.load.tree import Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

PARTS = {"YYYY": "the year", "MM-": "the month", "DD": "the day", "HH:MM": "the time of day"}
OPEN = re.compile(r"(?=.*[YMDH])(?:YYYY|\d{4})-(?:MM|\d\d)-(?:DD|\d\d) (?:HH:MM|\d\d:\d\d)")
SHOWN = 60


def find_unplaced_problems(source: SourceText) -> Iterator[Problem]:
    """Return a problem for each entry of `unplaced`.

    This ensures that no word is lost between import and print.
    """
    node = source.nodes.get("unplaced")
    for name in node.names if isinstance(node, Sequence) else ():
        path = f"unplaced[{name}]"
        text = source.text_at(f"{path}.text") or ""
        said = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        message = f"“{said}” has no place yet; move the words to where they belong, or delete this entry"
        yield make_problem("R28", message, source.place(path), path)


def describe_missing_time(text: str) -> str:
    """Return which part of a wall time is missing; empty for none.

    Such as “the year” for `YYYY-05-08 00:01`.
    """
    if not OPEN.fullmatch(text):
        return ""
    return " and ".join(part for letters, part in PARTS.items() if letters in text)
