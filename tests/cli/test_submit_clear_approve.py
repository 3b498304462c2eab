"""`pressgen submit`, `clear`, `approve`, `status` and `history`, as somebody types them."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from machine import ROOT
from pressgen.actions.approve.submit import submit_release
from pressgen.actions.publish.scheduler_access import open_scheduler_client
from pressgen.actions.workspace.folder import Workspace
from pressgen.cli.app import main
from pressgen.cli.engine import SHOWN
from pressgen.scheduler.handlers import DueJob

if TYPE_CHECKING:
    from click.testing import Result

OFFICE = """\
office: {name: Press office, from: press@county.example, newsroom: "https://news.county.example"}
people:
  moss: {name: Ada Moss, email: moss@county.example, roles: [writer]}
  reed: {name: Jo Reed, email: reed@county.example, roles: [approver, head]}
"""
WAYS = """\
lists:
  national: {audience: press, recipients: [{id: daily, name: Home desk, outlet: The Daily, email: desk@daily.example}]}
channels:
  early: {kind: folder, path: early}
at_issue: [early]
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A workspace with an office and the bridge, which opens the day after tomorrow."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    folder = tmp_path / "releases" / "bridge"
    folder.mkdir(parents=True)
    day = datetime.now(UTC) + timedelta(days=2)
    (folder / "release.yaml").write_text(
        "reference: B-1\nhouse: inspectorate\nheadline: Bridge opens\n"
        f"times: {{zone: Europe/London, embargo: {day:%Y-%m-%d} 09:30}}\n"
        "people:\n  ray: {name: Dr Ada Ray, role: Chief Engineer, phone: 01632 960000, email: ray@example.org,"
        " out_of_hours: 01632 960001}\n"
        "body: [The bridge opened., {quote: {by: ray, words: It holds.}}]\ncontacts: [ray]\n"
    )
    (tmp_path / "releases" / "pressgen.yaml").write_text(OFFICE)
    return tmp_path


def run(desk: Path, line: str, **environment: str) -> Result:
    given = [*line.split(), "--workspace", str(desk)]
    return CliRunner().invoke(main, given, env={"PRESSGEN_AS": None, **environment}, catch_exceptions=False)


def test_a_release_goes_from_hand_to_hand(desk: Path) -> None:
    submitted = run(desk, "submit bridge --as moss")
    cleared = run(desk, "clear bridge --speaker ray --how mail", PRESSGEN_AS="moss")
    approved = run(desk, "approve bridge --as reed")
    history = run(desk, "history bridge")
    proved = run(desk, "history --verify")

    assert (
        submitted.output
        == "B-1 is submitted with 8 files; somebody else must approve it. Next: pressgen approve bridge --as reed\n"
    )
    assert cleared.stdout == "ray cleared body[1].quote: It holds.\n"
    assert cleared.stderr == "Recorded in the ledger. See what else is open: pressgen status bridge\n"
    assert approved.output.splitlines()[0] == "B-1 is approved"
    assert "Next: pressgen issue bridge --list NAME --as reed mails it under its embargo; " in approved.output
    assert "pressgen schedule bridge --as reed publishes it when its embargo ends" in approved.output
    told = [line.split("B-1  ")[1] for line in history.output.splitlines()]
    assert [line.split(" version ")[0] for line in told] == [
        "moss submitted", "moss had 1 quotation cleared by ray (mail)", "reed approved"
    ]  # fmt: skip
    assert proved.output.startswith("3 entries, consistent with each other and with the stored files\n")


def test_words_that_nobody_cleared_are_told_beside_the_approval(desk: Path) -> None:
    run(desk, "submit bridge --as moss")

    result = run(desk, "approve bridge --as reed")

    assert result.exit_code == 0
    assert result.stderr == (
        "Dr Ada Ray (ray): words not cleared; see pressgen status bridge; once they are cleared:"
        " pressgen clear bridge --speaker ray --how TEXT --as reed\n"
    )


def test_a_command_to_copy_names_who_acts_unless_the_environment_does(desk: Path) -> None:
    run(desk, "submit bridge --as moss")

    assert (
        "pressgen schedule bridge publishes it when its embargo ends"
        in run(desk, "approve bridge", PRESSGEN_AS="reed").output
    )


def test_words_are_cleared_while_the_release_is_scheduled(desk: Path) -> None:
    for line in ("submit bridge --as moss", "approve bridge --as reed", "schedule bridge --as reed"):
        assert run(desk, line).exit_code == 0

    assert run(desk, "clear bridge --speaker ray --as moss").exit_code == 0
    assert "Dr Ada Ray (ray): cleared" in run(desk, "status bridge").output


def test_what_the_state_forbids_ends_with_4(desk: Path) -> None:
    assert run(desk, "approve bridge --as reed").exit_code == 4
    assert run(desk, "history bridge").exit_code == 4
    run(desk, "submit bridge --as moss")
    assert run(desk, "submit bridge --as moss").exit_code == 4
    assert run(desk, "approve bridge --as moss").exit_code == 4


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("submit bridge", "Who are you? Add --as moss or --as reed (people are listed in releases/pressgen.yaml)\n"),
        ("approve bridge --as reed --urgent", "--urgent and --because TEXT go together, because the reason is"
                                              " recorded\n"),
        ("approve bridge --as reed --because x", "--urgent and --because TEXT go together, because the"
         " reason is recorded\n"),
        ("approve bridge --as reed --urgent --because x --second-look", "a second look is not urgent: leave out"
         " --urgent\n"),
    ],
)  # fmt: skip
def test_a_command_that_means_nothing_ends_with_2(desk: Path, line: str, told: str) -> None:
    result = run(desk, line)

    assert (result.exit_code, result.stderr) == (2, told)


def test_an_urgent_approval_says_what_it_owes(desk: Path) -> None:
    urgent = run(desk, "approve bridge --as moss --urgent --because Flood")
    look = run(desk, "approve bridge --as reed --second-look")

    assert urgent.stdout.splitlines()[0] == (
        "B-1 is approved; it needs a second look: reed gives it with: pressgen approve bridge --second-look --as reed"
    )
    assert look.output == "B-1: the second look is recorded, and nothing else is needed\n"


def test_a_second_look_that_nobody_can_give_is_told_before_and_after_it_is_owed(desk: Path) -> None:
    nobody = "nobody else in releases/pressgen.yaml may give it"
    office = desk / "releases" / "pressgen.yaml"
    office.write_text(office.read_text().replace("roles: [approver, head]", "roles: [writer, approver, head]"))
    run(desk, "submit bridge --as reed")

    refused = run(desk, "approve bridge --as reed")
    office.write_text(office.read_text().replace("  moss:", "  # moss:"))
    alone = run(desk, "approve bridge --as reed")
    urgent = run(desk, "approve bridge --as reed --urgent --because Flood")

    assert nobody not in refused.stderr
    assert f"needs a second look, and {nobody}" in alone.stderr
    assert f"it needs a second look: {nobody}: name another approver there" in urgent.stdout
    assert nobody in run(desk, "status bridge").output


def test_an_issue_before_the_release_s_own_time_of_issue_is_remarked_on(desk: Path) -> None:
    file, day = desk / "releases" / "bridge" / "release.yaml", datetime.now(UTC) + timedelta(days=1)
    file.write_text(file.read_text().replace("embargo:", f"issue: {day:%Y-%m-%d} 10:00, embargo:"))
    lists = "lists: {wire: {audience: press, recipients: [{id: a, name: A, email: a@daily.example}]}}\n"
    mail = "channels: {mail: {kind: smtp, host: 127.0.0.1, port: 1, security: none, plaintext: accepted}}\n"
    office = desk / "releases" / "pressgen.yaml"
    office.write_text(f"{OFFICE}{lists}{mail}at_issue: [mail]\n")
    run(desk, "submit bridge --as moss")
    run(desk, "approve bridge --as reed")

    shown = run(desk, "issue bridge --list wire --preview --as reed")

    assert shown.exit_code == 0
    assert f"B-1 names {day:%a} {day.day} {day:%b %Y} 10:00" in shown.stderr
    assert "--at-issue-time has a worker send it then" in shown.stderr


def test_status_is_a_table_lines_or_objects(desk: Path) -> None:
    assert run(desk, "status").output == "bridge  draft\n"
    run(desk, "submit bridge --as moss")

    assert run(desk, "status").output.startswith("bridge  submitted  embargo ")
    assert run(desk, "status bridge").output.splitlines()[-1] == "  Dr Ada Ray (ray): words not cleared"
    [everything] = json.loads(run(desk, "status --format json").output)
    [named] = json.loads(run(desk, "status bridge --format json").output)
    assert (everything["state"], everything["speakers"]) == ("submitted", [])
    assert [each["state"] for each in named["speakers"]] == ["not cleared"]


def test_history_is_an_array_of_objects_too(desk: Path) -> None:
    run(desk, "submit bridge --as moss")

    [entry] = json.loads(run(desk, "history --format json").output)

    told = (entry["number"], entry["actor"], entry["reference"], entry["event"]["kind"])
    assert told == (1, "moss", "B-1", "submitted")
    assert json.loads(run(desk, "history --format json").output) == [entry]


def test_a_damaged_ledger_is_told_with_the_way_out(desk: Path) -> None:
    run(desk, "submit bridge --as moss")
    (desk / ".pressgen" / "ledger.sqlite").write_bytes(b"mine" * 1000)

    assert run(desk, "history --verify").exit_code == 3
    assert "restore a backup of it" in run(desk, "status").stderr


def test_a_database_that_does_not_answer_is_told_without_its_password(desk: Path) -> None:
    result = run(desk, "status", PRESSGEN_DATABASE="postgresql://press:hunter-2@127.0.0.1:1/office")

    assert result.exit_code == 3
    assert "check that it is running, and check PRESSGEN_DATABASE" in result.stderr
    assert "hunter" not in result.output


def test_people_complete(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    typed = {"COMP_WORDS": "pressgen submit bridge --as r", "COMP_CWORD": "4"}
    result = CliRunner().invoke(main, [], env={"_PRESSGEN_COMPLETE": "bash_complete", **typed}, prog_name="pressgen")

    assert result.output == "plain,reed\n"


def test_a_digest_that_was_kept_is_found_in_the_ledger_of_later(desk: Path) -> None:
    run(desk, "submit bridge --as moss")
    digest = run(desk, "history --verify").output.rsplit(maxsplit=1)[-1]
    run(desk, "approve bridge --as reed")

    proved = run(desk, f"history --verify --head {digest}").output.splitlines()

    assert proved[1] == "entries 1 to 1 match the digest that you gave"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("approve bridge --as reed", "B-1 has not been submitted: there is nothing to approve; see pressgen status"),
        ("schedule bridge --as reed", "B-1 is draft: next: pressgen submit bridge"),
    ],
)
def test_a_release_that_was_only_cleared_is_submitted_next(desk: Path, line: str, told: str) -> None:
    run(desk, "clear bridge --speaker ray --as moss")

    result = run(desk, line)

    assert result.exit_code == 4
    assert told in result.stderr


def test_the_approval_of_an_immediate_release_names_the_command_that_publishes_it(desk: Path) -> None:
    file = desk / "releases" / "bridge" / "release.yaml"
    file.write_text(re.sub(r", embargo: .*?\}", "}", file.read_text()))
    run(desk, "submit bridge --as moss")

    told = run(desk, "approve bridge --as reed").output

    assert (
        "Next: pressgen lift bridge --as reed publishes it, pressgen issue bridge --list NAME --as reed mails it"
        in told
    )


def test_an_approval_after_the_embargo_names_the_command_that_publishes_at_once(desk: Path) -> None:
    file = desk / "releases" / "bridge" / "release.yaml"
    file.write_text(re.sub(r"embargo: \S+", "issue: 2019-05-07 16:00, embargo: 2019-05-08", file.read_text()))
    submit_release(Workspace(desk), file.parent, "moss", datetime(2019, 5, 7, tzinfo=UTC))

    told = run(desk, "approve bridge --as reed").output

    assert "Next: pressgen lift bridge --as reed publishes it: its time has come" in told


def test_a_ledger_without_an_entry_is_consistent(desk: Path) -> None:
    assert run(desk, "history --verify").output == "the ledger has no entries yet\n"


def test_a_lift_is_cancelled_with_the_command_that_schedules_it_again(desk: Path) -> None:
    for line in ("submit bridge --as moss", "approve bridge --as reed", "schedule bridge --as reed"):
        assert run(desk, line).exit_code == 0

    cancelled = run(desk, "unschedule bridge --because Wait --as reed")
    again = run(desk, "unschedule bridge --because Wait --as reed")

    assert cancelled.output == "B-1 is no longer scheduled. To schedule it again: pressgen schedule bridge --as reed\n"
    assert (again.exit_code, "B-1 is not scheduled, so there is nothing to cancel" in again.output) == (4, True)


def test_an_order_to_issue_is_cancelled_without_its_lift(desk: Path) -> None:
    file, day = desk / "releases" / "bridge" / "release.yaml", datetime.now(UTC) + timedelta(days=1)
    file.write_text(file.read_text().replace(", embargo:", f", issue: {day:%Y-%m-%d} 09:00, embargo:"))
    (desk / "releases" / "pressgen.yaml").write_text(f"{OFFICE}{WAYS}")
    for line in ("submit bridge --as moss", "approve bridge --as reed"):
        assert run(desk, line).exit_code == 0
    assert run(desk, "issue bridge --list national --at-issue-time --as reed").exit_code == 0

    cancelled = run(desk, "unschedule bridge --list national --because Wait --as reed")

    assert cancelled.output == "B-1 is not issued to “national” at its time of issue; its lift does not change\n"


def test_a_time_that_is_no_length_is_refused(desk: Path) -> None:
    assert "“soon” is not a length of time; write 90s, 5m, 12h or 7d" in run(desk, "lift --due --horizon soon").output


@pytest.mark.parametrize("command", ["status", "retry"])
def test_a_scheduler_without_jobs_has_nothing_to_do(desk: Path, command: str) -> None:
    result = run(desk, f"engine {command}")

    assert (result.exit_code, result.output) == (0, "nothing to do\n" if command == "status" else "")


def test_more_jobs_than_are_shown_are_counted(desk: Path) -> None:
    at = datetime.now(UTC) + timedelta(days=1)
    with open_scheduler_client(Workspace(desk)) as client:
        for number in range(SHOWN + 2):
            client.schedule(DueJob(at, f"B-{number}", 1), at - timedelta(days=1))

    assert "… and 2 more" in run(desk, "engine status").output.splitlines()
