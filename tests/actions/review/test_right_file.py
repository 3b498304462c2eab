"""A file that has nearly nothing of the release is questioned before it deletes the release."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from actions.editors import RELEASE, change, edited, run
from review.editing import Editing
from word.strictly import make_strict


@pytest.fixture
def newsroom(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one release, where commands are run."""
    (workspace / "releases" / "bridge" / "release.yaml").write_text(RELEASE)
    monkeypatch.chdir(workspace)
    return workspace


def empty(editing: Editing) -> None:
    """Somebody clears the whole file."""
    for para in editing.paras:
        editing._strike(para, 0, len(para.chars), None)


def test_apply_deletes_no_release_where_nearly_every_text_is_gone(newsroom: Path) -> None:
    result = run("review", "receive", str(edited(newsroom, empty)), "--apply")

    assert result.exit_code == 0, result.output
    assert (newsroom / "releases" / "bridge" / "release.yaml").read_text() == RELEASE
    assert "has nearly none of the text that was sent; ask for the file again" in result.output


def test_asked_whether_it_is_the_right_file_a_no_decides_nothing(newsroom: Path) -> None:
    result = run("review", "receive", str(edited(newsroom, empty)), "--ask", typed="n\n")

    assert "Is it the right file?" in result.output
    assert "nothing was decided; ask for the file again" in result.output


def test_what_is_accepted_by_its_number_is_deleted(newsroom: Path) -> None:
    file = str(edited(newsroom, empty))
    proposals = json.loads(run("review", "receive", file, "--format", "json").stdout)
    (number,) = [each["number"] for each in proposals if each["path"] == "body[3]"]

    run("review", "receive", file, "--accept", str(number))

    line = "  - The next bridge will be built further down the river when the money is there.\n"
    assert (newsroom / "releases" / "bridge" / "release.yaml").read_text() == RELEASE.replace(line, "")


def test_a_copy_in_strict_open_xml_proposes_nothing(newsroom: Path) -> None:
    file = edited(newsroom)
    file.write_bytes(make_strict(file.read_bytes()))

    result = run("review", "receive", str(file))

    assert "says what was sent, word for word" in result.output


def test_a_change_in_strict_open_xml_is_put_in(newsroom: Path) -> None:
    file = edited(newsroom, change("two years", "three years"))
    file.write_bytes(make_strict(file.read_bytes()))

    run("review", "receive", str(file), "--apply")

    assert (newsroom / "releases" / "bridge" / "release.yaml").read_text() == RELEASE.replace(
        "two years", "three years"
    )
