"""The cells of a text with delimiters, as spreadsheets write it (RFC 4180), each with its place."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Cell(NamedTuple):
    """A cell.

    Attributes:
        text: what it says, its quotation marks taken off.
        start: the index of its first character in the whole text, a quotation mark included.
        closed: False where it begins with a quotation mark that nothing closes.
    """

    text: str
    start: int
    closed: bool


FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""How a cell begins that a spreadsheet would calculate (OWASP, “CSV Injection”), or that was kept from it."""


def read_rows(text: str, delimiter: str = ",") -> Iterator[list[Cell]]:
    """Yield the rows of `text`, an empty line as a row of one empty cell.

    Marks inside a cell that does not begin with one, and what follows a closed one, are text, as Excel has it.
    """
    pattern, at, row = _pattern(delimiter), 0, list[Cell]()
    while at < len(text) or row:
        found = pattern.match(text, at)
        if found is None:  # pragma: no cover - the pattern matches anywhere
            return
        quoted, closing, tail, plain, end = found.groups()
        value = plain if quoted is None else quoted.replace('""', '"') + tail
        row.append(Cell(value, at, quoted is None or bool(closing)))
        at = found.end()
        if end != delimiter:
            yield row
            row = []
        elif at == len(text):
            row.append(Cell("", at, closed=True))
            yield row
            row = []


def write_rows(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as text with commas, a line each, with marks where a cell needs them."""
    return "".join(",".join(map(_cell, row)) + "\n" for row in rows)


def keep_as_text(value: str) -> str:
    """Return `value` with an apostrophe before it where a spreadsheet would calculate it; `as_typed` takes it off."""
    return f"'{value}" if FORMULA.match(value) else value


def as_typed(value: str) -> str:
    """Return what was given to `keep_as_text`."""
    return value[1:] if value.startswith("'") and FORMULA.match(value) else value


@cache
def _pattern(delimiter: str) -> re.Pattern[str]:
    other = rf"[^{re.escape(delimiter)}\r\n]*"
    end = rf"({re.escape(delimiter)}|\r\n|\n|\r|\Z)"
    return re.compile(rf'(?:"([^"]*(?:""[^"]*)*)("?)({other})|({other})){end}')


def _cell(value: str) -> str:
    if re.search(r'[",\r\n]', value) or value != value.strip():
        return '"' + value.replace('"', '""') + '"'
    return value
