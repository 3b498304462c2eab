"""What somebody types, as a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.errors import WrongUse
from pressgen.search.question import MOST, Term, terms


@pytest.mark.parametrize(
    ("typed", "wanted", "without"),
    [
        ("warm river", [Term(("warm",)), Term(("river",))], []),
        ('"warm river"', [Term(("warm", "river"))], []),
        ("“warm river”", [Term(("warm", "river"))], []),
        ("warm* -river", [Term(("warm",), begins=True)], [Term(("river",))]),
        ('"north we"*', [Term(("north", "we"), begins=True)], []),
        ('-"warm river" weir', [Term(("weir",))], [Term(("warm", "river"))]),
        ("R&D", [Term(("r", "d"))], []),
        ("well-known", [Term(("well", "known"))], []),
        ('"never closed', [Term(("never", "closed"))], []),
        ("AND OR NOT NEAR(", [Term(("and",)), Term(("or",)), Term(("not",)), Term(("near",))], []),
        ('* - -- "" \' ( ) ^ : ; {{', [], []),
    ],
)
def test_words_phrases_beginnings_and_what_must_not_be_there(
    typed: str, wanted: list[Term], without: list[Term]
) -> None:
    assert terms(typed) == (wanted, without)


def test_more_words_than_anybody_types_are_refused() -> None:
    assert len(terms("weir " * MOST)[0]) == MOST
    with pytest.raises(WrongUse, match="more than 60 words"):
        terms("weir " * (MOST + 1))


@given(st.text(alphabet=st.characters(), max_size=60))
def test_anything_can_be_typed(text: str) -> None:
    wanted, without = terms(text)

    assert not {'"', "'", "*", " ", "\x00"} & {
        letter for each in (*wanted, *without) for word in each.words for letter in word
    }
