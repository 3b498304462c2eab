"""Expressions name values of the release, and nothing else."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.model.house import Formats
from pressgen.model.moment import read_moment
from pressgen.model.release import Fact
from pressgen.text.expression import ExpressionEvaluator, find_names
from pressgen.text.figures import make_fact_value
from pressgen.text.filters import make_filters
from pressgen.text.prose import ProseError

KNOWN = {
    "facts": {
        "held": make_fact_value(Fact(value="3930", unit="people")),
        "items": make_fact_value(Fact(value="4.50")),
        "share": make_fact_value(Fact(value="one in five")),
    },
    "times": {"embargo": read_moment("2019-05-08 00:01", "Europe/London")},
}
EXPRESSIONS = ExpressionEvaluator(make_filters("en-GB", Formats(moment="EEEE dd MMMM HH.mm")))


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("facts.held", Decimal(3930)),
        ("facts.held | nearest(1000)", Decimal(4000)),
        ("facts.held | down(1000)", Decimal(3000)),
        ("facts.held.unit", "people"),
        ("facts.items", Decimal("4.50")),
        ("facts.share", "one in five"),
        ("facts.held + facts.items", Decimal("3934.50")),
        ("facts.held * 2", Decimal(7860)),
        ("times.embargo | date", "8 May 2019"),
        ("times.embargo | moment", "Wednesday 08 May 00.01"),
        ("times.embargo | zone", "BST"),
        ("times.embargo | utc", "23:01 UTC, Tuesday 7 May"),
        ("'so' | upper", "SO"),
    ],
)
def test_an_expression_gives_its_value(code: str, value: object) -> None:
    assert EXPRESSIONS.value(code, KNOWN) == value


@pytest.mark.parametrize(
    ("code", "message", "at"),
    [
        ("fact.held", "there is no value called “fact”; did you mean “facts”?", 0),
        (" facts.heldd", "there is no value called “facts.heldd”; did you mean “held”?", 1),
        ("facts.held.__class__", "there is no value called “facts.held.__class__”", 0),
        ("facts.held | nearst(3)", "there is no filter “nearst”; did you mean “nearest”?", 13),
        ("range(3)", "an expression names a value, with filters and arithmetic; not call", 0),
        ("'a' * 1000000000", "“'a' * 1000000000” cannot be calculated: only numbers can be multiplied", 0),
        ("facts.a", "there is no value called “facts.a”", 0),
        ("terms.x", "there is no value called “terms”; did you mean “times”?", 0),
        ("1 / 0", "“1 / 0” cannot be calculated: division by zero", 0),
        (" + ".join("1" * 900), "“1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + …” is longer than 500 characters", 0),
        ("(" * 240 + "1" + ")" * 240, "“" + "(" * 240 + "1" + ")" * 240 + "” cannot be read: too deep", 0),
        ("a b", "“a b” cannot be read: expected token 'end of print statement', got 'b'", 0),
    ],
)  # fmt: skip
def test_what_an_expression_cannot_say_is_refused_with_its_place(code: str, message: str, at: int) -> None:
    with pytest.raises(ProseError) as refusal:
        EXPRESSIONS.value(code, KNOWN)

    told, where = refusal.value.faults[0]
    assert (told[: len(message)], where) == (message, at)


def test_names_come_with_their_offsets() -> None:
    assert find_names(" facts.a.unit if people.b else terms.C | upper") == [
        (("facts", "a", "unit"), 1),
        (("people", "b"), 17),
        (("terms", "C"), 31),
    ]


@given(st.text(alphabet=st.sampled_from(list("facts.held|()[]{}'\"+-*/~ 0123,<>=_%#:")), max_size=25))
def test_no_expression_does_worse_than_be_refused(code: str) -> None:
    with contextlib.suppress(ProseError):
        EXPRESSIONS.value(code, KNOWN)
