"""No word of an old release is lost, whatever it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.drafts import ESCAPED, GLUE, MUSEUM, draft_of, lost, texts_of, written
from machine import SHARED, need_shared
from pressgen.errors import InputError
from pressgen.importer.manuscript import list_words
from pressgen.importer.manuscript_reader import read_manuscript
from pressgen.load.source import read_source
from pressgen.word.text import read_headers_and_footers, read_paragraphs

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = sorted((SHARED / "corpus" / "texts").glob("*.txt"))
WORD_FILES = sorted((SHARED / "corpus" / "word").glob("*.docx"))
LINES = st.lists(
    st.one_of(
        st.sampled_from(MUSEUM.splitlines()),
        st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=120),
        st.sampled_from(["", "", "ENDS", "Notes to editors", "About Brennick", "Media contact:", "• one", "1. two"]),
    ),
    max_size=25,
)  # fmt: skip


def is_in_order(part: list[str], whole: list[str]) -> bool:
    """Whether `part` stands in `whole` in its order, with other words between."""
    following = iter(whole)
    return all(word in following for word in part)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem.partition("_")[0])
def test_no_word_of_a_real_text_is_lost(path: Path) -> None:
    data = path.read_bytes()

    assert lost(data, written(draft_of(data))) == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem.partition("_")[0])
def test_the_words_of_the_body_keep_their_order(path: Path) -> None:
    data = path.read_bytes()
    source = [word for para in read_manuscript(data, "old").paras for word in list_words(GLUE.sub(" ", para.shown))]

    for block in draft_of(data).body:
        for text in texts_of(block):
            assert is_in_order(list_words(GLUE.sub(" ", text)), source)


@pytest.mark.parametrize("path", WORD_FILES, ids=lambda path: path.stem.partition("_")[0])
def test_no_word_of_a_real_word_file_is_lost(path: Path) -> None:
    data = path.read_bytes()
    source = "\n".join([*read_paragraphs(data), *read_headers_and_footers(data)])

    assert lost(source.encode(), written(draft_of(data))) == []


def test_the_seed_loses_nothing_and_leaves_only_its_year_open() -> None:
    data = need_shared("seeds", "press-release.txt").read_bytes()

    draft = draft_of(data)

    assert lost(data, written(draft)) == []
    assert {doubt.field for doubt in draft.doubts} == {"times.embargo"}
    assert draft.unplaced == ()


@given(LINES)
def test_no_word_of_any_text_is_lost(lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    try:
        result = written(draft_of(data))
    except InputError:
        assert not any(list_words(line) for line in lines)
        return

    assert lost(data, result) == []


@given(LINES)
def test_what_is_written_of_any_text_is_yaml_without_a_fault(lines: list[str]) -> None:
    try:
        result = written(draft_of("\n".join(lines)))
    except InputError:
        return

    _, problems = read_source(result.encode(), "release.yaml")

    assert [problem for problem in problems if problem.code != "Y15"] == []


def test_marks_of_prose_stay_the_characters_that_they_were() -> None:
    source = MUSEUM.replace("its box", "its *box* [sic] {{ x }} a_b")

    assert lost(source.encode(), ESCAPED.sub("", re.sub(r"\\", "", written(draft_of(source))))) == []
