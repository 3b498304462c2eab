"""Files that editors of other programs sent back, of ../shared/cases/round-trip: each is told as what it is."""

from __future__ import annotations

import json
import shutil
import tarfile
from difflib import ndiff
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from actions.editors import run
from machine import ROOT

CASES = ROOT.parent / "shared" / "cases" / "round-trip"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="needs ../shared")
Told = list[dict[str, str]]


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace whose first round of warm-rivers was sent, by an older version."""
    shutil.copytree(_unpacked(), tmp_path / "newsroom")
    monkeypatch.chdir(tmp_path / "newsroom")
    return tmp_path / "newsroom"


@cache
def _unpacked() -> Path:
    folder = Path(mkdtemp(prefix="newsroom-"))
    with tarfile.open(CASES / "workspace.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    return folder


def told(name: str, *options: str) -> Told:
    """What a returned file proposes."""
    result = run("review", "receive", str(CASES / "marked" / f"{name}.docx"), "--format", "json", *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)  # type: ignore[no-any-return]  # as the command prints it


TOLD = {
    "textbox": [("text box", "", "LEGAL: hold this paragraph until Friday")],
    "A-textbox-untracked": [("text box", "", "LEGAL: do not release before counsel signs.")],
    "B-textbox-tracked": [("text box", "", "LEGAL: do not release before counsel signs.")],
    "D-equation": [("equation", "", "T = 1.94")],
    "S-strict": [],
    "link_target": [
        ("link", "[full data set](https://data.ashgrove.example/streams)",
         "[full data set](https://data.ashgrove.example/other)"),
    ],
    "link_new": [("link", "willow and sycamore", "[willow and sycamore](https://trees.example/willow)")],
    "italic_untracked": [("italics", "treated wastewater", "*treated wastewater*")],
    "row_insert": [],
    "heading_demote": [("heading", "Shade is worth a decade (heading 2)", "Shade is worth a decade (text)")],
}  # fmt: skip


@pytest.mark.usefixtures("newsroom")
@pytest.mark.parametrize(("name", "expected"), TOLD.items(), ids=TOLD)
def test_a_file_is_told_as_what_it_is(name: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(each["mark"], each["before"], each["after"]) for each in told(name)] == expected


@pytest.mark.usefixtures("newsroom")
def test_another_alternative_text_is_told_old_and_new() -> None:
    (found,) = told("P-alt-text")

    assert (found["mark"], found["after"]) == ("alternative text", "A quite different description of the picture")
    assert found["before"].startswith("Warming of summer water")


PUT_IN = {
    "row_insert_filled": ["        - [Roofed, 3, 0.10, 0.20]"],
    "pydocx_addrow": ["        - [Roofed, 3, 0.10, 0.20]"],
    "footnote": [
        "    wastewater[^note-3] among them.", "  - id: note-3", '    text: "Source: state survey of outfalls."',
    ],
    "paste_html": [
        "    New research from **Ohio** shows [creeks](https://x.example/) & ponds.", "  - list:",
        "      items: [first point, second point]", "  - >-",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("name", "lines"), PUT_IN.items(), ids=PUT_IN)
def test_added_structure_goes_into_the_release_as_it_is(newsroom: Path, name: str, lines: list[str]) -> None:
    release = newsroom / "releases" / "warm-rivers" / "release.yaml"
    before = release.read_text().splitlines()

    told(name, "--apply", "--as", "writer")

    after = release.read_text().splitlines()
    assert sorted(line[2:] for line in ndiff(before, after) if line.startswith("+ ")) == sorted(lines)


@pytest.mark.usefixtures("newsroom")
@pytest.mark.parametrize("name", ["link_target", "link_new"])
def test_a_link_that_was_set_with_tracking_has_its_author(name: str) -> None:
    (found,) = told(name)

    assert (found["author"], found["date"][:10], found["tracked"]) == ("Unknown Author", "2026-11-30", True)


@pytest.mark.parametrize("name", TOLD)
def test_what_is_only_told_changes_no_byte(newsroom: Path, name: str) -> None:
    release = newsroom / "releases" / "warm-rivers" / "release.yaml"
    before = release.read_bytes()

    told(name, "--apply", "--as", "writer")

    assert release.read_bytes() == before
