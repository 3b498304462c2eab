"""Nothing is wrong with what pressgen makes."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from machine import ROOT, lack
from pressgen.cli.app import main
from pressgen.validate.file import validate_file
from render.documents import public, sample
from validate.good import paper, word

if TYPE_CHECKING:
    from pathlib import Path

TWINS = {"embargoed": sample(), "public": public(sample())}
HOUSES = ("inspectorate", "university")
SAMPLES = sorted(path.parent for path in (ROOT / "releases").glob("*/release.yaml"))


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("twin", TWINS)
def test_our_pdfs_are_clean(house: str, twin: str) -> None:
    assert validate_file(paper(TWINS[twin], house), "made.pdf") == []


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("twin", TWINS)
def test_our_word_files_are_clean(house: str, twin: str) -> None:
    assert validate_file(word(TWINS[twin], house), "made.docx") == []


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda path: path.name)
def test_every_sample_is_clean(folder: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["build", str(folder), "--out", str(tmp_path), "--workspace", str(ROOT)])

    clean(result, tmp_path)


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("name", ["palm-harbour", "two-rivers"])
def test_the_samples_in_other_scripts_are_clean_in_both_houses(name: str, house: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    release = tmp_path / "releases" / name
    shutil.copytree(ROOT / "releases" / name, release)
    file = release / "release.yaml"
    file.write_text(re.sub(r"^house: .*$", f"house: {house}", file.read_text(), count=1, flags=re.MULTILINE))

    clean(CliRunner().invoke(main, ["build", str(release), "--workspace", str(tmp_path)]), tmp_path / "dist")


def clean(result: Result, folder: Path) -> None:
    """See that the files of a build have no fault; skip where the machine lacks a face, which the build has told."""
    if "which is missing on this machine: apt-get install" in result.output:
        lack(result.output)
    files = [path for path in folder.rglob("*") if path.suffix in {".docx", ".pdf"}]

    assert len(files) >= 2, result.output
    assert [str(each) for path in files for each in validate_file(path.read_bytes(), path.name)] == []
