"""pressgen can be used from Python as its manual shows."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from machine import ROOT
from pressgen import api
from pressgen.cli.app import main
from pressgen.errors import InputError, UsageError

CHAPTER = (ROOT / "src" / "pressgen" / "manual" / "python.md").read_text("utf-8")


def annotated(function: Callable[..., object]) -> set[str]:
    """The names in a function's annotations."""
    return {name for text in inspect.get_annotations(function).values() for name in re.findall(r"\w+", text)}


@pytest.fixture
def my_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The release that `pressgen new` writes, in a workspace that `pressgen init` makes."""
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["init", "."]).exit_code == 0
    assert CliRunner().invoke(main, ["new", "my-release"]).exit_code == 0
    return tmp_path / "releases" / "my-release"


def test_the_manual_s_example_runs(my_release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", CHAPTER, re.DOTALL)

    exec(compile(example, "python.md", "exec"), {})  # noqa: S102 - the manual's own

    printed = capsys.readouterr().out
    assert "my-release.docx" in printed
    assert my_release.is_dir()


def test_every_function_of_the_interface_is_in_the_manual() -> None:
    functions = [each for each in api.__all__ if each.islower()]

    assert functions == ["build", "check", "load", "verify"]
    assert [each for each in functions if f"`{each}(" not in CHAPTER] == []


def test_every_type_that_a_function_takes_or_returns_is_part_of_the_interface() -> None:
    told = {name for each in ("build", "check", "load", "verify") for name in annotated(getattr(api, each))}

    assert {"CheckResult", "LoadedRelease", "Problem", "WrittenFile"} <= told
    assert told - set(api.__all__) <= {"Path", "Sequence", "datetime", "list", "str", "None"}


def test_files_are_written_where_somebody_wants_them(my_release: Path, tmp_path: Path) -> None:
    written = api.build(my_release, formats=["txt"], variants=["public"], out=tmp_path / "mine")

    assert [each.path for each in written] == [tmp_path / "mine" / "my-release" / "public" / "my-release.txt"]


def test_what_is_at_fault_is_raised_with_every_problem(my_release: Path) -> None:
    file = my_release / "release.yaml"
    file.write_text("headline: x\nheadlin: y\n")

    with pytest.raises(InputError) as refusal:
        api.build(my_release)

    assert {each.place.file for each in refusal.value.problems} == {"releases/my-release/release.yaml"}
    assert len(refusal.value.problems) > 1


def test_a_release_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        api.load(tmp_path)
