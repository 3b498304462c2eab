from __future__ import annotations

import subprocess
from itertools import product
from pathlib import Path

import pytest

from machine import need_program
from pressgen.ooxml.names import W
from pressgen.ooxml.package import Package
from pressgen.review.incoming import Incoming
from pressgen.review.reading import read
from pressgen.review.redlining import redlined
from pressgen.review.states import accepted, rejected, said
from review.copies import Copy, samples

PAIRS = list(product(samples(), samples()))
NAMES = [f"{old.name} to {new.name}" for old, new in PAIRS]


def redline(old: Copy, new: Copy) -> bytes:
    return redlined(old.content, new.content, "Ann Editor", "2026-11-23T10:00:00Z")


def texts(file: Incoming, *, everything: bool) -> list[str]:
    """The paragraphs of the body with every change accepted, or with every one rejected."""
    states = accepted(file) if everything else rejected(file)
    return [text for each in states if each.part == "body" and (text := said(file, each)).strip()]


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=NAMES)
def test_all_accepted_is_the_new_version_and_all_rejected_the_old_one(old: Copy, new: Copy) -> None:
    file = read(redline(old, new), "redline.docx")

    assert texts(file, everything=True) == texts(read(new.content, "new"), everything=True)
    assert texts(file, everything=False) == texts(read(old.content, "old"), everything=True)


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=NAMES)
def test_there_is_no_control_and_nothing_struck_within_what_was_put_in(old: Copy, new: Copy) -> None:
    package = Package.of(redline(old, new), "redline.docx")
    root = package.xml(package.body)

    assert list(root.iter(W + "sdt")) == []
    assert [node for put in root.iter(W + "ins") for node in put.iter(W + "del")] == []


def test_a_version_against_itself_has_no_change() -> None:
    copy = samples()[0]

    assert read(redline(copy, copy), "redline.docx").revisions == {}


def test_libreoffice_keeps_both_versions(tmp_path: Path) -> None:
    office = need_program("soffice")
    old, new = samples()[0], samples()[3]
    (tmp_path / "redline.docx").write_bytes(redline(old, new))
    convert = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    saved = tmp_path / "saved"
    subprocess.run(
        [*convert, "docx:MS Word 2007 XML", "--outdir", str(saved), str(tmp_path / "redline.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    file = read((saved / "redline.docx").read_bytes(), "redline.docx")

    assert texts(file, everything=True) == texts(read(new.content, "new"), everything=True)
    assert texts(file, everything=False) == texts(read(old.content, "old"), everything=True)
