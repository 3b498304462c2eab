"""One alignment for every output of a redline."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pressgen.review.alignment import AlignedPair, Alignment, Part, align, make_row, make_table

FIRST, SECOND = "The bridge is open to all from Monday on", "Nobody was hurt when the old one fell down"
TABLE = [["Year", "Crossings"], ["2019", "4,210"], ["2020", "4,399"]]
CHANGED = [["Year", "Crossings"], ["2019", "4,210"], ["2020", "4,390"]]
KEPT, ADDED, REMOVED = Alignment.KEPT, Alignment.ADDED, Alignment.REMOVED
AWAY, HERE = Alignment.MOVED_AWAY, Alignment.MOVED_HERE
PARTS = st.lists(st.sampled_from([FIRST, SECOND, "Yes", "No", f"{FIRST} again", ""]).map(Part), max_size=7)


def texts(*found: str) -> list[Part]:
    return [Part(each) for each in found]


def test_a_text_that_passes_a_table_moves_and_the_table_stays() -> None:
    pairs = align([Part(FIRST * 9), make_table(TABLE)], [make_table(CHANGED), Part(FIRST * 9)])

    assert pairs == [AlignedPair(AWAY, 0, 1), AlignedPair(KEPT, 1, 0), AlignedPair(HERE, 0, 1)]


def test_a_text_may_change_on_its_way() -> None:
    pairs = align(texts(FIRST, SECOND), texts(SECOND, f"{FIRST}, at noon"))

    assert [each.what for each in pairs] in ([AWAY, KEPT, HERE], [HERE, KEPT, AWAY])


def test_the_shorter_of_two_texts_that_change_places_is_the_one_that_moves() -> None:
    assert align(texts("Short text", SECOND), texts(SECOND, "Short text"))[0] == AlignedPair(AWAY, 0, 1)


def test_a_row_is_known_by_its_first_cell() -> None:
    old, new = make_row(["Safety", "Good", "12"]), make_row(["Safety", "Poor", "45"])

    assert align([old], [new]) == [AlignedPair(KEPT, 0, 0)]


def test_tables_with_other_numbers_of_columns_are_two_tables() -> None:
    wider = [[*row, "1"] for row in TABLE]

    assert align([make_table(TABLE)], [make_table(wider)]) == [
        AlignedPair(REMOVED, 0, None), AlignedPair(ADDED, None, 0),
    ]  # fmt: skip


def test_texts_with_nothing_in_common_are_no_change_of_one_another() -> None:
    assert [each.what for each in align(texts(FIRST), texts(SECOND))] == [REMOVED, ADDED]


@given(PARTS, PARTS)
def test_every_part_of_both_versions_is_there_once_and_in_its_order(old: list[Part], new: list[Part]) -> None:
    pairs = align(old, new)

    assert [each.old for each in pairs if each.what in {KEPT, REMOVED, AWAY}] == list(range(len(old)))
    assert [each.new for each in pairs if each.what in {KEPT, ADDED, HERE}] == list(range(len(new)))


@given(PARTS, PARTS)
def test_each_move_has_two_ends(old: list[Part], new: list[Part]) -> None:
    pairs = align(old, new)

    assert sorted((each.old, each.new) for each in pairs if each.what is AWAY) == sorted(
        (each.old, each.new) for each in pairs if each.what is HERE
    )


@given(PARTS)
def test_a_version_against_itself_is_kept(parts: list[Part]) -> None:
    assert {each.what for each in align(parts, parts)} <= {KEPT}
