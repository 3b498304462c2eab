"""One person's copy of a Word file: valid, the same text, known again also when it is printed."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from machine import PATIENCE, need_program
from pressgen.model.mark import found, mark_of, visible
from pressgen.pdf.text import read_text as read_pdf
from pressgen.word.archive import Entry, read, write
from pressgen.word.names import TYPE, W, parse
from pressgen.word.personal_copy import lines, marks, stamp
from pressgen.word.text import read_text
from render.word_files import HOUSES
from validate.good import BODY, codes, word

if TYPE_CHECKING:
    from pathlib import Path

MARK, HOLDER = mark_of("copy"), "R&D desk, <Tonfedd> 北海道"
LINE = visible(MARK, HOLDER)


@pytest.mark.parametrize("house", HOUSES)
def test_a_copy_has_the_same_text_and_nothing_is_wrong_with_it(house: str, tmp_path: Path) -> None:
    whole = word(house=house)
    path = tmp_path / "copy.docx"
    path.write_bytes(stamp(whole, MARK, HOLDER))

    assert read_text(path.read_bytes()) == read_text(whole)
    assert codes(path.read_bytes()) == set()
    assert list(OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(str(path)).errors) == []
    assert stamp(whole, MARK, HOLDER) == path.read_bytes()


def test_the_mark_stands_in_feet_property_and_text() -> None:
    copy = stamp(word(), MARK, HOLDER)
    hidden = marks(copy, "copy.docx").split("\n")

    assert lines(copy, "copy.docx").split("\n").count(LINE) == 2
    assert f"_pgcopy_{MARK.replace('-', '')}" in hidden
    assert MARK in hidden


@pytest.mark.parametrize("house", HOUSES)
def test_a_copy_printed_to_pdf_tells_its_holder_on_every_page(house: str, tmp_path: Path) -> None:
    (tmp_path / "copy.docx").write_bytes(stamp(word(house=house), MARK, HOLDER))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [need_program("soffice"), profile, "--headless", "--convert-to", "pdf", "copy.docx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=PATIENCE, check=True)

    pages = read_pdf((tmp_path / "copy.pdf").read_bytes())
    assert [found(page, [MARK]) for page in pages] == [[MARK]] * len(pages)


def test_the_hidden_mark_stays_when_another_program_saves_the_file(tmp_path: Path) -> None:
    (tmp_path / "copy.docx").write_bytes(stamp(word(), MARK, HOLDER))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [need_program("soffice"), profile, "--headless", "--convert-to", "docx", "--outdir", "saved", "copy.docx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=PATIENCE, check=True)

    assert found(marks((tmp_path / "saved" / "copy.docx").read_bytes(), "copy.docx"), [MARK]) == [MARK]


def test_pages_without_a_foot_are_given_one() -> None:
    """Default, first and even pages, as the section and the settings ask."""
    parts = read(word(), "release.docx")
    body = parse(parts[BODY])
    for node in list(body.iter(W + "footerReference")):
        node.getparent().remove(node)  # type: ignore[union-attr]
    kinds = {"default"} | ({"first"} if body.find(f".//{W}titlePg") is not None else set())
    parts[BODY] = etree.tostring(body)
    bare = write({name: Entry.of(content) for name, content in parts.items()})
    copy = stamp(bare, MARK, HOLDER)
    given = {node.get(TYPE) for node in parse(read(copy, "copy")[BODY]).iter(W + "footerReference")}

    assert given == kinds
    assert lines(copy, "copy.docx").split("\n").count(LINE) == len(kinds)
    assert not codes(copy) - codes(bare)
