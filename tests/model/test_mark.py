"""The mark of a copy, however somebody types it off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.model.mark import found, mark_of, strange, visible

MARK = mark_of("key")


def test_a_mark_is_twelve_signs_that_nobody_takes_for_others() -> None:
    signs = MARK.replace("-", "")

    assert (len(MARK), len(signs)) == (14, 12)
    assert not set(signs) & set("ILOU")


@given(st.text(), st.text())
def test_two_copies_have_two_marks(one: str, other: str) -> None:
    assert (mark_of(one) == mark_of(other)) == (one == other)


@pytest.mark.parametrize(
    "typed",
    [
        MARK,
        MARK.lower(),
        MARK.replace("-", ""),
        MARK.replace("-", " – "),
        MARK.replace("-", "-\n"),
        MARK.replace("0", "O"),
    ],
)
def test_a_mark_is_found_however_it_was_typed(typed: str) -> None:
    assert found(f"The bridge opened.\nCopy {typed} · A desk", [mark_of("other"), MARK]) == [MARK]


def test_a_mark_is_found_whatever_signs_were_misread() -> None:
    mark = next(each for each in (mark_of(str(n)) for n in range(999)) if "0" in each and "1" in each)

    assert found(mark.replace("0", "o").replace("1", "l"), [mark]) == [mark]


def test_a_mark_that_nobody_knows_is_told() -> None:
    assert strange(f"foot\n{visible(MARK, 'A desk')}") == MARK
    assert strange("Copy that, over") == ""
