"""`pressgen verify` on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result

from pressgen.cli.app import main
from pressgen.cli.verify import NOT_COMPARED
from validate.good import CORE, edited, paper, spoilt, word
from validate.pdf_faults import entry

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


def test_a_good_file_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(paper())
    (tmp_path / "a.docx").write_bytes(word())

    told = run(tmp_path / "a.pdf", tmp_path / "a.docx")

    assert told.exit_code == 0
    assert [line for line in told.output.splitlines() if "X08" not in line] == [
        f"{tmp_path}/a.pdf: {NOT_COMPARED}",
        f"{tmp_path}/a.docx: {NOT_COMPARED}",
    ]


def test_a_fault_is_a_line_with_file_place_and_code(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(spoilt(entry("Figure", "/Alt", None)))

    told = run(tmp_path / "a.pdf")

    assert told.exit_code == 1
    assert told.output.startswith(f"{tmp_path}/a.pdf: page 1, Figure: MH13-004 a picture has no description")


def test_json_is_an_array_of_objects(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(spoilt(entry("Figure", "/Alt", None)))
    (tmp_path / "b.docx").write_bytes(word())

    told = run("--format", "json", tmp_path / "a.pdf", tmp_path / "b.docx")
    fault, *remarks = json.loads(told.output)

    assert told.exit_code == 1
    assert list(fault) == ["file", "where", "code", "severity", "message"]
    assert (fault["file"], fault["where"]) == (f"{tmp_path}/a.pdf", "page 1, Figure")
    assert (fault["code"], fault["severity"]) == ("MH13-004", "error")
    assert {(each["code"], each["severity"]) for each in remarks} == {("X08", "style")}


def test_json_of_a_good_file_of_somebody_else_remarks_on_its_author_only(tmp_path: Path) -> None:
    (tmp_path / "b.docx").write_bytes(edited(CORE, "urn:pressgen:", "urn:somebody:"))

    told = run("--format", "json", tmp_path / "b.docx")

    assert [(each["code"], each["severity"]) for each in json.loads(told.output)] == [("X01", "style")]
    assert told.exit_code == 0


def test_the_content_tells_what_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(paper())
    (tmp_path / "b.pdf").write_bytes(word())

    assert run(tmp_path / "a.docx", tmp_path / "b.pdf").exit_code == 0


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    assert run(tmp_path / "none.pdf").exit_code == 2


def test_help_shows_an_example() -> None:
    assert "pressgen verify dist/" in run("--help").output
