"""Review copies are mailed: to each editor one mail, once, and to nobody who may not have the draft."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import Result

from actions.editors import RELEASE, run
from actions.room import OFFICE
from channels.servers import Postbox, mail_server
from channels.test_bounces import report
from pressgen.cli.app import main


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(workspace: Path, postbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one release and an office with a mail server, where a writer runs commands."""
    (workspace / "releases" / "bridge" / "release.yaml").write_text(RELEASE)
    (workspace / "releases" / "pressgen.yaml").write_text(OFFICE.replace("2525", str(postbox.port)))
    monkeypatch.chdir(workspace)
    monkeypatch.setenv("PRESSGEN_AS", "writer")
    return workspace


def to(*ids: str) -> list[str]:
    return [word for each in ids for word in ("--to", each)]


SEND = ("review", "send", "releases/bridge", "--by", "mail")


@pytest.mark.usefixtures("desk")
def test_each_editor_gets_a_mail_of_his_own_with_both_files(postbox: Postbox) -> None:
    result = run(*SEND, *to("head", "minister"))

    assert result.exit_code == 0, result.output
    assert "minister@gov.example: mail, accepted by 127.0.0.1" in result.output
    assert [mail["To"].addresses[0].addr_spec for mail in postbox.mails] == ["head@example.org", "minister@gov.example"]
    mail = postbox.mails[0]
    assert mail["Subject"].startswith("For review, round 1: STRICTLY EMBARGOED UNTIL 00:01 BST")
    assert mail["Subject"].endswith(": Bridge opens")
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "“Bridge opens” (B-1) is a draft, in its round 1 of review. Please pass it to nobody." in text
    assert [each.get_filename() for each in mail.iter_attachments()] == [
        "bridge-review-1.docx", "bridge-review-1.pdf"
    ]  # fmt: skip


def test_a_reviewer_of_the_office_gets_copies_and_does_nothing_else(desk: Path, postbox: Postbox) -> None:
    file = desk / "releases" / "pressgen.yaml"
    legal = "people:\n  legal: {name: Lawyer, email: legal@example.org, roles: [reviewer]}\n"
    file.write_text(file.read_text().replace("people:\n", legal))

    sent = run(*SEND, *to("legal"))
    cleared = run("clear", "releases/bridge", "--speaker", "ray", "--as", "legal")
    urgent = run("approve", "releases/bridge", "--urgent", "--because", "now", "--as", "legal")

    assert (sent.exit_code, [str(mail["To"]) for mail in postbox.mails]) == (0, ["Lawyer <legal@example.org>"])
    assert (cleared.exit_code, cleared.output) == (4, "legal may not clear words; ask writer or head\n")
    assert (urgent.exit_code, urgent.output) == (4, "legal may not approve; ask writer or head\n")


@pytest.mark.usefixtures("desk")
def test_nobody_gets_a_round_twice(postbox: Postbox) -> None:
    run(*SEND, *to("head"))

    again = run(*SEND, *to("head"))

    assert len(postbox.mails) == 1
    assert "everybody named already has these copies" in again.output


def test_a_new_round_goes_to_those_who_had_the_last(desk: Path, postbox: Postbox) -> None:
    run(*SEND, *to("head"))
    (desk / "releases" / "bridge" / "release.yaml").write_text(RELEASE.replace("two years", "three years"))

    run(*SEND, *to("head"))

    assert [mail["Subject"].partition(":")[0] for mail in postbox.mails] == [
        "For review, round 1", "For review, round 2"
    ]  # fmt: skip


KILLED = """\
import os, sys
from pressgen.cli.app import main
from pressgen.ledger.lease import Lease

Lease.settle = lambda self, event, **more: os._exit(9)
main(sys.argv[1:])
"""


def test_killed_before_the_record_a_mail_may_have_gone_and_is_not_sent_again(desk: Path, postbox: Postbox) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, *SEND, *to("head", "minister")], cwd=desk, check=False)
    assert killed.returncode == 9
    assert len(postbox.mails) == 1

    result = run(*SEND, *to("head", "minister"))

    assert [mail["To"].addresses[0].addr_spec for mail in postbox.mails] == ["head@example.org", "minister@gov.example"]
    assert result.exit_code == 1
    assert "head@example.org: D03 may have it by mail, or not: the program ended before it recorded" in result.output


@pytest.mark.usefixtures("desk")
def test_a_mail_that_did_not_arrive_is_told_and_tried_again(postbox: Postbox) -> None:
    postbox.answers["minister@gov.example"] = ["550 nobody here"]

    result = run(*SEND, *to("head", "minister"))

    assert result.exit_code == 1
    assert "minister@gov.example: D03 did not get it by mail: " in result.output
    assert "    not delivered to minister; send it again" in run("status", "releases/bridge").output
    assert "a review copy did not arrive" in run("status").output
    assert run(*SEND, *to("head", "minister")).exit_code == 0
    assert [mail["To"].addresses[0].addr_spec for mail in postbox.mails] == ["head@example.org", "minister@gov.example"]
    assert "did not reach" not in run("status", "releases/bridge").output


def test_a_copy_that_came_back_is_told_and_sent_again_when_somebody_asks(desk: Path, postbox: Postbox) -> None:
    file = desk / "releases" / "pressgen.yaml"
    bounces = "bounces: {address: bounces+KEY@county.example, folder: returned}\nat_issue:"
    file.write_text(file.read_text().replace("at_issue:", bounces))
    run(*SEND, *to("head", "minister"))
    (desk / "returned").mkdir()
    (desk / "returned" / "1.eml").write_bytes(report(to=str(postbox.envelopes[1].mail_from)))

    read = run("bounces")
    status = run("status", "releases/bridge").output
    run(*SEND, *to("head", "minister"))

    assert read.output.startswith("B-1: bounced: minister, minister@gov.example: 5.1.1 550")
    assert "  bounced: minister, minister@gov.example: 5.1.1" in status
    assert [mail["To"].addresses[0].addr_spec for mail in postbox.mails[2:]] == ["minister@gov.example"]
    assert "bounced" not in run("status", "releases/bridge").output
    senders = [str(each.mail_from) for each in postbox.envelopes]
    assert len(set(senders)) == 3
    assert all(re.fullmatch(r"bounces\+[0-9a-f]{20}@county\.example", each) for each in senders)


def test_the_mail_is_in_the_language_of_the_release(desk: Path, postbox: Postbox) -> None:
    (desk / "releases" / "bridge" / "release.yaml").write_text(RELEASE.replace("headline:", "language: cy\nheadline:"))
    run(*SEND, *to("head"))

    assert str(postbox.mails[0]["Subject"]).startswith("I’w adolygu, rownd 1: ")
    assert "Ynghlwm: bridge-review-1.docx" in postbox.mails[0].get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("audience", "reader", "why"),
    [
        ("press", "daily", "“daily” is on a press list, and B-1 is a draft, so it is not sent there"),
        (
            "nobody",
            "minister",
            "B-1 must not be sent to anybody before its lift (audience: nobody), including “minister”",
        ),
    ],
)
def test_whom_a_draft_is_not_for_does_not_get_it(
    desk: Path, postbox: Postbox, audience: str, reader: str, why: str
) -> None:
    (desk / "releases" / "bridge" / "release.yaml").write_text(f"{RELEASE}audience: {audience}\n")

    result = run(*SEND, *to("head", reader))

    assert result.exit_code == 4
    assert why in result.output
    assert postbox.mails == []
    assert not (desk / "dist").exists()


def test_the_office_itself_may_have_what_is_for_nobody(desk: Path, postbox: Postbox) -> None:
    (desk / "releases" / "bridge" / "release.yaml").write_text(f"{RELEASE}audience: nobody\n")

    assert run(*SEND, *to("head")).exit_code == 0
    assert len(postbox.mails) == 1


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((*SEND,), "name the people to send the copies to, with --to ID"),
        ((*SEND, "--to", "haed"), "“haed” is not in the office and not on any of its lists; did you mean “head”?"),
        (
            ("review", "send", "releases/bridge", "--to", "haed"),
            "“haed” is not in the office and not on any of its lists; did you mean “head”?",
        ),
        (
            ("review", "send", "releases/bridge", "--by", "wire", "--to", "head"),
            "“wire” is not a mail channel of the office; its mail channels: mail",
        ),
    ],
)
def test_wrong_use_is_told_before_anything_is_made(desk: Path, arguments: tuple[str, ...], why: str) -> None:
    result = run(*arguments)

    assert (result.exit_code, why in result.output) == (2, True), result.output
    assert not (desk / "dist").exists()


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(("option", "offered"), [("--to", ["minister", "writer", "head"]), ("--by", ["mail"])])
def test_the_shell_completes_those_who_may_have_a_draft_and_the_channels_for_mail(
    option: str, offered: list[str]
) -> None:
    shell = ShellComplete(main, {}, "pressgen", "_PRESSGEN_COMPLETE")

    found = shell.get_completions(["review", "send", "releases/bridge", option], "")

    assert [each.value for each in found] == offered


def test_who_was_forgotten_gets_no_copy(desk: Path) -> None:
    forgotten = run("lists", "forget", "minister@gov.example", "--because", "asked for it")
    file = desk / "releases" / "pressgen.yaml"
    person = "  minister: {name: The minister, email: minister@gov.example, roles: [reviewer]}\nlists:"
    file.write_text(file.read_text().replace("lists:", person, 1))
    result = run(*SEND, *to("minister"))

    assert forgotten.exit_code == 0, forgotten.output
    assert "“minister” was forgotten, so nothing is sent to minister@gov.example any more" in result.output


def answer(mail: EmailMessage, text: str) -> bytes:
    """The answer of a mail program to a mail."""
    head = f"In-Reply-To: {mail['Message-ID']}\nReferences: <other@example.org> {mail['Message-ID']}"
    return f"From: Minister <minister@gov.example>\nSubject: Re: your draft\n{head}\n\n{text}\n".encode()


def receive(desk: Path, data: bytes, *options: str) -> Result:
    (desk / "answer.eml").write_bytes(data)
    return run("review", "receive", "answer.eml", *options)


def test_the_mail_has_the_text_so_that_an_answer_can_quote_and_change_it(desk: Path, postbox: Postbox) -> None:
    run(*SEND, *to("minister"))
    (mail,) = postbox.mails
    text = mail.get_body(("plain",)).get_content()
    assert "after two years of work" in text
    quoted = "\n".join(f"> {line}" for line in text.replace("two years", "three years").splitlines())

    result = receive(desk, answer(mail, f"One change.\n\n{quoted}"), "--apply")

    assert "1 of 1 put in" in result.output, result.output
    release = (desk / "releases" / "bridge" / "release.yaml").read_text()
    assert release == RELEASE.replace("two years", "three years")


def test_an_answer_is_known_by_the_mail_that_it_answers(desk: Path, postbox: Postbox) -> None:
    (desk / "releases" / "alike").mkdir()
    (desk / "releases" / "alike" / "release.yaml").write_text(RELEASE.replace("B-1", "B-0"))
    run(*SEND, *to("minister"))
    (mail,) = postbox.mails

    result = receive(desk, answer(mail, "Fine by me."))

    assert result.exit_code == 0, result.output
    assert "releases/bridge/release.yaml:1:1 comment Minister" in " ".join(result.output.split())


def test_an_answer_to_a_mail_of_somebody_else_is_known_by_nothing(desk: Path) -> None:
    data = answer(EmailMessage(), "Fine by me.").replace(b"None", b"<" + b"0" * 64 + b"@example.org>")

    result = receive(desk, data)

    assert "M05 does not belong to any release here" in result.output
