"""Odd files end in a result that loses nothing, or in a message that says what to do; and soon."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from importer.drafts import MUSEUM, draft_of, lost, written
from pressgen.errors import InputError
from pressgen.importer.manuscript_reader import read_manuscript


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as refused:
        read_manuscript(data, "old.txt")
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_text_is_read_in_any_unicode_encoding(encoding: str) -> None:
    assert draft_of(MUSEUM.encode(encoding)).headline == "Clockwork owl comes home to Brennick Museum"


def test_windows_text_is_read_and_doubted() -> None:
    draft = draft_of(MUSEUM.encode("cp1252"))

    assert "not UTF-8: read as Windows-1252" in [doubt.message for doubt in draft.doubts]
    assert written(draft).count("“") == written(draft_of(MUSEUM)).count("“")


def test_misread_characters_stay_as_they_are_and_are_doubted() -> None:
    data = MUSEUM.encode().decode("cp1252", "replace").encode()

    draft = draft_of(data)

    assert lost(data, written(draft)) == []
    assert any("misread" in doubt.message for doubt in draft.doubts)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "is an old Office file without a text, or damaged"),
        (b"%PDF-1.7 ...", "is a damaged PDF"),
        (b"PK\x03\x04 no zip", "is not a whole .docx: its end is missing"),
        (b"", "contains no words"),
        (b"\n \n---\n", "contains no words"),
        (bytes(range(1, 32)) * 40, "cannot be read as a text, Word file, web page or mail"),
        (b"word " * 60_000, "a release can have at most 200,000"),
        (b"<!doctype html>", "contains no text that can be read as a web page; save it from the browser again"),
        (b"<html><body>" + b"<br>" * 100_001, "has more than 100,000 tags; save only its article, and import that"),
        (b"From: a@x.example\nSubject: " + b"x" * 10_001 + b"\n\ntext\n", "has a Subject of 10,001 characters"),
        (
            b"From: a@x.example\nSubject: x\n" + b"Content-Type: text/plain\n" * 201 + b"\ntext\n",
            "has more than 200 parts; save its text as a file, and import that",
        ),
        (b"<html><body>" + b"<div>" * 5000 + b"deep" + b"</div>" * 5000, "nested more than 200 deep"),
    ],
)
def test_what_cannot_be_a_release_is_refused_with_the_way_out(data: bytes, message: str) -> None:
    assert message in refusal(data)


@pytest.mark.parametrize(
    "piece",
    [
        "word ",
        "Word Other ",
        "“Some words that go here,” said Dr Ada Bell. ",
        '"a b c d ',
        "0123 456 ",
        "About X ya ",
        "Media contact: ",
        "For more information ",
        "EMBARGOED UNTIL ",
        "Dr ",
        "A. ",
        "Aa, ",
        "a@b.",
    ],
)
def test_one_line_of_a_hundred_kilobytes_is_read_in_bounded_steps(piece: str) -> None:
    data = (piece * (100_000 // len(piece))).encode()

    assert lost(data, written(draft_of(data))) == []


@pytest.mark.parametrize(
    "piece", ["a\n\n", "- a\n", "7. a\n", "Head\n\nText.\n\n", "Tel: 01632 960123\n", "“I do not know.\n\n"]
)
def test_thousands_of_paragraphs_are_read_in_bounded_steps(piece: str) -> None:
    assert written(draft_of(piece * 5000))


def test_fifty_thousand_paragraphs_are_read_or_refused() -> None:
    assert len(read_manuscript(b"abc\n\n" * 50_000, "old.txt").paras) == 50_000
    assert "a release can have at most" in refusal(b"abcde\n\n" * 50_000)


def test_tables_within_tables_are_read_to_the_last() -> None:
    file, document = io.BytesIO(), Document()
    cell = document.add_table(1, 1).cell(0, 0)
    for _ in range(40):
        cell = cell.add_table(1, 1).cell(0, 0)
    cell.text = "deep words"
    document.save(file)

    assert [para.text for para in read_manuscript(file.getvalue(), "old.docx").paras] == ["deep words"]


def test_a_word_file_of_another_kind_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")

    assert "Word" in refusal(file.getvalue())


@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_release_or_a_message(data: bytes) -> None:
    with suppress(InputError):
        assert written(draft_of(data))


def test_noise_of_a_scanner_loses_no_word() -> None:
    noise = random.Random(7)  # noqa: S311 - not for secrets
    data = "".join(each if noise.random() > 0.06 else noise.choice("~|_'.,·«") for each in MUSEUM).encode()

    assert lost(data, written(draft_of(data))) == []
