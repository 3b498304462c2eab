"""What somebody types, as a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.errors import UsageError
from pressgen.search.question import MOST, SearchTerm, parse_terms


@pytest.mark.parametrize(
    ("typed", "wanted", "without"),
    [
        ("warm river", [SearchTerm(("warm",)), SearchTerm(("river",))], []),
        ('"warm river"', [SearchTerm(("warm", "river"))], []),
        ("“warm river”", [SearchTerm(("warm", "river"))], []),
        ("warm* -river", [SearchTerm(("warm",), begins=True)], [SearchTerm(("river",))]),
        ('"north we"*', [SearchTerm(("north", "we"), begins=True)], []),
        ('-"warm river" weir', [SearchTerm(("weir",))], [SearchTerm(("warm", "river"))]),
        ("R&D", [SearchTerm(("r", "d"))], []),
        ("well-known", [SearchTerm(("well", "known"))], []),
        ('"never closed', [SearchTerm(("never", "closed"))], []),
        (
            "AND OR NOT NEAR(",
            [SearchTerm(("and",)), SearchTerm(("or",)), SearchTerm(("not",)), SearchTerm(("near",))],
            [],
        ),
        ('* - -- "" \' ( ) ^ : ; {{', [], []),
    ],
)
def test_words_phrases_beginnings_and_what_must_not_be_there(
    typed: str, wanted: list[SearchTerm], without: list[SearchTerm]
) -> None:
    assert parse_terms(typed) == (wanted, without)


def test_more_words_than_anybody_types_are_refused() -> None:
    assert len(parse_terms("weir " * MOST)[0]) == MOST
    with pytest.raises(UsageError, match="more than 60 words"):
        parse_terms("weir " * (MOST + 1))


@given(st.text(alphabet=st.characters(), max_size=60))
def test_anything_can_be_typed(text: str) -> None:
    wanted, without = parse_terms(text)

    assert not {'"', "'", "*", " ", "\x00"} & {
        letter for each in (*wanted, *without) for word in each.words for letter in word
    }
