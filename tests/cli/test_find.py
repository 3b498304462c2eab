"""The command `pressgen find`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from actions.search.conftest import LEVY, WEIR, add
from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.office import DATABASE
from pressgen.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.delenv(DATABASE, raising=False)
    (tmp_path / "templates").mkdir()
    made = Workspace(tmp_path)
    add(made, "weir", WEIR)
    add(made, "levy", LEVY.replace("2031", "2091"))
    return made


def run(archive: Workspace, *arguments: str) -> Any:  # noqa: ANN401 - click's result
    return CliRunner().invoke(main, ["find", "--workspace", str(archive.root), *arguments])


def test_each_hit_is_shown_with_its_date_its_place_and_the_words_around(archive: Workspace) -> None:
    said = run(archive, "weir", "-levy")

    assert said.stdout == (
        "weir  8 May 2019  North weir rated Good\n  releases/weir/release.yaml:4: North [weir] rated Good\n"
    )


def test_what_is_under_embargo_is_marked(archive: Workspace) -> None:
    said = run(archive, "nobody")

    assert said.stdout.splitlines()[1] == "  under embargo until 2 April 2091, 00:01 BST"


def test_what_was_found_is_coloured_on_a_terminal(archive: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressgen.cli.find_statistics.is_terminal", lambda: True)

    said = CliRunner().invoke(main, ["find", "eels", "--workspace", str(archive.root)], color=True)

    assert "The \x1b[32m\x1b[1meels\x1b[0m come back." in said.stdout


def test_as_json_it_has_everything_for_programs(archive: Workspace) -> None:
    [hit] = json.loads(run(archive, "pays", "--format", "json").stdout)

    assert hit == {
        "release": "levy", "reference": "L-1", "date": "2091-04-02", "headline": "Levy on barges ends",
        "house": "university", "language": "", "embargo": "2091-04-01T23:01:00+00:00", "under_embargo": True,
        "file": "releases/levy/release.yaml", "line": 9, "column": 36, "path": "body[1].quote.words",
        "text": "Nobody pays.", "found": [[7, 11]],
    }  # fmt: skip


def test_nothing_found_is_said_and_is_no_fault(archive: Workspace) -> None:
    said = run(archive, "absent")

    assert (said.exit_code, said.stdout, said.stderr) == (0, "", "nothing found\n")


def test_a_file_that_cannot_be_read_is_told(archive: Workspace) -> None:
    add(archive, "broken", "headline: [")

    said = run(archive, "weir")

    assert said.exit_code == 0
    assert said.stderr.startswith("not searched: releases/broken/release.yaml:1:")


def test_more_hits_than_are_shown_are_counted(archive: Workspace) -> None:
    assert run(archive, "weir", "--limit", "1").stderr == "1 of 2 releases; --limit shows more\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Nothing to look for"),
        (["***", "-absent"], "Nothing to look for"),
        (["weir", "--rateing", "Good"], "No such option '--rateing'. Did you mean '--rating'?"),
        (["weir", "--in", "cellar"], "'cellar' is not one of"),
        (["weir", "--from", "2020-02-30"], "does not match the format"),
        (["weir", "--from", "2020-02-03", "--to", "2020-02-02"], "--to is before --from"),
    ],
)
def test_wrong_use_is_told(archive: Workspace, arguments: list[str], told: str) -> None:
    said = run(archive, *arguments)

    assert said.exit_code == 2
    assert told in said.stderr


def test_days_people_and_fields_narrow_it(archive: Workspace) -> None:
    assert run(archive, "weir", "--to", "2020-01-01", "--person", "moe", "--in", "notes").stdout.splitlines() == [
        "weir  8 May 2019  North weir rated Good",
        "  releases/weir/release.yaml:27: Counted by hand at the [weir].",
    ]


def test_an_embargo_whose_end_is_not_clear_is_told(archive: Workspace) -> None:
    add(archive, "toll", LEVY.replace("L-1", "L-2").replace("embargo: 2031-04-02 00:01", "embargo: later"))

    assert "  under embargo; its end is not clear from the release" in run(archive, "nobody").stdout.splitlines()


def test_of_many_files_that_cannot_be_read_some_are_named_and_the_others_counted(archive: Workspace) -> None:
    for number in range(7):
        add(archive, f"torn-{number}", "headline: [")

    assert "not searched: 2 more that cannot be read; see: pressgen check" in run(archive, "nobody").output.splitlines()
