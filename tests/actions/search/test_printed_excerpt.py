"""Values in the excerpts of `pressgen find`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.actions.search.printed_excerpt import print_values

TYPED = {
    "people.ray.name": "Dr Ada Ray",
    "people.ray.role": "Engineer",
    "facts.cars.value": "4120",
    "terms.NS": "North Sea",
}


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("{{ people.ray.name }} said", "Dr Ada Ray said"),
        ("{{people.ray}} said", "Dr Ada Ray said"),
        ("the {{ people.ray.role }}", "the Engineer"),
        ("{{ facts.cars }} cars", "4,120 cars"),
        ("{{ facts.cars | nearest(100) }} cars", "{{ facts.cars | nearest(100) }} cars"),
        ("{{ people.roy.name }} said", "{{ people.roy.name }} said"),
        ("in the {{ terms.NS }}", "in the North Sea"),
    ],
)
def test_what_prose_names_is_printed(typed: str, printed: str) -> None:
    assert print_values(typed, [], TYPED, "en-GB") == (printed, [])


def test_a_figure_is_written_as_its_language_does() -> None:
    assert print_values("{{ facts.cars }}", [], TYPED, "de")[0] == "4.120"


WORDS = ["{{ people.ray.name }}", "{{ facts.cars }}", "the ", "bridge ", "{{ x }}"]
PIECES = st.lists(st.sampled_from(WORDS), max_size=9)


@given(PIECES, PIECES, PIECES)
def test_a_span_covers_the_same_words_as_before(before: list[str], inside: list[str], after: list[str]) -> None:
    start, end = len("".join(before)), len("".join(before + inside))

    line, [(first, last)] = print_values("".join(before + inside + after), [(start, end)], TYPED, "en-GB")

    assert line[first:last] == print_values("".join(inside), [], TYPED, "en-GB")[0]


def test_a_span_within_a_print_covers_the_value() -> None:
    assert print_values("a {{ facts.cars }} b", [(6, 10)], TYPED, "en-GB") == ("a 4,120 b", [(2, 7)])
