from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from machine import need_program
from pressgen.cli.app import main
from pressgen.review.reading import read


@pytest.fixture
def release(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a release in a workspace where commands are run."""
    monkeypatch.chdir(workspace)
    return workspace / "releases" / "bridge" / "release.yaml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["redline", *arguments])


def other(release: Path) -> str:
    """Another version beside the release, by its folder."""
    folder = release.parents[1] / "other"
    folder.mkdir()
    (folder / "release.yaml").write_text(release.read_text().replace("It holds.", "It will hold."))
    return "releases/other"


def test_each_text_that_differs_is_told_with_its_place_and_field(release: Path) -> None:
    result = run("releases/bridge", other(release))

    assert result.output == "releases/other/release.yaml:11:29: body[1].quote.words: It [-holds.-]{+will hold.+}\n"


def test_programs_get_data(release: Path) -> None:
    result = run("releases/bridge", other(release), "--format", "json")

    assert json.loads(result.output) == [
        {
            "path": "body[1].quote.words", "file": "releases/other/release.yaml", "line": 11,
            "before": "It holds.", "after": "It will hold.",
        }
    ]  # fmt: skip


def test_word_has_true_tracked_changes(release: Path) -> None:
    assert run("releases/bridge", other(release), "--format", "docx", "--out", "changes.docx").exit_code == 0

    file = read(Path("changes.docx").read_bytes(), "changes.docx")

    assert {each.kind for each in file.revisions.values()} == {"insert", "delete"}
    assert {each.author for each in file.revisions.values()} == {"releases/bridge to now"}


def test_a_version_may_be_a_revision_of_git(release: Path, workspace: Path) -> None:
    git = [need_program("git"), "-c", "user.name=a", "-c", "user.email=a@b.example", "-C", str(workspace)]
    for command in (["init", "-q"], ["add", "releases"], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *command], check=True)
    release.write_text(release.read_text().replace("Bridge opens", "Bridge closes"))

    assert "headline: Bridge [-opens-]{+closes+}" in run("HEAD", "releases/bridge").output


def test_a_version_may_be_a_round_of_review(release: Path) -> None:
    CliRunner().invoke(main, ["review", "send", "releases/bridge"])
    release.write_text(release.read_text().replace("Bridge opens", "Bridge closes"))

    assert "headline: Bridge [-opens-]{+closes+}" in run("round:1", "releases/bridge").output


@pytest.mark.usefixtures("release")
def test_what_is_no_version_is_wrong_use() -> None:
    for name in ("round:7", "yesterday", "--upload-pack=x"):
        assert run("--", name, "releases/bridge").exit_code == 2
