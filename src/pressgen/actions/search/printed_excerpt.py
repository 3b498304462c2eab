"""Print the values that an excerpt names."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from pressgen.model.record import read_number
from pressgen.text.figures import format_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PRINT = re.compile(r"\{\{\s*(?P<path>(?:people|facts|terms)\.[A-Za-z0-9_-]+(?:\.\w+)?)\s*\}\}")
"""A print of one field, without a filter."""
USUAL = {"people": ".name", "facts": ".value"}
"""The field that is printed where a print names none."""
Span = tuple[int, int]


def print_values(line: str, spans: Sequence[Span], typed: Mapping[str, str], language: str) -> tuple[str, list[Span]]:
    """Return a text with the values it names, and its spans.

    A span that touches a print covers all of its value. What a filter changes stays as typed.

    Args:
        line: the text as typed.
        spans: characters of it, each as start and end.
        typed: the texts of the release's data, by path.
        language: how its figures are written, as BCP 47 names it.
    """
    moved = [list(each) for each in spans]
    printed, at = "", 0
    for match in PRINT.finditer(line):
        value = _find_value(match["path"], typed, language)
        if value is None:
            continue
        printed += line[at : match.start()]
        for span, (start, end) in zip(moved, spans, strict=True):
            if start >= match.end():
                span[0] += len(value) - len(match[0])
            elif start >= match.start():
                span[0] = len(printed)
            if end > match.start():
                span[1] = len(printed) + len(value) if end <= match.end() else span[1] + len(value) - len(match[0])
        printed += value
        at = match.end()
    return printed + line[at:], [(start, end) for start, end in moved]


def _find_value(path: str, typed: Mapping[str, str], language: str) -> str | None:
    owner = path.partition(".")[0]
    text = typed.get(path) or typed.get(path + USUAL.get(owner, ""))
    number = read_number(text) if text and owner == "facts" and not path.endswith((".unit", ".of")) else None
    if number is None:
        return text
    try:
        return format_number(Decimal(number), language)
    except ValueError:
        return text
