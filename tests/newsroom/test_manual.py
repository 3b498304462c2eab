"""What the manual says of the newsroom is so."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from machine import ROOT
from newsroom.public import CORRECTION, files, item, told
from pressgen.cli.app import main
from pressgen.newsroom.feeds import RECENT as FED
from pressgen.newsroom.listing import RECENT as LISTED
from pressgen.newsroom.theme import DAY, NEUTRAL
from pressgen.newsroom.wording import SPOKEN

MANUAL = (ROOT / "src" / "pressgen" / "manual" / "newsroom.md").read_text()


def test_every_file_that_it_names_is_there_and_no_other() -> None:
    rows = re.findall(r"^\| (`.*?) \|", MANUAL, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    folder = "2031/river-survey/"
    named = {f"{folder}{name}" if name == "ninjs-3.json" else name for name in named} - {".docx"}

    made = set(files(item(editions=told(en="Rivers are warmer", cy="Afonydd cynhesach"))))

    assert named <= made
    assert {path for path in made - named if "cy" not in path} == {f"{folder}river-survey.docx"}


def test_the_custom_properties_are_those_that_are_read() -> None:
    told_of = set(re.findall(r"`--([a-z-]+)`", MANUAL))

    assert told_of == {*DAY, *NEUTRAL.faces}


def test_the_numbers_of_releases_are_so() -> None:
    assert (LISTED, FED) == (20, 30)
    assert "the newest twenty releases" in MANUAL
    assert "the newest thirty releases" in MANUAL


def test_the_marks_of_what_is_added_are_so() -> None:
    page = files(item(corrections=(CORRECTION,)))["2031/river-survey/index.html"].decode()

    for mark in ("<!-- newsroom -->", "<!-- /newsroom -->"):
        assert mark in MANUAL
        assert page.count(mark) == 3


def test_the_languages_are_those_that_it_speaks() -> None:
    assert set(SPOKEN) == {"en", "cy"}
    assert "The newsroom speaks English and Welsh" in MANUAL


@pytest.mark.parametrize("command", ["grid", "breach-report", "engine resync"])
def test_the_commands_exist(command: str) -> None:
    assert f"pressgen {command}" in MANUAL
    assert CliRunner().invoke(main, [*command.split(), "--help"]).exit_code == 0
