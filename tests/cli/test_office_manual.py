"""The manual's chapters on the office and on reviews name commands and options that there are."""

from __future__ import annotations

import re
import shlex
from textwrap import dedent

import pytest
from click.testing import CliRunner

from machine import ROOT
from offices import read_office
from pressgen.cli.app import main
from pressgen.cli.lazy import LazyCommand
from pressgen.model.office import PostChannel

MANUAL = (ROOT / "src" / "pressgen" / "manual" / "office.md").read_text()
REVIEW = (ROOT / "src" / "pressgen" / "manual" / "review.md").read_text()
LOGIN = (ROOT / "src" / "pressgen" / "manual" / "mail-login.md").read_text()
SHOWN = re.findall(r"(?:`|^)(pressgen [^`\n]+)", MANUAL + REVIEW, re.MULTILINE)
SHOWN += re.findall(r"(?:`|^ *)(pressgen login[^`\n]*)", LOGIN, re.MULTILINE)
NAMED = sorted({" ".join(each.split()) for each in SHOWN})


@pytest.mark.parametrize("command", NAMED)
def test_every_command_that_is_shown_exists_with_its_options(command: str) -> None:
    words = shlex.split(command, comments=True)[1:]
    at = main
    while words and not words[0].startswith("-") and words[0] in getattr(at, "commands", {}):
        at = at.commands[words.pop(0)]  # type: ignore[assignment]
        at = at.command if isinstance(at, LazyCommand) else at  # type: ignore[assignment]
    known = CliRunner().invoke(at, ["--help"]).output

    assert at is not main
    assert [each for each in words if each.startswith("--") and each not in known] == []


def test_the_office_that_is_shown_is_one() -> None:
    shown = MANUAL.partition("```yaml\n")[2].partition("```")[0]

    office = read_office(shown.encode(), "releases/pressgen.yaml")

    assert [*office.people] == ["writer", "head", "legal"]
    assert office.at_lift[0] == "newsroom"


@pytest.mark.parametrize("shown", re.findall(r"```yaml\n(.*?)```", LOGIN, re.DOTALL))
def test_each_channel_that_is_shown_is_one(shown: str) -> None:
    rest = "office: {name: A, from: press@county.example, newsroom: https://a.example}\npeople:\n"
    rest += "  head: {name: B, email: b@county.example, roles: [head]}\n"

    channel = read_office((rest + dedent(shown)).encode(), "releases/pressgen.yaml").channels["mail"]

    assert isinstance(channel, PostChannel)
    assert channel.oauth
