"""A column of years is not aligned as one of amounts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pressgen.compose.years import mark_year_columns
from pressgen.model.document import Cell, Table
from render.documents import leaf


def table(heading: str, *texts: str) -> Table:
    def cell(text: str) -> Cell:
        return replace(leaf(Cell, "p", text), numeric=text.replace(",", "").isdigit())

    rows = tuple((cell(text), cell("1,250")) for text in texts)
    return Table(id="t", path="p", caption=None, header=(cell(heading), cell("People")), rows=rows)


def figures(made: Table) -> list[bool]:
    return [cell.numeric for cell in made.rows[0]]


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        ("", ("2023", "2024", "2025")),
        ("Period", ("2030", "2025", "2020")),
        ("Year", ("2011", "2019", "2024")),
        ("Financial year", ("2024",)),
        ("Jahr", ("1998", "2024", "2007")),
        ("السنة", ("2023", "2019")),
        ("Year", ("2023", "2024", "Total")),
    ],
)
def test_years_are_words_and_the_amounts_beside_them_figures(heading: str, texts: tuple[str, ...]) -> None:
    assert figures(mark_year_columns(table(heading, *texts))) == [False, True]


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        ("Staff", ("1800", "1950", "2010")),
        ("Staff", ("1800", "1900", "2000")),
        ("Year", ("1,900", "2,000")),
        ("Staff", ("2024",)),
        ("Places", ("2024", "2025", "12")),
    ],
)
def test_amounts_that_look_like_years_stay_figures(heading: str, texts: tuple[str, ...]) -> None:
    assert figures(mark_year_columns(table(heading, *texts))) == [True, True]
