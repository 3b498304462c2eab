"""`pressgen issue`, `trace` and what follows, as somebody types them."""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from actions.room import EPOCH, OFFICE, RELEASE, Room, room_of_today
from channels.scripted import BODY, DROP, Script, scripted_server
from channels.servers import Postbox, mail_server
from channels.test_bounces import report
from pressgen.actions.workspace.office import open_ledger
from pressgen.cli.app import main
from pressgen.cli.deliveries import build_delivery_problem
from pressgen.model.event import Lifted, Sent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

AS_HEAD = {"PRESSGEN_AS": "head"}


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, postbox: Postbox) -> Room:
    return room_of_today(tmp_path, postbox.port)


def run(desk: Room, *arguments: str, **environment: str) -> Result:
    command, *rest = arguments
    given = [command, *rest, "--workspace", str(desk.root)]
    return CliRunner().invoke(main, given, env={"PRESSGEN_AS": "head", **environment}, catch_exceptions=False)


def test_each_sending_is_told_and_a_second_run_finds_nothing_to_do(desk: Room) -> None:
    first = run(desk, "issue", "bridge", "--list", "national")
    second = run(desk, "issue", "bridge", "--list", "national")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.output == (
        "desk@daily.example: mail, accepted by 127.0.0.1\nnews@agency.example: mail, accepted by 127.0.0.1\n"
        "B-1 is issued to “national”. Next: pressgen lift bridge publishes it\n"
    )
    assert second.output == "everybody on “national” has it already\n"


def test_a_preview_names_the_folders_that_have_not_had_the_release(tmp_path: Path) -> None:
    desk = room_of_today(tmp_path, office=OFFICE.replace("at_issue: [mail]", "at_issue: [early]"))
    order = ["issue", "bridge", "--list", "national"]

    before, issued, after = run(desk, *order, "--preview"), run(desk, *order), run(desk, *order, "--preview")

    assert before.output.splitlines() == [
        "The channel “early” would get the files as well; a preview has mails only.",
        "Nothing was sent. No mail would be sent.",
    ]
    assert "is issued to “national”" in issued.output
    assert after.output == "everybody on “national” has it already: nothing would be sent\n"


def test_an_issue_says_how_the_release_becomes_public(tmp_path: Path, postbox: Postbox) -> None:
    desk = room_of_today(tmp_path, postbox.port, release=RELEASE)

    first = run(desk, "issue", "bridge", "--list", "national").output
    run(desk, "schedule", "bridge")
    second = run(desk, "issue", "bridge", "--list", "ministers").output
    cancelled = run(desk, "unschedule", "bridge", "--because", "A figure is wrong").output

    assert "Next: pressgen schedule bridge publishes it when its embargo ends" in first
    assert "Its lift is scheduled." in second
    assert "To schedule it again: pressgen schedule bridge" in cancelled


def test_who_was_not_reached_is_told_and_the_command_fails(desk: Room, postbox: Postbox) -> None:
    postbox.answers["desk@daily.example"] = ["550 no such desk"]
    result = run(desk, "issue", "bridge", "--list", "national")

    assert result.exit_code == 1
    assert "desk@daily.example: D03 did not get it by mail: 127.0.0.1:" in result.output
    assert "550 no such desk\n" in result.output


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (
            "failed",
            "did not get it: the mail was returned: 5.1.1 550 5.1.1 <desk@daily.example>: no such desk; put the",
        ),
        ("delayed", r"may not have it: when last known, on \d{4}-\d\d-\d\d, a server was still trying: 5.1.1 550 "),
    ],
)
def test_who_is_known_not_to_have_it_is_told_whenever_it_is_issued(desk: Room, action: str, said: str) -> None:
    file = desk.root / "releases" / "pressgen.yaml"
    bounces = "bounces: {address: bounces+KEY@county.example, folder: returned}\nat_issue:"
    file.write_text(file.read_text().replace("at_issue:", bounces))
    run(desk, "issue", "bridge", "--list", "national")
    (key,) = [each.bounce_key for each in desk.events if isinstance(each, Sent) and each.recipient == "daily"]
    (desk.root / "returned").mkdir()
    (desk.root / "returned" / "1.eml").write_bytes(report(action, to=f"bounces+{key}@county.example"))
    run(desk, "bounces")

    issued = run(desk, "issue", "bridge", "--list", "national")
    preview = run(desk, "issue", "bridge", "--list", "national", "--preview")
    again = run(desk, "issue", "bridge", "--list", "national", "--again", "daily", "--because", "The desk is back")
    after = run(desk, "issue", "bridge", "--list", "national")

    assert (issued.exit_code, again.exit_code, after.exit_code) == (1, 0, 0)
    assert re.match(f"everybody on “national” had already been sent it\ndesk@daily.example: D03 {said}", issued.output)
    assert ("--again daily" in issued.output) == (action == "failed")
    assert "news@agency.example" not in issued.output
    assert preview.output == "everybody on “national” had already been sent it: nothing would be sent\n"
    assert after.output == "everybody on “national” has it already\n"


def test_a_mail_that_may_have_gone_is_told_with_the_whole_command_that_sends_it_again(tmp_path: Path) -> None:
    with scripted_server(Script({BODY: [DROP]})) as server:
        desk = room_of_today(tmp_path, server.port)
        result = run(desk, "issue", "bridge", "--list", "national", "--copies")
        (typed,) = re.findall(r"send it again with: pressgen (.*) --because TEXT\n", result.output)
        again = CliRunner().invoke(main, [*shlex.split(typed), "--because", "The desk has nothing"], env=AS_HEAD)

    assert result.exit_code == 1
    assert typed == f"issue bridge --list national --copies --workspace {desk.root} --again daily"
    assert again.output == "desk@daily.example: mail, accepted by 127.0.0.1; marked\n"


def test_a_correction_that_may_have_gone_is_told_with_the_command_that_sends_it_again(tmp_path: Path) -> None:
    with scripted_server(Script({BODY: ["250 ok\r\n", "250 ok\r\n", DROP]})) as server:
        desk = room_of_today(tmp_path, server.port)
        run(desk, "issue", "bridge", "--list", "national")
        desk.edit("£3.2", "£4.2")
        for command, who in (("submit", "writer"), ("approve", "head")):
            run(desk, command, str(desk.folder), PRESSGEN_AS=who)
        result = run(desk, "correct", "bridge", "--line", "The works cost £4.2 million")

    assert "send it again with: pressgen issue bridge --list national --again daily --because TEXT\n" in result.output


def test_a_password_is_named_and_never_printed(desk: Room) -> None:
    lacking = run(desk, "issue", "bridge", "--list", "national", "--password-env", "WORD")
    given = run(desk, "issue", "bridge", "--list", "national", "--password-env", "WORD", WORD="geheim")

    assert (lacking.exit_code, given.exit_code) == (3, 0)
    assert "WORD is not set" in lacking.output
    assert "locked with a password, so no PDF/A" in given.output
    assert "geheim" not in given.output


def test_a_copy_is_traced(desk: Room, postbox: Postbox, tmp_path: Path) -> None:
    run(desk, "issue", "bridge", "--list", "national", "--copies")
    (pdf,) = [each for each in postbox.mails[0].iter_attachments() if str(each.get_filename()).endswith("pdf")]
    (tmp_path / "leaked.pdf").write_bytes(pdf.get_content())
    (tmp_path / "other.txt").write_text("Copy 0000-0000-0000 · Somebody else")

    told = run(desk, "trace", str(tmp_path / "leaked.pdf"))
    other = run(desk, "trace", str(tmp_path / "other.txt"))

    assert told.exit_code == 0
    assert "of daily (desk@daily.example), B-1, sent 20" in told.output
    assert other.exit_code == 1
    assert "has the mark 0000-0000-0000, which is not in this ledger" in other.output


def test_a_release_is_issued_corrected_and_withdrawn(desk: Room, postbox: Postbox) -> None:
    run(desk, "issue", "bridge", "--list", "national")
    desk.edit("£3.2", "£4.2")
    for command, who in (("submit", "writer"), ("approve", "head")):
        assert run(desk, command, str(desk.folder), PRESSGEN_AS=who).exit_code == 0
    corrected = run(desk, "correct", "bridge", "--line", "The works cost £4.2 million")
    withdrawn = run(desk, "withdraw", "bridge", "--because", "The bridge is shut")

    assert (corrected.exit_code, withdrawn.exit_code) == (0, 0)
    assert [str(each["Subject"]).partition(":")[0] for each in postbox.mails[2:]] == [
        "CORRECTED", "CORRECTED", "WITHDRAWN, DO NOT USE", "WITHDRAWN, DO NOT USE"
    ]  # fmt: skip
    assert corrected.output.splitlines()[-3:] == [
        "B-1 is corrected (corrected): The works cost £4.2 million",
        "It is not public yet: the lift will publish the new version.",
        "2 recipients were told.",
    ]
    assert withdrawn.output.splitlines()[-4:] == [
        "B-1 is withdrawn: The bridge is shut",
        "It will not be lifted.",
        "Its reference cannot be used again: give a new release one of its own.",
        "2 recipients were told.",
    ]
    assert "Everybody who has it had already been told." in run(desk, "withdraw", "bridge", "--because", "x").output


def test_an_immediate_release_has_no_embargo_to_move(desk: Room) -> None:
    result = run(desk, "move", "bridge", "--to", "2031-04-03 00:01", "--because", "The minister is late")

    assert result.exit_code == 4
    assert "B-1 has no embargo to move" in result.output


@pytest.mark.parametrize("command", ["issue", "move", "correct", "withdraw", "trace"])
def test_every_command_teaches_by_an_example(command: str) -> None:
    shown = CliRunner().invoke(main, [command, "--help"]).output

    assert f"pressgen {command} " in shown.partition("Example")[2]
    assert "Exit codes: 0" in shown


def test_a_note_is_given_as_text_or_in_a_file(desk: Room, postbox: Postbox, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("\ufeffDear all,\n\nit is out.\n", "utf-8")
    lacking = run(desk, "issue", "bridge", "--list", "national", "--note", "@none.txt")
    given = run(desk, "issue", "bridge", "--list", "national", "--note", f"@{tmp_path / 'note.txt'}")
    run(desk, "issue", "bridge", "--list", "ministers", "--note", "Dear minister")

    assert lacking.exit_code == 2
    assert "--note: none.txt cannot be read: No such file or directory" in lacking.output
    assert given.exit_code == 0
    texts = [mail.get_body(("plain",)).get_content().replace("\r\n", "\n") for mail in postbox.mails]
    assert ["Dear all,\n\nit is out.\n\n____" in text for text in texts] == [True, True, False]
    assert "Dear minister\n\n____" in texts[2]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("issue bridge --list national --again daily", "--again ID and --because TEXT go together"),
        ("issue bridge --list national --preview --to-me",
         "--preview, --to-me, --at-issue-time and --again each go alone"),
        ("issue bridge --list national --note @FILE", "--note: FILE cannot be read: it is not UTF-8"),
        ("issue bridge --list national --password-env WORD",
         "a password for a PDF has at most 127 bytes, and no control characters"),
        ("lift", "give a release, or --due"),
        ("lift bridge --before-embargo", "--before-embargo and --because TEXT go together, and --notice with them"),
        ("lift --due --before-embargo --because Leaked",
         "--before-embargo ends the embargo of one release: name the release instead of --due"),
        ("history bridge --head 3f1c", "--head works only with --verify"),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused(desk: Room, tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "note.txt").write_bytes("Prynhawn da ŵ".encode("utf-16"))
    file = str(tmp_path / "note.txt")

    result = run(desk, *line.replace("FILE", file).split(), WORD="x" * 128)

    assert (result.exit_code, result.stderr) == (2, told.replace("FILE", file) + "\n")


def test_an_issue_that_reaches_nobody_says_that_it_is_still_approved(desk: Room, postbox: Postbox) -> None:
    postbox.answers["minister@gov.example"] = ["550 no such minister"]

    result = run(desk, "issue", "bridge", "--list", "ministers")

    assert result.exit_code == 1
    assert "Not issued: nothing arrived. 1 failed; bridge is still approved.\n" in result.output
    assert "not issued: its one mail failed" in run(desk, "status", "bridge").output


def test_a_proof_that_is_refused_says_why(desk: Room, postbox: Postbox) -> None:
    postbox.answers["head@example.org"] = ["550 no such head"]

    result = run(desk, "issue", "bridge", "--list", "national", "--to-me")

    assert result.exit_code == 1
    assert re.match(
        r"head@example.org: D03 no proof: 127.0.0.1:\d+ refuses the address: 550 no such head", result.stderr
    )


def test_a_mail_that_a_server_deferred_is_sent_later_by_a_worker_or_by_the_same_command() -> None:
    sent = Sent(
        version="0" * 64, recipient="daily", address="desk@daily.example", channel="mail", files={}, embargo=None,
        outcome="deferred", detail="451 later", key="k",
    )  # fmt: skip
    with click.Context(main):
        problem = build_delivery_problem(sent)

    assert str(problem) == (
        "desk@daily.example: D03 has not received it yet by mail: 451 later; a running worker sends it later, or run"
        " again: pressgen"
    )


def test_a_preview_of_a_correction_shows_its_line(desk: Room) -> None:
    run(desk, "issue", "bridge", "--list", "ministers")
    desk.edit("£3.2", "£4.2")
    for command, who in (("submit", "writer"), ("approve", "head")):
        run(desk, command, str(desk.folder), PRESSGEN_AS=who)

    shown = run(desk, "correct", "bridge", "--preview").output

    assert shown.startswith(
        "Would be sent as CORRECTED: “that cost £3.2 million.” should read “that cost £4.2 million.”"
    )


def test_a_withdrawal_of_what_only_the_newsroom_has_says_so(desk: Room) -> None:
    with open_ledger(desk.workspace) as ledger:
        lifted = Lifted(revision=desk.standing.revision, due=EPOCH, actual=EPOCH)
        ledger.append(lifted, reference="B-1", slug="bridge", actor="worker", at=EPOCH)

    shown = run(desk, "withdraw", "bridge", "--because", "The bridge is shut").output

    assert "A withdrawal notice has replaced its page.\n" in shown
    assert "Nobody has it by mail or any other channel of at_issue, so nothing was sent.\n" in shown


def test_a_moved_embargo_without_a_schedule_says_how_to_schedule_it(tmp_path: Path) -> None:
    desk = room_of_today(tmp_path, 2525, release=RELEASE)

    shown = run(desk, "move", "bridge", "--to", "2031-04-03 00:01", "--because", "The minister is late").output

    assert "Its lift is not scheduled. Next: pressgen schedule bridge\n" in shown


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"six boats", "D02 has no mark: it is the file that everybody got, or somebody removed the mark"),
        (b"%PDF-1.7 six boats", "D02 has no mark, and its pages cannot be read (it is damaged: "),
        (b"", "D01 is larger than 128 MB, which no release is; give the file that you were sent"),
    ],
)
def test_a_file_that_cannot_be_traced_is_told(desk: Room, tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "leaked").write_bytes(content)
    if not content:
        os.truncate(tmp_path / "leaked", 128 * 1024 * 1024 + 1)

    result = run(desk, "trace", str(tmp_path / "leaked"))

    assert result.exit_code == 1
    assert message in result.output


def test_what_is_public_is_not_scheduled_again(desk: Room) -> None:
    with open_ledger(desk.workspace) as ledger:
        lifted = Lifted(revision=desk.standing.revision, due=EPOCH, actual=EPOCH)
        ledger.append(lifted, reference="B-1", slug="bridge", actor="worker", at=EPOCH)

    assert "B-1 is lifted: it became public on Mon 1 Jan 2001 00:00 GMT" in run(desk, "schedule", "bridge").stderr


def test_a_reader_who_had_a_release_gets_its_changes_at_the_new_address(desk: Room) -> None:
    run(desk, "issue", "bridge", "--list", "national")

    told = run(desk, "lists", "replace", "daily", "new@daily.example", "--because", "Moved", "--as", "writer").output

    assert (
        "What changes in B-1 is sent to new@daily.example from now on, and no longer to desk@daily.example.\n" in told
    )


def test_a_proof_goes_to_the_person_who_asks_and_to_nobody_else(desk: Room, postbox: Postbox) -> None:
    result = run(desk, "issue", "bridge", "--list", "national", "--to-me")

    assert "head@example.org: proof of the mail to “national”, " in result.output
    assert result.output.endswith("; it was sent to nobody else\n")
    assert [each.rcpt_tos for each in postbox.envelopes] == [["head@example.org"]]


def test_a_preview_of_a_correction_writes_the_mails_and_sends_nothing(desk: Room, postbox: Postbox) -> None:
    run(desk, "issue", "bridge", "--list", "national")
    desk.edit("£3.2", "£4.2")
    for command, who in (("submit", "writer"), ("approve", "head")):
        assert run(desk, command, "bridge", PRESSGEN_AS=who).exit_code == 0
    result = run(desk, "correct", "bridge", "--preview")

    assert result.output.endswith("\n2 mails written. Nothing was sent, and nothing recorded.\n")
    assert len(postbox.letters) == 2
