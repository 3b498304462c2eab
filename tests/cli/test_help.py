"""`pressgen --help`: every command in a group, with its whole summary, and an example that runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from pressgen.cli.app import main
from pressgen.cli.lazy import LazyCommand

GROUPS = ["Write", "Check", "Review", "Approve", "Send", "Publish", "Archive", "Set up"]
HELP = CliRunner().invoke(main, ["--help"], terminal_width=80).output


def listed(group: str) -> str:
    """What stands below the heading of a group."""
    return HELP.partition(f"\n{group}:\n")[2].partition("\n\n")[0]


def test_the_groups_stand_in_the_order_of_the_work() -> None:
    assert re.findall(r"^(\w[\w ]*):$", HELP, re.MULTILINE)[1:] == GROUPS


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_belongs_to_one_group_and_shows_its_whole_summary(name: str) -> None:
    command = main.commands[name]
    assert isinstance(command, LazyCommand)
    assert command.group in GROUPS

    shown = " ".join(listed(command.group).split())

    assert f"{name} {command.help}" in shown
    assert HELP.count(f"\n  {name} ") == 1


def test_no_summary_is_cut() -> None:
    lists = HELP.partition("\nWrite:\n")[2].partition("Try it")[0]

    assert lists
    assert not re.search(r"\.\.\.|…", lists)


@pytest.mark.parametrize("name", ["review", "lists", "engine", "template"])
def test_no_summary_of_a_group_within_is_cut(name: str) -> None:
    shown = CliRunner().invoke(main, [name, "--help"], terminal_width=80).output.partition("Commands:\n")[2]

    assert shown
    assert not re.search(r"\.\.\.|…", shown.partition("\n\n")[0])


def test_the_help_fits_a_terminal_of_80_columns() -> None:
    assert max(len(line) for line in HELP.splitlines()) <= 80


def test_the_example_of_the_help_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example = re.search(r"Try it.*:\n((?:    .*\n)+)", HELP)
    assert example
    monkeypatch.chdir(tmp_path)
    for line in example[1].replace("&&", "\n").splitlines():
        program, *arguments = shlex.split(line)
        if program == "cd":
            monkeypatch.chdir(arguments[0])
        else:
            assert CliRunner().invoke(main, arguments).exit_code == 0, line

    assert Path("dist/elmbrook-reading/public/elmbrook-reading.pdf").is_file()
