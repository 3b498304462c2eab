"""Sharing as somebody at a terminal does it."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from actions.batch.conftest import Archive
from machine import PATIENCE
from pressgen.cli.app import main


def test_a_batch_is_sent_followed_and_listed(archive: Archive) -> None:
    archive.worker("one")

    done = archive.run("build", "--all", "--queue", "--out", "depot", "--format", "txt", "--wait")
    again = archive.run("build", "--all", "--queue", "--out", "depot", "--format", "txt")
    status = archive.run("engine", "status")

    assert done.returncode == 0, done.stderr
    assert "6 releases in 1 chunks" in done.stdout
    assert done.stdout.splitlines()[-1].endswith(f"into {archive.root}/depot: 6 releases: 6 made")
    assert again.returncode == 0
    assert again.stderr == "nothing needs to be built, 6 are up to date\n"
    assert status.stdout.splitlines()[0] == "nothing to do"
    assert status.stdout.splitlines()[1].endswith("6 releases: 6 made")


def test_what_was_refused_ends_the_command_with_one_and_every_reason(archive: Archive) -> None:
    archive.worker("one")
    file = archive.root / "releases" / "bridge-2" / "release.yaml"
    file.write_text(file.read_text().replace("by: ray", "by: roy"))
    picture = archive.root / "releases" / "bridge-3" / "film.mov"
    with picture.open("wb") as large:
        large.truncate(65 * 1024 * 1024)

    done = archive.run("build", "--all", "--queue", "--out", "depot", "--format", "txt", "--wait")

    assert done.returncode == 1
    assert "5 releases: 4 made, 1 refused" in done.stdout
    assert "releases/bridge-3/film.mov: K01 is larger than 64 MB" in done.stderr
    assert "releases/bridge-2/release.yaml:11:17: R07 nobody in “people” has the id “roy”" in done.stderr


def test_a_second_worker_of_a_name_is_refused(archive: Archive) -> None:
    archive.worker("one", "--once").wait(PATIENCE)
    first = archive.worker("one")
    archive.finish(archive.send().batch)

    assert archive.worker("one").wait(PATIENCE) == 4
    assert first.poll() is None


def test_a_store_that_is_away_is_told_without_keys_and_nothing_is_sent(archive: Archive) -> None:
    environment = {
        "AWS_ACCESS_KEY_ID": "AKIANOBODY", "AWS_SECRET_ACCESS_KEY": "sesame", "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
    }  # fmt: skip
    archive.environment = environment

    done = archive.run("build", "--all", "--queue", "--out", "s3://press/archive")

    assert done.returncode == 3
    assert "check that the store is running" in done.stderr
    assert "sesame" not in done.stderr
    assert "AKIANOBODY" not in done.stderr
    assert archive.run("engine", "batch").returncode == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["build", "--all", "--wait"], "--wait works only with --queue"),
        (["build", "--all", "--out", "s3://press/archive"], "add --queue"),
        (["build", "--all", "--queue", "--watch"], "work only without --queue"),
        (["build", "--all", "--queue", "--jobs", "2"], "work only without --queue"),
        (["worker", "--once"], "go with --queue archive"),
    ],
)
def test_options_that_do_not_go_together_are_refused(workspace: Path, options: list[str], said: str) -> None:
    done = CliRunner().invoke(main, [*options, "--workspace", str(workspace)])

    assert done.exit_code == 2
    assert said in done.output


def test_a_batch_of_which_only_a_part_was_sent_is_told(archive: Archive) -> None:
    def said(*arguments: str) -> str:
        return str(CliRunner().invoke(main, [*arguments, "--workspace", str(archive.root)]).output)

    sent = said("build", "--all", "--queue", "--out", f"{archive.to}-2", "--format", "txt")
    name = archive.send().batch
    with psycopg.connect(archive.database) as connection:
        connection.execute(
            "DELETE FROM dbos.workflow_status WHERE workflow_uuid ="
            " (SELECT max(workflow_uuid) FROM dbos.workflow_status WHERE workflow_uuid LIKE %s)", [f"%{name}%"]
        )  # fmt: skip
    told = CliRunner().invoke(main, ["engine", "batch", name]).output

    assert re.search(r"^batch \S+: 6 releases in 1 chunks$", sent, re.MULTILINE)
    assert "Next: pressgen worker --queue archive builds them; pressgen engine batch --wait shows progress\n" in sent
    assert told.startswith(f"batch {name} into {archive.to}: 4 releases: ")
    assert "; only 2 of 3 chunks were sent" in told
