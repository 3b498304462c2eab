"""Commands are imported when they are wanted, and nobody notices."""

from __future__ import annotations

import os
import subprocess
import sys

import click
import pytest
from click.shell_completion import ShellComplete

from pressgen.cli.app import main
from pressgen.cli.lazy import LazyCommand

LATER = [each for each in main.commands.values() if isinstance(each, LazyCommand)]


@pytest.mark.parametrize("later", LATER, ids=lambda each: str(each.name))
def test_what_the_list_of_commands_says_is_what_the_command_says(later: LazyCommand) -> None:
    """The list is written without importing any command, so it has a copy of each first sentence."""
    widths = range(20, 100)

    assert later.name == later.command.name
    assert later.hidden == later.command.hidden
    assert [later.command.get_short_help_str(width) for width in widths] == [
        later.get_short_help_str(width) for width in widths
    ]


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_the_list_of_commands_loads_none_of_them(arguments: list[str]) -> None:
    script = "import sys; from pressgen.cli.app import main; main(standalone_mode=False)"
    told = f"{script}; print('LOADED', [each for each in sys.modules if each.startswith('pressgen.actions')])"

    done = subprocess.run([sys.executable, "-c", told, *arguments], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_a_command_that_is_called_loads_no_other() -> None:
    script = "import sys; from pressgen.cli.app import main; main(['schema'], standalone_mode=False)"
    told = f"{script}; print('LOADED', sorted(each for each in sys.modules if each.startswith('pressgen.cli.')))"

    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    loaded = done.stdout.splitlines()[-1]
    assert "pressgen.cli.manual_schema_template_doctor" in loaded
    assert "pressgen.cli.build" not in loaded


@pytest.mark.parametrize(
    ("typed", "incomplete", "offered"),
    [([], "wi", ["withdraw"]), (["build"], "--expl", ["--explain"]), (["review"], "s", ["send"])],
)
def test_the_shell_completes_commands_and_what_belongs_to_them(
    typed: list[str], incomplete: str, offered: list[str]
) -> None:
    found = ShellComplete(main, {}, "pressgen", "_PRESSGEN_COMPLETE").get_completions(typed, incomplete)

    assert [each.value for each in found] == offered


def test_the_shell_says_where_a_version_comes_from() -> None:
    found = ShellComplete(main, {}, "pressgen", "_PRESSGEN_COMPLETE").get_completions(["redline"], "clear")

    assert ("cleared", "as recorded in the ledger") in [(each.value, each.help) for each in found]


def test_a_command_that_is_mistyped_is_told_the_nearest() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pressgen", "bild"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )

    assert done.returncode == click.UsageError.exit_code
    assert "build" in done.stderr
