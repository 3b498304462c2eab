"""Nothing is wrong with what pressgen makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from machine import ROOT
from pressgen.cli.app import main
from pressgen.verify.file import problems
from render.documents import public, sample
from verify.good import paper, word

if TYPE_CHECKING:
    from pathlib import Path

TWINS = {"embargoed": sample(), "public": public(sample())}
HOUSES = ("inspectorate", "university")
SAMPLES = sorted(path.parent for path in (ROOT / "releases").glob("*/release.yaml"))


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("twin", TWINS)
def test_our_pdfs_are_clean(house: str, twin: str) -> None:
    assert problems(paper(TWINS[twin], house), "made.pdf") == []


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("twin", TWINS)
def test_our_word_files_are_clean(house: str, twin: str) -> None:
    assert problems(word(TWINS[twin], house), "made.docx") == []


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda path: path.name)
def test_every_sample_is_clean(folder: Path, tmp_path: Path) -> None:
    CliRunner().invoke(main, ["build", str(folder), "--out", str(tmp_path), "--workspace", str(ROOT)])
    files = [path for path in tmp_path.rglob("*") if path.suffix in {".docx", ".pdf"}]

    assert len(files) >= 2
    assert [str(each) for path in files for each in problems(path.read_bytes(), path.name)] == []
