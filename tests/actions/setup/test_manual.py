"""What the manual's chapter on the office promises of the lift."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.test_named import ENGLISH
from machine import ROOT, need_program
from pressgen.cli.app import main

MANUAL = (ROOT / "src" / "pressgen" / "manual" / "office.md").read_text()
UNITS = re.findall(r"`/etc/systemd/system/([a-z.]+)`:\n\n```ini\n(.*?)```", MANUAL, re.DOTALL)


def test_every_command_that_is_named_exists() -> None:
    named = set(re.findall(r"pressgen ((?:engine )?[a-z]+(?:-[a-z]+)?)", MANUAL))

    for command in sorted(named - ENGLISH):
        assert CliRunner().invoke(main, [*command.split(), "--help"]).exit_code == 0, command


@pytest.mark.parametrize("option", re.findall(r"pressgen lift (--due) (--horizon) 90s", MANUAL)[0])
def test_every_option_of_the_timer_exists(option: str) -> None:
    assert option in CliRunner().invoke(main, ["lift", "--help"]).output


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    program = need_program("systemd-analyze")
    assert [name for name, _ in UNITS] == ["pressgen.service", "lift.service", "lift.timer"]
    for name, text in UNITS:
        unit = text.replace("/usr/local/bin/pressgen", str(Path(sys.executable).with_name("pressgen")))
        (tmp_path / name).write_text(unit.replace("User=press", "User=root"))

    done = subprocess.run(
        [program, "verify", "--recursive-errors=no", *(tmp_path / name for name, _ in UNITS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")


def test_a_chapter_that_there_is_not_is_refused_with_those_there_are() -> None:
    assert (
        "the manual has no chapter “offices”; did you mean “office”?"
        in CliRunner().invoke(main, ["manual", "offices"]).output
    )
