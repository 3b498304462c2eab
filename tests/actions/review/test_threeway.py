from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from actions.merges import assert_holds_both
from pressgen.actions.review.rebase_changes import rebase_changes, try_merge
from pressgen.errors import InputError
from pressgen.load.edits import apply_changes
from pressgen.load.source import SourceText, read_source
from pressgen.model.change import Change, InsertEntry, MoveEntry, RemoveNode, ReplaceValue

WORDS = [f"word{number}" for number in range(24)]
SIDES = st.dictionaries(st.integers(0, 23), st.sampled_from(["", "new{0}", "other{0} words{0}"]), max_size=4)
"""What a side makes of some words, each with its word's number, so that no two words of a text are the same."""
SENT = """\
body:
  - One little paragraph about the bridge.
  - Two more words about the river.
  - Three cheers for all.
"""


def text(*sides: dict[int, str]) -> str:
    """The words, with those that a side changes as it has them."""
    words = [next((side[n].format(n) for side in sides if n in side), word) for n, word in enumerate(WORDS)]
    return " ".join(filter(None, words))


@settings(max_examples=500)
@given(SIDES, SIDES)
def test_a_clean_merge_has_what_both_sides_did_and_nothing_else(ours: dict[int, str], theirs: dict[int, str]) -> None:
    found = try_merge(text(), text(theirs), text(ours))

    if found is not None:
        assert_holds_both(found.split(), text().split(), text(theirs).split(), text(ours).split())


@given(SIDES, SIDES)
def test_sides_that_stay_apart_are_merged(ours: dict[int, str], theirs: dict[int, str]) -> None:
    assume(all(abs(a - b) > 2 for a in ours for b in theirs))

    assert try_merge(text(), text(theirs), text(ours)) == text(ours, theirs)


def test_what_both_say_alike_is_said_once() -> None:
    assert try_merge("one two three", "one 2 three", "one 2 three") == "one 2 three"


def read(yaml: str) -> SourceText:
    return read_source(yaml.encode(), "release.yaml")[0]


def carried(now: str, *changes: Change) -> str:
    """The file `now` after changes of what was sent."""
    return apply_changes(read(now), rebase_changes(read(SENT), read(now), list(changes)))


MORE = SENT.replace("body:\n", "body:\n  - Something quite new in front of it all.\n")


def test_a_paragraph_is_found_though_others_were_put_in_before_it() -> None:
    assert carried(MORE, ReplaceValue("body[1]", "Two more words about the lake.")) == MORE.replace("river", "lake")


def test_what_goes_in_stands_behind_what_it_was_put_behind() -> None:
    after = "the river.\n"

    assert carried(MORE, InsertEntry("body", 2, "And then?")) == MORE.replace(after, f"{after}  - And then?\n")


def test_what_is_moved_goes_behind_what_it_was_put_behind() -> None:
    first = "  - One little paragraph about the bridge.\n"
    river = "  - Two more words about the river.\n"

    assert carried(MORE, MoveEntry("body[0]", 2)) == MORE.replace(first + river, river + first)


def test_what_goes_out_is_what_was_meant() -> None:
    assert carried(MORE, RemoveNode("body[2]")) == MORE.replace("  - Three cheers for all.\n", "")


@pytest.mark.parametrize(
    "change",
    [ReplaceValue("body[1]", "Two more words about the sea."), RemoveNode("body[1]"), ReplaceValue("body[1]", ["a"])],
    ids=str,
)
def test_what_has_changed_since_is_shown_with_all_three(change: Change) -> None:
    now = SENT.replace("river", "lake")

    with pytest.raises(InputError) as refusal:
        carried(now, change)

    (problem,) = refusal.value.problems
    assert problem.code == "M07"
    assert problem.message.startswith(
        "has changed since the copy was sent; it was “Two more words about the river.”, is now"
        " “Two more words about the lake.”, and the editor wants "
    )


def test_what_is_not_there_any_more_is_a_conflict() -> None:
    now = SENT.replace("  - Two more words about the river.\n", "")

    with pytest.raises(InputError, match="is now not there"):
        carried(now, ReplaceValue("body[1]", "Two more words about the sea."))


@pytest.mark.parametrize(
    "change",
    [
        InsertEntry("body", 1, "A new paragraph about boats."),
        RemoveNode("body[1]"),
        ReplaceValue("body[1]", "Two more words about the sea."),
        MoveEntry("body[2]", 0),
        MoveEntry("body[0]", 3),
    ],
    ids=str,
)
def test_what_is_there_already_is_not_done_twice(change: Change) -> None:
    once = apply_changes(read(SENT), [change])

    assert carried(once, change) == once


def test_a_paragraph_that_was_rewritten_is_not_taken_for_one_that_was_removed() -> None:
    now = SENT.replace("Two more words about the river.", "Quite another thing altogether, said anew.")

    with pytest.raises(InputError, match="change it by hand"):
        carried(now, RemoveNode("body[1]"))
