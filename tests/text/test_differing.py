"""Which words of a text differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.text.differing import stretches, tokens


def told(before: str, after: str) -> list[tuple[str, str]]:
    old, new = tokens(before), tokens(after)
    return [
        ("".join(old[each] for each in was), "".join(new[each] for each in is_))
        for was, is_, same in stretches(old, new)
        if not same
    ]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("The figure was 1.41 degrees.", "The figure was 1.43 degrees.", [("1.41", "1.43")]),
        ("It ends at 14:00 today.", "It ends at 15:00 today.", [("14:00", "15:00")]),
        ("We don’t know it.", "We do know it.", [("don’t", "do")]),
        ("See the old cat sit there.", "See a dog sit there.", [("the old cat", "a dog")]),
        ("One two three four.", "Nothing of this remains", [("One two three four.", "Nothing of this remains")]),
    ],
)
def test_what_differs_is_told_as_a_person_would(before: str, after: str, changes: list[tuple[str, str]]) -> None:
    assert told(before, after) == changes


@given(st.text("ab c.1", max_size=16), st.text("ab c.1", max_size=16))
def test_the_stretches_are_both_texts(before: str, after: str) -> None:
    old, new = tokens(before), tokens(after)
    found = list(stretches(old, new))

    assert "".join(old[each] for was, _, _ in found for each in was) == before
    assert "".join(new[each] for _, is_, _ in found for each in is_) == after
    assert all([old[each] for each in was] == [new[each] for each in is_] for was, is_, same in found if same)
