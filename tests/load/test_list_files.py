"""The file of a mailing list: each fault at its line."""

from __future__ import annotations

import pytest

from pressgen.load import list_file
from pressgen.load.list_file import read_list_file

HEAD = "id,name,outlet,email\n"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (
            'daily,"Home desk,A daily,desk@daily.example\n',
            ["lists/a.csv:2:1: O14 a quotation mark is opened but never closed; to write a quotation mark as text,"
             " type it twice"],
        ),
        (
            "a,A,,a@x.example\n" * 4,
            ["lists/a.csv:5:1: O13 a list has at most 3 recipients, but this one has 4"],
        ),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_read_is_told_at_its_line(
    rows: str, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_file, "MOST", 3)
    found, problems = read_list_file((HEAD + rows).encode(), "lists/a.csv")

    assert found == []
    assert list(map(str, problems)) == lines
