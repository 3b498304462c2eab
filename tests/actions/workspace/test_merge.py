"""Two versions of a text are merged by words, or the first conflict is told with both texts."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from actions.merges import assert_holds_both
from pressgen.actions.workspace.text_merge import Conflict, merge_texts

LINES = [f"- line {number} of the text\n" for number in range(12)]
SIDES = st.dictionaries(st.integers(0, 11), st.sampled_from(["", "- another{}\n", "- two{}\n- lines{}\n"]), max_size=5)
"""What a side makes of some lines, each with its line's number, so that no two lines of a text are the same."""
WORDS = st.lists(st.sampled_from(["a", "b", " ", "\n", "- ", "é", ".", "\r\n"]), max_size=30).map("".join)


def text(*sides: dict[int, str]) -> str:
    """The lines, with those that a side changes as it has them."""
    return "".join(next((side[n].format(n, n) for side in sides if n in side), line) for n, line in enumerate(LINES))


@given(SIDES, SIDES)
def test_lines_that_stay_apart_are_merged(ours: dict[int, str], theirs: dict[int, str]) -> None:
    assume(all(abs(one - other) > 1 for one in ours for other in theirs))

    assert merge_texts(text(), text(theirs), text(ours)) == text(ours, theirs)


@given(SIDES, SIDES)
def test_a_merge_has_what_both_sides_did_or_is_a_conflict(ours: dict[int, str], theirs: dict[int, str]) -> None:
    found = merge_texts(text(), text(theirs), text(ours))

    if isinstance(found, str):
        assert_holds_both(found.splitlines(), text().splitlines(), text(theirs).splitlines(), text(ours).splitlines())


@given(WORDS, WORDS)
def test_one_side_alone_is_taken_as_it_is(base: str, other: str) -> None:
    assert merge_texts(base, other, base) == other
    assert merge_texts(base, base, other) == other
    assert merge_texts(base, other, other) == other


@given(WORDS, WORDS, WORDS)
def test_a_conflict_shows_lines_that_are_there(base: str, theirs: str, ours: str) -> None:
    found = merge_texts(base, theirs, ours)

    if isinstance(found, Conflict):
        assert found.base in base
        assert theirs[found.offset :].startswith(found.theirs)
        assert found.ours in ours


def test_words_of_one_line_are_merged() -> None:
    assert merge_texts("one two three four\n", "one 2 three four\n", "one two three 4\n") == "one 2 three 4\n"


def test_a_conflict_is_told_with_its_lines() -> None:
    found = merge_texts("head\none two\ntail\n", "top\nhead\none 2\ntail\n", "head\none zwei\ntail\n")

    assert found == Conflict(9, "one two", "one 2", "one zwei")


def test_an_insertion_at_the_same_place_is_a_conflict() -> None:
    assert isinstance(merge_texts("a\nc\n", "a\nb\nc\n", "a\nB\nc\n"), Conflict)
