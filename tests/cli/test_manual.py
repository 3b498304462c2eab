"""`pressgen manual`: every chapter, listed with what it is about, completed by the shell, and there in the wheel."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from machine import PATIENCE, ROOT, build_wheel
from pressgen.actions.setup.manual import list_chapters, list_sections
from pressgen.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

MANUAL = ROOT / "src" / "pressgen" / "manual"


def test_every_chapter_is_in_one_section() -> None:
    listed = [name for chapters in list_sections().values() for name in chapters]

    assert sorted(listed) == sorted(path.stem for path in MANUAL.glob("*.md"))


def test_the_list_says_what_each_chapter_is_about() -> None:
    lines = CliRunner().invoke(main, ["manual"]).output.splitlines()

    for name, summary in list_chapters().items():
        assert any(line.split(maxsplit=1) == [name, summary] for line in lines), name
    assert lines[-1] == "To read one: pressgen manual CHAPTER"


def test_a_chapter_is_printed_by_its_former_name() -> None:
    assert CliRunner().invoke(main, ["manual", "desk"]).output == (MANUAL / "office.md").read_text()


@pytest.mark.parametrize(("typed", "offered"), [("arc", ["archive", "architecture"]), ("zz", [])])
def test_the_shell_completes_chapters(typed: str, offered: list[str]) -> None:
    words = {"COMP_WORDS": f"pressgen manual {typed}", "COMP_CWORD": "2"}

    told = CliRunner().invoke(main, [], env={"_PRESSGEN_COMPLETE": "bash_complete", **words}, prog_name="pressgen")

    assert [line.removeprefix("plain,") for line in told.output.splitlines() if line] == offered


def test_the_wheel_prints_every_chapter(tmp_path: Path) -> None:
    ZipFile(build_wheel(ROOT, tmp_path)).extractall(tmp_path / "installed")
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from pressgen.cli.app import main; main()"

    for name in list_chapters():
        command = [sys.executable, "-c", code, str(tmp_path / "installed"), "manual", name]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=PATIENCE)

        assert done.stdout == (MANUAL / f"{name}.md").read_bytes(), name
        assert (done.returncode, done.stderr) == (0, b"")
