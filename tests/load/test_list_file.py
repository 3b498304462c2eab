"""A list's file: what it cannot be is said at its line."""

from __future__ import annotations

import pytest

from pressgen.load.list_file import read_list_file

HEADER = "id,name,outlet,email\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "name,email\nNews desk,news@echo.example\n",
            "1:1: O13 the first line of a list is “id,name,outlet,email”; pressgen lists import writes such a file",
        ),
        (HEADER, "1:1: O13 the list has no recipient; add a line, or delete the list"),
        (
            f"{HEADER}echo,News desk,The Echo, Hull,news@echo.example\n",
            "2:1: O14 the line has 5 columns, but a list has 4: id,name,outlet,email; put “…” round a comma",
        ),
    ],
)
def test_a_file_that_is_no_list_is_refused_at_its_line(text: str, told: str) -> None:
    found, problems = read_list_file(text.encode(), "national.csv")

    assert (found, [str(each) for each in problems]) == ([], [f"national.csv:{told}"])
