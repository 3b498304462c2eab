"""The mark of a copy, however somebody types it off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.model.mark import find_any_mark, find_marks, format_mark_line, make_mark

MARK = make_mark("key")


def test_a_mark_is_twelve_signs_that_nobody_takes_for_others() -> None:
    signs = MARK.replace("-", "")

    assert (len(MARK), len(signs)) == (14, 12)
    assert not set(signs) & set("ILOU")


@given(st.text(), st.text())
def test_two_copies_have_two_marks(one: str, other: str) -> None:
    assert (make_mark(one) == make_mark(other)) == (one == other)


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
    assert find_marks(f"The bridge opened.\nCopy {typed} · A desk", [make_mark("other"), MARK]) == [MARK]


def test_a_mark_is_found_whatever_signs_were_misread() -> None:
    mark = next(each for each in (make_mark(str(n)) for n in range(999)) if "0" in each and "1" in each)

    assert find_marks(mark.replace("0", "o").replace("1", "l"), [mark]) == [mark]


def test_a_mark_that_nobody_knows_is_told() -> None:
    assert find_any_mark(f"foot\n{format_mark_line(MARK, 'A desk')}") == MARK
    assert find_any_mark("Copy that, over") == ""
