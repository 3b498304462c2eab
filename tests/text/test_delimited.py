"""Delimited text is read as Python's csv module reads it, with the place of each cell."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.text.csv_text import escape_formula, read_rows, unescape_formula, write_rows

CELLS = st.text(st.sampled_from("ab, ;\t\"'=+-@\r\né٣"), max_size=8)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5)


@given(rows=ROWS, delimiter=st.sampled_from(",;\t|"), ends=st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_the_csv_module_writes_is_read_as_it_was(rows: list[list[str]], delimiter: str, ends: str) -> None:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter, lineterminator=ends, quoting=csv.QUOTE_ALL).writerows(rows)

    found = list(read_rows(made.getvalue(), delimiter))

    assert [[cell.text for cell in row] for row in found] == rows
    assert all(cell.closed and made.getvalue()[cell.start] == '"' for row in found for cell in row)


@given(rows=ROWS)
def test_the_csv_module_reads_what_is_written(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(write_rows(rows), newline="")))

    assert read == [[] if row == [""] else row for row in rows]


def test_a_mark_that_nothing_closes_is_known() -> None:
    (first, second), *rest = read_rows('a,"b\nc,d\n')

    assert (first.closed, second.closed, second.start, rest) == (True, False, 2, [])


@given(CELLS)
def test_what_a_spreadsheet_would_calculate_is_kept_as_text_and_comes_back(value: str) -> None:
    kept = escape_formula(value)

    assert kept[:1] not in set("=+-@\t\r")
    assert unescape_formula(kept) == value


@pytest.mark.parametrize("name", ["'t Hooft", "O'Brien", "'", ""])
def test_an_apostrophe_of_a_name_stays(name: str) -> None:
    assert escape_formula(name) == name == unescape_formula(name)
