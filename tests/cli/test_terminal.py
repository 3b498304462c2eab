"""What files put into a line is shown on a terminal, and never obeyed; JSON says the same to whoever reads it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import pressgen.cli
from pressgen.cli.terminal import echo, echo_json, echo_styled, escape_hidden_characters, style

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printed(message: object, *, json_: bool = False, fg: str = "") -> str:
    @click.command()
    def say() -> None:
        if json_:
            echo_json(json.dumps(message, ensure_ascii=False))
        elif fg:
            echo_styled(message, fg=fg)
        else:
            echo(message)

    return CliRunner().invoke(say, color=True).output


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Petra\x1b[2J Quill", r"Petra\x1b[2J Quill"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("gpj.\u202egnp", r"gpj.\u202egnp"),
        ("a\rb", r"a\rb"),
        ("\x9b31m", r"\x9b31m"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("Łódź, שלום, 👩‍🚒", "Łódź, שלום, 👩‍🚒"),
    ],
)
def test_a_sign_that_a_terminal_obeys_is_shown(name: str, shown: str) -> None:
    assert printed(name) == f"{shown}\n"


@given(st.text())
def test_nothing_in_a_text_is_obeyed_with_or_without_a_colour(text: str) -> None:
    for fg in ("", "red"):
        assert OBEYED.search(COLOUR.sub("", printed(text, fg=fg))) is None


def test_our_own_colours_reach_the_terminal() -> None:
    assert printed("x", fg="red") == click.style("x", fg="red") + "\n"
    assert escape_hidden_characters(f"a {style('b', bold=True)}") == f"a {click.style('b', bold=True)}"


@given(st.text())
def test_json_says_the_same_to_whoever_reads_it(text: str) -> None:
    told = printed([text], json_=True)
    assert json.loads(told) == [text]
    assert OBEYED.search(told) is None


def test_no_command_prints_past_the_one_place() -> None:
    files = [each for each in Path(pressgen.cli.__path__[0]).glob("*.py") if each.name != "terminal.py"]
    assert not [each.name for each in files if re.search(r"click\.s?echo\b|click\.style\b|\bprint\(", each.read_text())]
