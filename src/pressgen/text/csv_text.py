"""Read and write text with delimiters, as spreadsheets do (RFC 4180)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class CsvCell(NamedTuple):
    """One cell of a CSV text, with its place.

    Attributes:
        text: its text without quotation marks around it.
        start: the index of its first character in the whole text, a quotation mark included.
        closed: False if it begins with a quotation mark that nothing closes.
    """

    text: str
    start: int
    closed: bool


FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""The beginning of a cell that a spreadsheet would calculate (OWASP, “CSV Injection”), or that was escaped."""


def read_rows(text: str, delimiter: str = ",") -> Iterator[list[CsvCell]]:
    """Yield the rows of a CSV text.

    An empty line is a row of one empty cell. Quotation marks inside a cell that does not begin with one, and text after
    a closing one, are text, as in Excel.
    """
    pattern, at, row = _compile_pattern(delimiter), 0, list[CsvCell]()
    while at < len(text) or row:
        found = pattern.match(text, at)
        if found is None:  # pragma: no cover - the pattern matches anywhere
            return
        quoted, closing, tail, plain, end = found.groups()
        value = plain if quoted is None else quoted.replace('""', '"') + tail
        row.append(CsvCell(value, at, quoted is None or bool(closing)))
        at = found.end()
        if end != delimiter:
            yield row
            row = []
        elif at == len(text):
            row.append(CsvCell("", at, closed=True))
            yield row
            row = []


def write_rows(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as CSV text, with quotation marks where needed."""
    return "".join(",".join(map(_quote_cell, row)) + "\n" for row in rows)


def escape_formula(value: str) -> str:
    """Return a value with an apostrophe if a spreadsheet would calculate it.

    `unescape_formula` removes the apostrophe.
    """
    return f"'{value}" if FORMULA.match(value) else value


def unescape_formula(value: str) -> str:
    """Return the value that was given to `escape_formula`."""
    return value[1:] if value.startswith("'") and FORMULA.match(value) else value


@cache
def _compile_pattern(delimiter: str) -> re.Pattern[str]:
    other = rf"[^{re.escape(delimiter)}\r\n]*"
    end = rf"({re.escape(delimiter)}|\r\n|\n|\r|\Z)"
    return re.compile(rf'(?:"([^"]*(?:""[^"]*)*)("?)({other})|({other})){end}')


def _quote_cell(value: str) -> str:
    if re.search(r'[",\r\n]', value) or value != value.strip():
        return '"' + value.replace('"', '""') + '"'
    return value
