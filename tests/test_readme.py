"""What the README promises is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.test_named import ENGLISH
from machine import ROOT
from pressgen.cli.app import main
from pressgen.render.vocabulary import NAMES

README = (ROOT / "README.md").read_text()


def test_the_tour_goes_as_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tour = README.partition("## Ten minutes")[2].partition("**3. Words.**")[0]
    commands = re.findall(r"^(?:pressgen|cd) .*$", tour, re.MULTILINE)
    assert [each.split()[1] for each in commands] == ["init", "newsroom", "new", "build"]

    for command in commands:
        program, *arguments = shlex.split(command)
        if program == "cd":
            monkeypatch.chdir(tmp_path / arguments[0])
        else:
            assert CliRunner().invoke(main, arguments).exit_code == 0, command

    files = {path.name for path in (tmp_path / "newsroom" / "dist").rglob("*") if path.is_file()}
    assert files == {f"river-survey.{ending}" for ending in ("docx", "pdf", "html", "txt")} | {"manifest.json"}


def test_the_mistake_of_the_tour_gives_the_line_that_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    CliRunner().invoke(main, ["init", str(tmp_path)])
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["new", "river-survey"])
    file = tmp_path / "releases" / "river-survey" / "release.yaml"
    file.write_text(file.read_text().replace("by: speaker", "by: speeker"))

    shown = CliRunner().invoke(main, ["build", "releases/river-survey"])

    assert shown.exit_code == 1
    assert shown.output.strip() in README


def test_the_names_of_templates_are_all_told() -> None:
    told = README.partition("All templates know the same names:")[2].partition("`{% if")[0]

    assert set(re.findall(r"`(\w+)`", told)) == set(NAMES)


def test_every_command_that_is_named_exists() -> None:
    named = set(re.findall(r"pressgen ((?:template )?[a-z]+(?:-[a-z]+)*)", README)) - ENGLISH - {"measures"}

    for command in sorted(named):
        assert CliRunner().invoke(main, [*command.split(), "--help"]).exit_code == 0, command


def test_every_file_that_is_linked_is_there() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("target", ["release", "test", "bench", "soak", "lock"])
def test_every_make_target_that_is_named_exists(target: str) -> None:
    assert f"make {target}" in README
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("folder", sorted(path.parent for path in (ROOT / "releases").glob("*/release.yaml")))
def test_every_sample_builds(folder: Path, tmp_path: Path) -> None:
    built = CliRunner().invoke(main, ["build", str(folder), "--out", str(tmp_path), "--workspace", str(ROOT)])

    assert built.exit_code == 0, built.output
