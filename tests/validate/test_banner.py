"""The embargo's line must stand on every page of a PDF, and in the header of a Word file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pressgen.model.artifact import Format
from pressgen.model.words import GeneratedText, Piece
from pressgen.validate.banner import check_embargo_line
from render.documents import public, sample
from render.matrix import document
from validate.good import paper, parts, word, zipped

if TYPE_CHECKING:
    from pressgen.model.document import Document

HOUSES = ("inspectorate", "university")


def told(whole: Document, format_: Format, content: bytes) -> list[str]:
    return [f"{each.place.inside} {each.code}" for each in check_embargo_line(whole, format_, content, "made")]


@pytest.mark.parametrize("house", HOUSES)
def test_every_page_that_is_made_has_the_line(house: str) -> None:
    assert told(sample(), Format.PDF, paper(sample(), house)) == []
    assert told(sample(), Format.DOCX, word(sample(), house)) == []


def test_each_page_without_it_is_told() -> None:
    whole = sample()
    line = replace(whole.banner[0], words=(Piece(text="EMBARGOED UNTIL NOON", origin=GeneratedText("banner")),))

    found = told(replace(whole, banner=(line,)), Format.PDF, paper(whole, "inspectorate"))

    assert found[0] == "page 1 X04"
    assert len(found) > 1


def test_a_word_file_whose_header_lost_it_is_told() -> None:
    made = parts(word(sample(), "inspectorate"))
    headers = [name for name in made if name.startswith("word/header")]
    line = str(sample().banner[0]).encode()
    for name in headers:
        made[name] = made[name].replace(line, b"")

    assert told(sample(), Format.DOCX, zipped(made)) == ["section 1, header X04"]


def test_the_public_twin_wants_none() -> None:
    whole = public(sample())

    assert told(whole, Format.PDF, paper(whole, "inspectorate")) == []


def test_a_release_of_many_pages_has_it_on_all() -> None:
    whole = document("sixty", "embargoed")

    assert told(whole, Format.PDF, paper(whole, "inspectorate")) == []
