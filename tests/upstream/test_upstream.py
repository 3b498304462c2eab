"""The patches that are fit for WeasyPrint and pydyf themselves."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pydyf
import pytest

from machine import need_program
from pressgen.pdf.speed.patches import STOCK
from pressgen.pdf.trial import find_differences
from pressgen.pdf.weasy import weasyprint

HERE = Path(__file__).parent
DIFFS = sorted(HERE.glob("*.diff"))


def copied(folder: Path) -> Path:
    """A folder with the libraries as they are."""
    for library in (weasyprint, pydyf):
        source = Path(library.__file__).parent
        shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def apply(diff: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [need_program("patch"), "-p1", "--fuzz=0", "--directory", folder, "--input", diff]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def made(folder: Path) -> dict[str, str]:
    """The digests of a few documents by the libraries in `folder`, without any patch of ours."""
    ran = subprocess.run(
        [sys.executable, "-m", "pressgen.pdf.trial"],
        env={**os.environ, STOCK: "1", "PYTHONPATH": ":".join([str(folder), *sys.path])},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(ran.stdout)["made"])


@pytest.mark.parametrize("diff", DIFFS, ids=lambda diff: diff.stem)
def test_each_applies_by_itself(diff: Path, tmp_path: Path) -> None:
    ran = apply(diff, copied(tmp_path))

    assert ran.returncode == 0, ran.stdout
    assert "offset" not in ran.stdout


def test_all_of_them_together_change_no_byte(tmp_path: Path) -> None:
    patched = copied(tmp_path / "patched")
    assert [apply(diff, patched).returncode for diff in DIFFS] == [0] * len(DIFFS)

    assert find_differences(made(copied(tmp_path / "plain")), made(patched)) == []


def test_each_has_its_note() -> None:
    noted = re.findall(r"^## (.+)$", (HERE / "README.md").read_text(), re.MULTILINE)

    assert noted == [diff.stem for diff in sorted(DIFFS, key=lambda diff: noted.index(diff.stem))]
    assert len(noted) == len(DIFFS)
