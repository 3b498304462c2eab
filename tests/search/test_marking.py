"""Where the words of a question stand in a passage."""

from __future__ import annotations

from pressgen.search.question import parse_terms
from pressgen.search.term_matches import find_terms
from pressgen.search.words import split_words

TEXT = "The warm weir. The north weir is Ŵyn’s, and weirs warm it."


def marked(typed: str, **alike: set[str]) -> list[str]:
    told = find_terms(parse_terms(typed)[0], list(split_words(TEXT)), alike)
    return [TEXT[start:end] for start, end in told.spans]


def test_words_are_marked_wherever_they_stand() -> None:
    assert marked("warm wyn") == ["warm", "Ŵyn", "warm"]


def test_a_phrase_is_marked_as_one() -> None:
    assert marked('"north weir"') == ["north weir"]
    assert marked('"weir north"') == []


def test_a_beginning_is_marked_with_the_rest_of_its_word() -> None:
    assert marked("wei*") == ["weir", "weir", "weirs"]
    assert marked('"and wei*"') == []
    assert marked('"and wei"*') == ["and weirs"]


def test_what_counts_as_the_same_word_is_marked_too() -> None:
    assert marked("weirs", weirs={"weir"}) == ["weir", "weir", "weirs"]


def test_the_terms_that_stand_there_are_counted() -> None:
    assert find_terms(parse_terms("weir warm absent")[0], list(split_words(TEXT)), {}).terms == 2
