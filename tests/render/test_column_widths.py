"""The columns of a table in Word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pressgen.render.column_widths import CellMeasures, compute_column_widths, compute_least_width

MEASURES = CellMeasures(letter=120, padding=200)
WORDS = st.lists(
    st.one_of(st.integers(0, 10**9).map(lambda n: f"{n:,}"), st.text("abcé", min_size=1, max_size=30)), max_size=6
).map(" ".join)
ROWS = st.integers(1, 7).flatmap(lambda n: st.lists(st.lists(WORDS, min_size=n, max_size=n), min_size=1, max_size=6))


@given(ROWS, st.integers(1000, 16_000))
def test_the_columns_are_as_wide_as_the_table_together(rows: list[list[str]], width: int) -> None:
    width = max(width, compute_least_width(rows, MEASURES))

    assert sum(compute_column_widths(rows, width, MEASURES)) == width


@given(ROWS, st.integers(0, 16_000))
def test_a_table_that_is_not_refused_breaks_no_figure(rows: list[list[str]], more: int) -> None:
    width = compute_least_width(rows, MEASURES) + more

    for column, has in zip(zip(*rows, strict=True), compute_column_widths(rows, width, MEASURES), strict=True):
        figures = [word for text in column for word in text.split() if word[0].isdigit()]
        assert has >= max(map(MEASURES.measure, figures), default=0)


def test_a_word_of_the_longest_text_is_broken_only_where_there_is_no_room() -> None:
    rows = [["Saltmere-upon-Wick", "1"], ["A long text with many words that goes on and on", "2"]]

    narrow, wide = (compute_column_widths(rows, width, MEASURES) for width in (2000, 9000))

    assert narrow[1] >= MEASURES.measure("1")
    assert wide[0] >= MEASURES.measure("Saltmere-upon-Wick")


def test_a_space_that_holds_two_words_together_is_not_broken_either() -> None:
    assert compute_least_width([["4.2\u00a0million"]], MEASURES) == MEASURES.measure("4.2\u00a0million")
