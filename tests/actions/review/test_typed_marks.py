"""What word processors and editors type for marks, blanks and line ends goes in as the data holds them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from actions.editors import RELEASE, add, change, edited, run
from actions.review.marked import MarkedWorkspace, needs_cases
from pressgen.review.typed_words import write_as_typed


@pytest.fixture
def newsroom(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one release, where commands are run."""
    (workspace / "releases" / "bridge" / "release.yaml").write_text(RELEASE)
    monkeypatch.chdir(workspace)
    return workspace


def source(newsroom: Path) -> str:
    return (newsroom / "releases" / "bridge" / "release.yaml").read_text()


def without_line_ends(text: str) -> str:
    """A text whose folded lines are one; its blanks stay as they are."""
    return re.sub(r"\n +", " ", text)


@needs_cases
def test_typed_dashes_and_quotation_marks_are_put_into_a_quotation(tmp_path: Path) -> None:
    before, after = MarkedWorkspace(tmp_path).changed("autocorrect_quotes.docx")

    assert "a church group and" in before
    assert 'a "church" group -- small and 200 saplings' in after


@needs_cases
def test_two_hyphens_for_a_dash_are_put_in(tmp_path: Path) -> None:
    _, after = MarkedWorkspace(tmp_path).changed("dblhyphen.docx")

    assert "is free to use -- for all. The work" in after


@needs_cases
def test_a_line_break_beside_a_blank_makes_no_second_blank(tmp_path: Path) -> None:
    here = MarkedWorkspace(tmp_path)

    said = here.receive("linebreak.docx", "--apply")

    assert here.now == here.before
    assert "1 changes only quotation marks, dashes, spaces or line breaks, which pressgen sets itself: 1" in said


@needs_cases
def test_a_remark_made_with_tracking_on_is_told_alone(tmp_path: Path) -> None:
    (remark,) = MarkedWorkspace(tmp_path).tell("comment_plain.docx")

    assert (remark["kind"], remark["before"], remark["after"]) == ("comment", "free to use", "Really?")


@needs_cases
def test_a_title_in_an_attribution_of_an_earlier_round_is_corrected(tmp_path: Path) -> None:
    here = MarkedWorkspace(tmp_path)
    (edit,) = here.tell("role.docx")

    before, after = here.changed("role.docx")

    assert (edit["path"], edit["fields"]) == ("people.okonkwo.role", ["people.okonkwo.role"])
    assert (before, after) == (
        "role: professor of freshwater ecology at Ashgrove State University",
        "role: professor of river ecology at Ashgrove State University",
    )


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("three years -- at least", "three years -- at least"),
        ("three years – at least", "three years -- at least"),
        ("three years — at least", "three years -- at least"),
        ("three years—at least", "three years--at least"),
        ("“three” years", '"three" years'),
        ("'three' years", "'three' years"),
        ("‘three’ years", "'three' years"),
        ("«three» years", '"three" years'),
        ("three\u2028years", "three years"),
        ("three  years", "three years"),
        ("three years ", "three years"),
        (" three years", "three years"),
        ("three\tyears", "three years"),
        ("the builder’s three years", "the builder's three years"),
        ("2017–2019", "2017–2019"),
        ("three years…", "three years…"),
    ],
)
def test_words_go_in_with_the_marks_that_the_data_holds(newsroom: Path, typed: str, held: str) -> None:
    file = edited(newsroom, change("two years", typed))

    result = run("review", "receive", str(file), "--apply")

    assert "1 of 1 put in" in result.output
    assert without_line_ends(source(newsroom)) == without_line_ends(RELEASE.replace("two years", held))


def test_a_text_with_curly_marks_of_its_own_keeps_those_that_are_typed() -> None:
    assert write_as_typed("a “new” word", "an “old” word", " ", " ") == "a “new” word"
    assert write_as_typed("a – b", "c – d", " ", " ") == "a – b"


def test_a_new_paragraph_goes_in_with_plain_marks(newsroom: Path) -> None:
    file = edited(newsroom, add("It cost", "“Both banks” paid – for once – for it."))

    run("review", "receive", str(file), "--apply")

    assert "- '\"Both banks\" paid -- for once -- for it.'" in source(newsroom)


def test_a_blank_put_beside_a_blank_is_no_change_of_words(newsroom: Path) -> None:
    file = edited(newsroom, change("after two", "after  two"))

    result = run("review", "receive", str(file), "--apply")

    assert "1 changes only quotation marks" in result.output
    assert source(newsroom) == RELEASE


def test_a_word_that_is_deleted_takes_one_of_its_blanks_along(newsroom: Path) -> None:
    file = edited(newsroom, change("further", ""))

    run("review", "receive", str(file), "--apply")

    assert source(newsroom) == RELEASE.replace("further down", "down")


def test_a_title_is_corrected_in_a_house_that_puts_it_between_commas(newsroom: Path) -> None:
    house = newsroom / "templates" / "inspectorate" / "house.yaml"
    old = '"{{ role }} {{ name }} {{ verb }}: "'
    assert old in house.read_text()
    house.write_text(house.read_text().replace(old, "\"{{ name }}{{ ', ' ~ role ~ ',' if role }} {{ verb }}: \""))
    text = RELEASE.replace("contacts: [ray]", "contacts: [jo]").replace(
        "facts:", "  jo: {name: Jo Poe, role: Press officer, phone: 01632 960001, email: jo@example.org}\nfacts:"
    )
    (newsroom / "releases" / "bridge" / "release.yaml").write_text(text)
    file = edited(newsroom, change("Chief Engineer", "Chief Bridge Engineer"))

    result = run("review", "receive", str(file), "--apply")

    assert "1 of 1 put in" in result.output
    assert source(newsroom) == text.replace("Chief Engineer", "Chief Bridge Engineer")


def test_the_line_of_the_embargo_is_called_the_banner(newsroom: Path) -> None:
    result = run("review", "receive", str(edited(newsroom, change("NOT FOR PUBLICATION", "NOT FOR USE"))))

    assert "banner 2" in result.output
    assert "house.wording" not in result.output
