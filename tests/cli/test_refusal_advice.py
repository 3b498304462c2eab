"""How commands end that refuse: what was not done, why, and what to run next."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from machine import ROOT
from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.office import open_ledger
from pressgen.cli.app import main
from pressgen.cli.refusal_advice import explain_refusal
from pressgen.errors import InputError, Place, Problem
from pressgen.model.event import Unscheduled

if TYPE_CHECKING:
    from click.testing import Result

OFFICE = """\
office: {name: Press office, from: press@county.example, newsroom: "https://news.county.example"}
people:
  moss: {name: Ada Moss, email: moss@county.example, roles: [writer]}
  reed: {name: Jo Reed, email: reed@county.example, roles: [approver, head]}
lists:
  national: {audience: press, recipients: [{id: daily, name: Home desk, email: desk@daily.example}]}
channels:
  mail: {kind: smtp, host: 127.0.0.1, port: 2525, security: none}
at_issue: [mail]
"""
RELEASE = """\
reference: B-1
house: inspectorate
headline: Bridge opens
times: {zone: Europe/London, embargo: 2099-05-08 09:30}
people: {ray: {name: Dr Ada Ray, role: Chief Engineer, phone: 01632 960000, email: ray@example.org}}
body: [The bridge opened., {quote: {by: ray, words: It holds.}}]
contacts: [ray]
"""
DOUBLED = RELEASE.replace("The bridge opened.", "The the bridge opened.")
LINE = '  - {rule: N18, where: "body[0]", because: "", seen: "SEEN"}'.replace(
    "SEEN", sha256(b"body[0]\1The the bridge opened.").hexdigest()[:8]
)
"""With the fingerprint of the path and the words that were warned of."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with an office and a release whose lead has a doubled word, which is warned of."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    folder = tmp_path / "releases" / "bridge"
    folder.mkdir(parents=True)
    (folder / "release.yaml").write_text(DOUBLED)
    (tmp_path / "releases" / "pressgen.yaml").write_text(OFFICE)
    monkeypatch.chdir(tmp_path)
    return folder / "release.yaml"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, env={"PRESSGEN_AS": None}, catch_exceptions=False)


@pytest.mark.usefixtures("desk")
def test_a_refused_submission_says_so_and_what_to_run_next() -> None:
    result = run("submit", "bridge", "--as", "moss")

    assert result.exit_code == 1
    assert "N18 warning: " in result.stderr
    assert "\nNot submitted: 1 warning.\n" in result.stderr
    assert result.stderr.endswith("Then run: pressgen submit bridge --as moss\n")


@pytest.mark.usefixtures("desk")
def test_the_line_that_accepts_a_warning_stands_below_it() -> None:
    lines = run("submit", "bridge", "--as", "moss").stderr.splitlines()

    assert lines[lines.index(LINE) - 1].startswith("releases/bridge/release.yaml:6:8: N18 warning: ")


def test_that_line_with_a_reason_lets_the_release_be_submitted(desk: Path) -> None:
    desk.write_text(DOUBLED + "accept:\n" + LINE.replace('because: ""', 'because: "that is its name"') + "\n")

    assert run("submit", "bridge", "--as", "moss").exit_code == 0


def test_that_line_without_a_reason_accepts_nothing(desk: Path) -> None:
    desk.write_text(f"{DOUBLED}accept:\n{LINE}\n")

    assert "“because” is empty" in run("submit", "bridge", "--as", "moss").stderr


def test_one_line_answers_all_warnings_of_a_rule_at_one_place(desk: Path) -> None:
    desk.write_text(DOUBLED.replace("bridge opened", "bridge opened opened"))

    shown = run("submit", "bridge", "--as", "moss").stderr

    assert (shown.count("N18 warning: "), shown.count('- {rule: N18, where: "body[0]"')) == (2, 1)


def test_that_line_does_not_accept_a_fault_that_comes_later(desk: Path) -> None:
    accepted = "accept:\n" + LINE.replace('because: ""', 'because: "that is its name"') + "\n"
    desk.write_text(DOUBLED.replace("bridge opened", "bridge opened opened") + accepted)

    assert "A03 warning: the words at body[0] changed" in run("submit", "bridge", "--as", "moss").stderr


def test_of_many_warnings_the_first_ten_have_a_line(desk: Path) -> None:
    desk.write_text(RELEASE.replace("body: [", f"body: [{'The the bridge opened., ' * 12}"))

    shown = run("submit", "bridge", "--as", "moss").stderr

    assert shown.count("- {rule: N18") == 10
    assert "The first 10 have such a line; the next get theirs then." in shown


@pytest.mark.usefixtures("desk")
def test_a_warning_about_accept_itself_has_no_line_that_accepts_it(desk: Path) -> None:
    desk.write_text(f"{RELEASE}accept:\n  - {{rule: N18, where: headline, because: x}}\n")

    shown = run("submit", "bridge", "--as", "moss").stderr

    assert "A02 warning: " in shown
    assert "- {rule:" not in shown


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("clear bridge --speaker ray --as moss", "Not recorded: "),
        ("issue bridge --list national --as reed", "Not issued, and nothing was sent: "),
        ("issue bridge --list national --to-me --as reed", "No proof was sent: "),
        ("issue bridge --list national --preview --as reed", "No preview was written, and nothing was sent: "),
        ("schedule bridge --as reed", "Not scheduled: "),
        ("move bridge --to 2099-06-01 --because Late --as reed", "Not moved, and nobody was told: "),
        ("correct bridge --as reed", "Not corrected, and nobody was told: "),
    ],
)
def test_each_command_that_refuses_for_findings_says_what_was_not_done(desk: Path, line: str, outcome: str) -> None:
    desk.write_text(RELEASE)
    run("submit", "bridge", "--as", "moss")
    run("approve", "bridge", "--as", "reed")
    office = Path("releases/pressgen.yaml")
    office.write_text(office.read_text().replace("kind: smtp", "kind: smpt"))
    desk.write_text("headline: [\n")

    result = run(*line.split())

    assert result.exit_code == 1
    assert outcome in result.stderr
    assert result.stderr.endswith(f"run: pressgen {line}\n")


def test_a_refused_approval_says_what_was_not_done(desk: Path) -> None:
    desk.write_text(RELEASE)
    run("submit", "bridge", "--as", "moss")
    desk.write_text(DOUBLED)

    result = run("approve", "bridge", "--as", "reed")

    assert "\nNot approved: 1 warning.\n" in result.stderr


@pytest.mark.usefixtures("desk")
def test_an_option_with_spaces_is_printed_so_that_it_can_be_pasted() -> None:
    Path("releases/pressgen.yaml").write_text(OFFICE.replace("kind: smtp", "kind: smpt"))

    result = run("issue", "bridge", "--list", "national", "--note", "It's for you", "--as", "reed")

    assert result.stderr.endswith("""pressgen issue bridge --list national --note 'It'"'"'s for you' --as reed\n""")


def test_what_was_recorded_before_a_refusal_is_not_denied(desk: Path) -> None:
    desk.write_text(RELEASE)
    run("submit", "bridge", "--as", "moss")
    workspace = Workspace(desk.parents[2])

    def move() -> None:
        with explain_refusal("Not moved", workspace, desk):
            with open_ledger(workspace) as ledger:
                event = Unscheduled(revision=1, reason="x")
                ledger.append(event, reference="B-1", slug="bridge", actor="reed", at=datetime.now(UTC))
            raise InputError([Problem(code="K02", message="cannot be written", place=Place("x"))])

    with click.Context(main), pytest.raises(InputError) as caught:
        move()

    assert caught.value.lines()[-2] == "Not finished (pressgen history shows what was done): 1 error."


@pytest.mark.usefixtures("desk")
def test_who_acts_is_asked_with_those_who_may() -> None:
    asked = run("approve", "bridge").stderr

    assert asked == "Who are you? Add --as reed (people are listed in releases/pressgen.yaml)\n"


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("build bridge", "Not built; earlier files are unchanged: "),
        ("review send bridge --to moss --as moss", "No copies were made or sent: "),
        ("lists replace daily new@daily.example --because Moved --as moss", "No address was replaced: "),
        ("lists forget daily --because Asked --as moss", "The reader was not forgotten: "),
    ],
)
def test_commands_that_change_no_state_of_a_release_say_so_too(desk: Path, line: str, outcome: str) -> None:
    desk.write_text("headline: [\n")
    Path("releases/pressgen.yaml").write_text(OFFICE.replace("email: desk@daily.example", "email: desk"))

    result = run(*line.split())

    assert result.exit_code == 1
    assert outcome in result.stderr
    assert f"run: pressgen {line}\n" in result.stderr


def test_a_file_that_was_saved_and_not_recorded_is_not_denied(desk: Path) -> None:
    def save() -> None:
        with explain_refusal("No address was replaced", Workspace(desk.parents[2])):
            raise InputError([Problem(code="K04", message="saved, but not recorded", place=Place("x"))])

    with click.Context(main), pytest.raises(InputError) as caught:
        save()

    assert caught.value.lines()[-2].startswith("Not finished (")


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("lift bridge --as reed", "Not lifted: "),
        ("lift bridge --before-embargo --because Leaked --as reed",
         "The embargo was not ended, and nothing was published: "),
        ("issue bridge --list national --at-issue-time --as reed",
         "Not ordered: it will not be issued at its time of issue: "),
        ("unschedule bridge --list national --because Wrong --as reed",
         "Not cancelled: it will still be issued at its time of issue: "),
        ("lists forget daily --undo --because Asked --as reed", "Nothing was changed: "),
    ],
)  # fmt: skip
def test_commands_of_people_whom_the_office_cannot_read_say_what_was_not_done(line: str, outcome: str) -> None:
    Path("releases/pressgen.yaml").write_text(OFFICE.replace("[approver, head]", "[approver, haed]"))

    result = run(*line.split())

    assert result.exit_code == 1
    assert outcome in result.stderr


def test_an_acknowledgement_at_another_place_names_the_place_that_is_warned_of(desk: Path) -> None:
    desk.write_text(f"{DOUBLED}accept:\n  - {{rule: N18, where: headline, because: x}}\n")

    assert (
        "N18 finds nothing at headline: delete this acknowledgement, or write where it warns: body[0]"
        in run("submit", "bridge", "--as", "moss").stderr
    )


def test_a_clock_that_is_right_again_is_recorded(desk: Path) -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    with open_ledger(Workspace(desk.parents[2])) as ledger:
        ledger.append(Unscheduled(revision=1, reason="x"), reference="B-1", slug="bridge", actor="reed", at=later)

    told = run("clock", "--because", "It was a day ahead", "--as", "reed").output

    assert told.startswith("Recorded: the clock is right at 20")
    assert told.endswith(" UTC. All commands work again.\n")


@pytest.mark.usefixtures("desk")
def test_an_office_without_a_head_is_told_who_is_missing() -> None:
    Path("releases/pressgen.yaml").write_text(OFFICE.replace("[approver, head]", "[approver]"))

    told = run("unschedule", "bridge", "--because", "x").stderr

    assert re.fullmatch("nobody may .+: give somebody the role “head” in releases/pressgen.yaml\n", told)
