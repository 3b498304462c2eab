"""Which words of a text differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.text.word_diff import diff_words, split_into_tokens, widen_to_words


def told(before: str, after: str) -> list[tuple[str, str]]:
    old, new = split_into_tokens(before), split_into_tokens(after)
    return [
        ("".join(old[each] for each in was), "".join(new[each] for each in is_))
        for was, is_, same in diff_words(old, new)
        if not same
    ]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("The figure was 1.41 degrees.", "The figure was 1.43 degrees.", [("1.41", "1.43")]),
        ("It ends at 14:00 today.", "It ends at 15:00 today.", [("14:00", "15:00")]),
        ("It cost £4,210 then.", "It cost £4,300 then.", [("£4,210", "£4,300")]),
        ("It fell by -3.5% then.", "It fell by -3.7% then.", [("-3.5%", "-3.7%")]),
        (
            "Il y a 4\u202f210\u00a0€ ici.",
            "Il y a 4\u202f300\u00a0€ ici.",
            [("4\u202f210\u00a0€", "4\u202f300\u00a0€")],
        ),
        ("We saw 4,210\u00a0people there.", "We saw 4,300\u00a0people there.", [("4,210", "4,300")]),
        ("We don’t know it.", "We do know it.", [("don’t", "do")]),
        ("See the old cat sit there.", "See a dog sit there.", [("the old cat", "a dog")]),
        ("One two three four.", "Nothing of this remains", [("One two three four.", "Nothing of this remains")]),
    ],
)
def test_what_differs_is_told_as_a_person_would(before: str, after: str, changes: list[tuple[str, str]]) -> None:
    assert told(before, after) == changes


@given(st.text("ab c.1", max_size=16), st.text("ab c.1", max_size=16))
def test_the_stretches_are_both_texts(before: str, after: str) -> None:
    old, new = split_into_tokens(before), split_into_tokens(after)
    found = list(diff_words(old, new))

    assert "".join(old[each] for was, _, _ in found for each in was) == before
    assert "".join(new[each] for _, is_, _ in found for each in is_) == after
    assert all([old[each] for each in was] == [new[each] for each in is_] for was, is_, same in found if same)


@pytest.mark.parametrize(
    ("start", "end", "after", "shown"),
    [
        (5, 8, "300", ("4,210", "4,300")),
        (8, 8, "%", ("4,210", "4,210%")),
        (8, 8, " or so", ("", " or so")),
        (8, 9, "", ("4,210 people", "4,210people")),
        (9, 11, "No", ("people", "Noople")),
    ],
)
def test_a_change_of_characters_is_widened_to_whole_words(
    start: int, end: int, after: str, shown: tuple[str, str]
) -> None:
    text = "by 4,210 people"

    first, last = widen_to_words(text, start, end, after)

    assert (text[first:last], text[first:start] + after + text[end:last]) == shown


@given(st.text("ab c.1,%£", max_size=16), st.text("a ,1", max_size=4), st.data())
def test_a_widened_change_cuts_no_word_and_holds_the_change(text: str, after: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    first, last = widen_to_words(text, start, end, after)

    assert 0 <= first <= start <= end <= last <= len(text)
    new = text[:start] + after + text[end:]
    behind = len(text) - last
    for whole, edges in ((text, (first, last)), (new, (first, len(new) - behind))):
        for edge in edges:
            assert (
                split_into_tokens(whole[:edge]) + split_into_tokens(whole[edge:]) == split_into_tokens(whole)
                or whole[edge - 1 : edge + 1].isspace()
            )
