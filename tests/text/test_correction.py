"""Correction lines, and which class a wire service would give them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.text.correction import (
    CorrectionClass,
    WordChange,
    classify_correction,
    find_word_changes,
    format_correction_line,
)
from pressgen.text.notice_languages import SPOKEN

OLD = """\
Bridge opens

The bridge at Nantlle opened on Tuesday after works that cost £3.2 million
and took two years.

Dr Ada Ray said: “It holds.”
"""


def line(now: str, was: str = "") -> tuple[CorrectionClass, str]:
    new = OLD.replace(was, now) if was else OLD + now
    found = find_word_changes(OLD, new)
    return classify_correction(found), format_correction_line(found)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("£3.2", "£32", "“that cost £3.2 million and” should read “that cost £32 million and”"),
        ("Tuesday", "Wednesday", "“opened on Tuesday after works” should read “opened on Wednesday after works”"),
        ("Ada", "Ida", "“Dr Ada Ray said:” should read “Dr Ida Ray said:”"),
        ("It holds", "It now holds", "“said: It holds.” should read “said: It now holds.”"),
        ("took two years", "so on", "“million and took two years.” should read “million and so on.”"),
    ],
)
def test_another_fact_is_a_correction_that_quotes_both(was: str, now: str, told: str) -> None:
    kind, said = line(now, was)

    assert kind is CorrectionClass.CORRECTED
    assert said == told


@pytest.mark.parametrize(("was", "now"), [("opened", "openned"), ("holds.”", "holds!”"), ("works", "“works”")])
def test_a_slip_of_the_pen_is_a_refile(was: str, now: str) -> None:
    assert line(now, was)[0] is CorrectionClass.REFILE


@pytest.mark.parametrize(("was", "now"), [("two", "ten"), ("Bridge", "Fridge"), ("cost", "lost"), ("It", "Is")])
def test_a_short_word_or_a_name_is_never_a_slip(was: str, now: str) -> None:
    assert line(now, was)[0] is CorrectionClass.CORRECTED


def test_the_same_words_are_a_repeat_however_they_are_wrapped() -> None:
    again = OLD.replace(" that cost", "\nthat cost")

    assert find_word_changes(OLD, again) == []
    assert (classify_correction([]), format_correction_line([])) == (CorrectionClass.REPEAT, "The words are the same")


def test_a_paragraph_put_in_or_taken_out_is_told_whole() -> None:
    assert line("\nA second bridge follows.\n")[1] == "“A second bridge follows.” was missing"
    assert line("", "Dr Ada Ray said: “It holds.”\n")[1] == "“Dr Ada Ray said: It holds.” is taken out"


def test_a_line_tells_each_of_many_changes() -> None:
    old = "\n\n".join(f"Paragraph {number} has {number} words." for number in range(1, 21))
    told = format_correction_line(find_word_changes(old, old.replace("words", "signs")))

    assert all(f"“has {number} words.” should read “has {number} signs.”" in told for number in range(1, 21))


def test_a_line_about_a_new_text_tells_each_change_with_shorter_quotations() -> None:
    old = "\n\n".join(f"Paragraph {number} has {number} words{' and more' * 20}." for number in range(1, 25))
    told = format_correction_line(
        [WordChange(each, each.replace("words", "signs"), slip=False) for each in old.split("\n\n")]
    )

    assert all(f"has {number} words" in told and f"has {number} signs" in told for number in range(1, 25))
    assert len(told) < 24 * 150


def test_a_long_quotation_is_cut_round_what_differs() -> None:
    old = f"It holds{' well' * 60} and stands{' long' * 40} and leans left"
    told = format_correction_line([WordChange(old, old.replace("stands", "floats"), slip=False)])

    assert "and stands" in told
    assert "and floats" in told


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_in_every_language_a_line_quotes_the_words_of_each_change(language: str) -> None:
    old = "\n\n".join(f"Absatz {number} hat {number} Worte." for number in range(1, 7))
    told = format_correction_line(find_word_changes(old, old.replace("Worte", "Zeilen")), language)

    assert all(f"{number} Worte." in told and f"{number} Zeilen." in told for number in range(1, 7))
    assert (format_correction_line([], language) == "The words are the same") == language.startswith("en")


def test_a_german_line_is_german_and_has_no_marks_within_marks() -> None:
    was = "Sie sagte: „Das kostet 41 Euro.“"

    assert format_correction_line(find_word_changes(was, was.replace("41", "40")), "de-AT") == (
        "statt „Das kostet 41 Euro.“ muss es heißen „Das kostet 40 Euro.“"
    )


def test_a_long_quotation_is_cut() -> None:
    assert len(line("\n" + "word " * 400)[1]) < 200


@given(st.text(), st.text())
def test_two_texts_have_no_changes_only_if_their_words_are_the_same(old: str, new: str) -> None:
    same = [each.split() for each in old.split("\n\n") if each.split()] == [
        each.split() for each in new.split("\n\n") if each.split()
    ]

    assert not find_word_changes(old, new) or not same
