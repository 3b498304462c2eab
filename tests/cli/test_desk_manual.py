"""The manual's chapter for the desk names commands and options that there are."""

from __future__ import annotations

import re
import shlex

import pytest
from click.testing import CliRunner

from machine import ROOT
from pressgen.cli.app import main

MANUAL = (ROOT / "src" / "pressgen" / "manual" / "desk.md").read_text()
NAMED = sorted({" ".join(each.split()) for each in re.findall(r"(?:`|^)(pressgen [^`\n]+)", MANUAL, re.MULTILINE)})


@pytest.mark.parametrize("command", NAMED)
def test_every_command_that_is_shown_exists_with_its_options(command: str) -> None:
    words = shlex.split(command, comments=True)[1:]
    at = main
    while words and not words[0].startswith("-") and words[0] in getattr(at, "commands", {}):
        at = at.commands[words.pop(0)]  # type: ignore[assignment]
    known = CliRunner().invoke(at, ["--help"]).output

    assert at is not main
    assert [each for each in words if each.startswith("--") and each not in known] == []
