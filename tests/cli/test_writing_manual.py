"""The manual's chapters on writing and on houses are true of the release that `pressgen new` writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from machine import ROOT
from pressgen.cli.app import main
from pressgen.render.vocabulary import NAMES

MANUAL = ROOT / "src" / "pressgen" / "manual"
WRITING = (MANUAL / "writing.md").read_text("utf-8")
HOUSE = (MANUAL / "house.md").read_text("utf-8")


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The first release of the chapter, in a workspace that is the current folder."""
    shown = WRITING.partition("## A workspace and a release")[2].partition("```sh\n")[2].partition("```")[0]
    commands = [each.split() for each in shown.splitlines()]
    assert [each[:2] for each in commands] == [
        ["pressgen", "init"], ["cd", "newsroom"], ["pressgen", "new"], ["pressgen", "build"],
    ]  # fmt: skip
    monkeypatch.chdir(tmp_path)
    for program, *arguments in commands:
        if program == "cd":
            monkeypatch.chdir(arguments[0])
        else:
            assert CliRunner().invoke(main, arguments).exit_code == 0
    return Path("releases/river-survey/release.yaml")


@pytest.mark.usefixtures("release")
def test_the_first_build_makes_the_eight_files_and_two_manifests_that_are_named() -> None:
    files = [path.name for path in Path("dist").rglob("*") if path.is_file()]

    assert "makes eight files and two manifests" in WRITING
    assert sorted(files) == sorted(
        [f"river-survey.{e}" for e in ("docx", "pdf", "html", "txt")] * 2 + ["manifest.json"] * 2
    )


def test_the_mistake_gives_the_lines_that_are_shown(release: Path) -> None:
    release.write_text(release.read_text().replace("by: speaker", "by: speeker"))

    built = CliRunner().invoke(main, ["build", "river-survey"])

    shown = WRITING.partition("## Mistakes")[2].partition("```text\n")[2].partition("```")[0]
    assert built.exit_code == 1
    assert built.output.startswith(shown)


@pytest.mark.parametrize(("words", "code"), [("more than {{ facts.answers | up(100) }}", 1),
                                             ("nearly {{ facts.answers | down(100) }}", 1),
                                             ("nearly {{ facts.answers | up(100) }}", 0)])  # fmt: skip
def test_a_rounding_that_contradicts_the_word_before_it_is_refused(release: Path, words: str, code: int) -> None:
    text = release.read_text()
    assert "nearly {{ facts.answers | up(100) }}" in text
    release.write_text(text.replace("nearly {{ facts.answers | up(100) }}", words))

    assert CliRunner().invoke(main, ["build", "river-survey", "--format", "txt"]).exit_code == code


def test_the_samples_that_are_listed_are_those_that_there_are() -> None:
    listed = re.findall(r"^\| `([\w-]+)` \|", WRITING.partition("## Samples")[2], re.MULTILINE)

    assert sorted(listed) == sorted(each.parent.name for each in (ROOT / "releases").glob("*/release.yaml"))


def test_the_names_of_templates_are_all_listed() -> None:
    listed = HOUSE.partition("All templates know the same names:")[2].partition("`{% if")[0]

    assert set(re.findall(r"`(\w+)`", listed)) == set(NAMES)


def test_the_files_of_a_house_that_are_listed_are_those_that_there_are() -> None:
    listed = re.findall(r"`([\w.]+)/?`", " ".join(re.findall(r"^\| (`[^|]*) \|", HOUSE, re.MULTILINE)))

    for house in ("inspectorate", "university"):
        assert {*listed, "logo.svg"} == {each.name for each in (ROOT / "templates" / house).iterdir()}
