"""One person's copy of a Word file: valid, the same text, known again also when it is printed."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from docx import Document
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from machine import PATIENCE, need_program
from pressgen.model.mark import find_marks, format_mark_line, make_mark
from pressgen.pdf.text import read_text as read_pdf
from pressgen.validate.file import validate_file
from pressgen.word.archive import ZipEntry, read_zip, write_zip
from pressgen.word.names import TYPE, W, parse_xml
from pressgen.word.personal_copy import make_personal_copy
from pressgen.word.text import read_all_text, read_bookmarks_and_properties, read_paragraphs
from render.word_files import HOUSES
from validate.good import BODY, codes, word

if TYPE_CHECKING:
    from pathlib import Path

MARK, HOLDER = make_mark("copy"), "R&D desk, <Tonfedd> 北海道"
LINE = format_mark_line(MARK, HOLDER)


@pytest.mark.parametrize("house", HOUSES)
def test_a_copy_has_the_same_text_and_nothing_is_wrong_with_it(house: str, tmp_path: Path) -> None:
    whole = word(house=house)
    path = tmp_path / "copy.docx"
    path.write_bytes(make_personal_copy(whole, MARK, HOLDER))

    assert read_paragraphs(path.read_bytes()) == read_paragraphs(whole)
    assert codes(path.read_bytes()) == set()
    assert list(OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(str(path)).errors) == []
    assert make_personal_copy(whole, MARK, HOLDER) == path.read_bytes()


def test_the_mark_stands_in_feet_property_and_text() -> None:
    copy = make_personal_copy(word(), MARK, HOLDER)
    hidden = read_bookmarks_and_properties(copy, "copy.docx").split("\n")

    assert read_all_text(copy, "copy.docx").split("\n").count(LINE) == 2
    assert f"_pgcopy_{MARK.replace('-', '')}" in hidden
    assert MARK in hidden


@pytest.mark.parametrize("house", HOUSES)
def test_a_copy_printed_to_pdf_tells_its_holder_on_every_page(house: str, tmp_path: Path) -> None:
    (tmp_path / "copy.docx").write_bytes(make_personal_copy(word(house=house), MARK, HOLDER))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [need_program("soffice"), profile, "--headless", "--convert-to", "pdf", "copy.docx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=PATIENCE, check=True)

    pages = read_pdf((tmp_path / "copy.pdf").read_bytes())
    assert [find_marks(page, [MARK]) for page in pages] == [[MARK]] * len(pages)


def test_the_hidden_mark_stays_when_another_program_saves_the_file(tmp_path: Path) -> None:
    (tmp_path / "copy.docx").write_bytes(make_personal_copy(word(), MARK, HOLDER))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [need_program("soffice"), profile, "--headless", "--convert-to", "docx", "--outdir", "saved", "copy.docx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=PATIENCE, check=True)

    assert find_marks(
        read_bookmarks_and_properties((tmp_path / "saved" / "copy.docx").read_bytes(), "copy.docx"), [MARK]
    ) == [MARK]


@pytest.mark.parametrize("maker", ["python-docx", "soffice"])
def test_a_copy_of_a_file_from_another_program_keeps_nothing_that_the_file_did_not(maker: str, tmp_path: Path) -> None:
    path = tmp_path / "foreign.docx"
    Document().save(str(path))
    if maker == "soffice":
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [need_program("soffice"), profile, "--headless", "--convert-to", "docx", "--outdir", "saved", path]
        subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=PATIENCE, check=True)
        path = tmp_path / "saved" / "foreign.docx"
    copy = tmp_path / "copy.docx"
    copy.write_bytes(make_personal_copy(path.read_bytes(), MARK, HOLDER))

    assert codes(copy.read_bytes()) <= codes(path.read_bytes())
    assert "nothing refers to" not in str(validate_file(copy.read_bytes(), "copy.docx"))
    assert MARK in read_bookmarks_and_properties(copy.read_bytes(), "copy.docx").split("\n")
    judge = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)
    assert {str(each) for each in judge.validate(str(copy)).errors} <= {
        str(each) for each in judge.validate(str(path)).errors
    }


def test_pages_without_a_foot_are_given_one() -> None:
    """Default, first and even pages, as the section and the settings ask."""
    parts = read_zip(word(), "release.docx")
    body = parse_xml(parts[BODY])
    for node in list(body.iter(W + "footerReference")):
        node.getparent().remove(node)  # type: ignore[union-attr]
    kinds = {"default"} | ({"first"} if body.find(f".//{W}titlePg") is not None else set())
    parts[BODY] = etree.tostring(body)
    bare = write_zip({name: ZipEntry.of(content) for name, content in parts.items()})
    copy = make_personal_copy(bare, MARK, HOLDER)
    given = {node.get(TYPE) for node in parse_xml(read_zip(copy, "copy")[BODY]).iter(W + "footerReference")}

    assert given == kinds
    assert read_all_text(copy, "copy.docx").split("\n").count(LINE) == len(kinds)
    assert not codes(copy) - codes(bare)
