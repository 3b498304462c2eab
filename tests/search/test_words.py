"""Words as they are looked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.search.words import list_words, normalise_text, split_words


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Ŵyn y Môr", ["wyn", "y", "mor"]),
        ("cafe\u0301 café", ["cafe", "cafe"]),
        ("Łódź, Sørensen, Straße", ["lodz", "sorensen", "strasse"]),
        ("R&D", ["r", "d"]),
        ("£3,930 and 3930", ["3930", "and", "3930"]),
        ("1,234,567 or 12,34", ["1234567", "or", "12", "34"]),
        ("3.2 million", ["3", "2", "million"]),
        ("co\u00adoperate", ["cooperate"]),
        ("北京 weir", ["北", "京", "weir"]),
        ("ＡＢＣ", ["abc"]),
        ("__init__ _", ["init"]),
        ("", []),
    ],
)
def test_capitals_accents_and_separators_do_not_matter(typed: str, wanted: list[str]) -> None:
    assert list_words(typed) == wanted


def test_a_figure_is_found_where_prose_names_its_fact() -> None:
    text = "Of {{ facts.held | nearest(100) }} men, {{ facts.x }} left on {{ times.embargo }}."

    assert list_words(text, {"held": "612"}) == ["of", "612", "men", "left", "on"]
    [figure] = [each for each in split_words(text, {"held": "612"}) if each.text == "612"]
    assert text[figure.start : figure.end] == "{{ facts.held | nearest(100) }}"


@given(st.text(alphabet=st.characters(), max_size=80))
def test_every_word_stands_where_it_says_and_has_no_space_in_it(text: str) -> None:
    found = list(split_words(text))

    assert all(each.text and not any(letter.isspace() for letter in each.text) for each in found)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)


@given(st.text(alphabet=st.characters(codec="ascii") | st.characters(), max_size=80))
def test_words_without_their_places_are_the_same_words(text: str) -> None:
    assert list_words(text) == [each.text for each in split_words(text)]


@given(st.text(alphabet=st.characters(categories=["L", "N", "M", "Co"]), max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert normalise_text(normalise_text(text)) == normalise_text(text)
