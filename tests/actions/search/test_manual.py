"""What the manual says of the archive is so."""

from __future__ import annotations

import re
import shlex

import pytest
from click.testing import CliRunner

from machine import ROOT
from pressgen.actions.search.update_index import INDEX
from pressgen.cli.app import main
from pressgen.cli.find_statistics import WITHIN
from pressgen.report.counts import ArchiveSummary
from pressgen.report.sections import build_sections
from report_page.reading import some

MANUAL = (ROOT / "src" / "pressgen" / "manual" / "archive.md").read_text()
SHOWN = re.findall(r"^pressgen .*$", MANUAL, re.MULTILINE)


@pytest.mark.parametrize("command", SHOWN)
def test_every_command_that_is_shown_exists_with_its_options(command: str) -> None:
    _, name, *words = shlex.split(command)
    known = CliRunner().invoke(main, [name, "--help"])

    assert known.exit_code == 0
    assert [each for each in words if each.startswith("--") and each not in known.output] == []


def test_the_fields_are_those_that_can_be_asked() -> None:
    row = next(line for line in MANUAL.splitlines() if line.startswith("| `--in`"))

    assert tuple(re.findall(r"`(\w+)`", row)) == WITHIN


def test_every_option_that_narrows_is_told() -> None:
    told = {name for row in re.findall(r"^\| (`--.*?) \|", MANUAL, re.MULTILINE) for name in re.findall(r"--\w+", row)}
    known = set(re.findall(r"--\w+", CliRunner().invoke(main, ["find", "--help"]).output.partition("Examples")[0]))

    assert told == known - {"--format", "--limit", "--workspace", "--help"}


def test_the_sections_are_those_of_the_page() -> None:
    table = MANUAL.partition("| section | counts |")[2].partition("\n\n")[0]
    told = [name for row in re.findall(r"^\| (.*?) \|", table, re.MULTILINE) for name in row.split(", ")]
    shown = [each.title for each in build_sections(ArchiveSummary(published=some()[:3]))]

    assert told[1:] == shown


def test_the_index_lies_where_it_says() -> None:
    assert f".pressgen/{INDEX}" in MANUAL
