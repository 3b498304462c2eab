"""An editor answers by mail, and types the changes into the quoted text."""

from __future__ import annotations

import json
import shutil
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import pytest

from actions.editors import RELEASE, change, edited, run
from pressgen.actions.review.record_lookup import find_record_files
from pressgen.actions.workspace.folder import Workspace
from pressgen.model.export import Export
from pressgen.review.mail_html import MOST_TAGS
from pressgen.review.mail_reader import MOST_LINES, MOST_TEXT
from pressgen.text.mail_files import MOST_PARTS
from review.copies import copies_of
from review.mailing import WROTE, Quoted, compose, lay_out, quote

OLD, NEW = "two years", "three years"


@pytest.fixture
def newsroom(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one release, where commands are run."""
    (workspace / "releases" / "bridge" / "release.yaml").write_text(RELEASE)
    monkeypatch.chdir(workspace)
    return workspace


def source(newsroom: Path) -> str:
    return (newsroom / "releases" / "bridge" / "release.yaml").read_text()


def text_of(newsroom: Path) -> str:
    """The text of the review copy, as a mail quotes it, with its line."""
    (copy,) = copies_of(Workspace(newsroom), newsroom / "releases" / "bridge")
    return lay_out(Quoted(copy.blocks))


def mail(newsroom: Path, text: str | None, page: str | None = None, name: str = "reply.eml", **headers: str) -> str:
    """A reply in a file."""
    (newsroom / name).write_bytes(compose(text, page, **headers))
    return str(newsroom / name)


def reply(newsroom: Path, *changes: tuple[str, str], above: str = "", **headers: str) -> str:
    """A reply that quotes the whole copy, with words replaced."""
    text = text_of(newsroom)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return mail(newsroom, f"{above}\n\n{WROTE}\n{quote(text)}\n", **headers)


def test_changes_typed_into_a_reply_are_put_in(newsroom: Path) -> None:
    file = reply(newsroom, (OLD, NEW), ("further down", "higher up"), above="Two changes below.")

    result = run("review", "receive", file, "--apply")

    assert result.exit_code == 0, result.output
    assert "2 of 2 put in" in result.output
    assert source(newsroom) == RELEASE.replace(OLD, NEW).replace("further down", "higher up")


def test_a_change_names_the_sender_and_the_day(newsroom: Path) -> None:
    result = run("review", "receive", reply(newsroom, (OLD, NEW)))

    assert "edit  body[0]  Ann Editor, 2026-11-20 10:00" in result.output


def test_a_fact_is_changed_where_it_is_kept(newsroom: Path) -> None:
    run("review", "receive", reply(newsroom, ("3,930", "3,940")), "--apply")

    assert source(newsroom) == RELEASE.replace("value: 3930", "value: 3940")


def test_what_may_be_a_remark_waits_for_its_number(newsroom: Path) -> None:
    text = quote(text_of(newsroom)).splitlines()
    at = next(number for number, line in enumerate(text) if "after two years" in line or line.endswith("after"))
    file = mail(newsroom, "\n".join([WROTE, *text[: at + 1], "of very hard", *text[at + 1 :]]))

    result = run("review", "receive", file, "--apply")

    assert "these words stand between two quoted lines; if they belong there, accept this one" in result.output
    assert source(newsroom) == RELEASE


def test_a_mail_with_the_reference_in_its_subject_only_is_known(newsroom: Path) -> None:
    sent = run("review", "send", "releases/bridge")
    assert sent.exit_code == 0, sent.output
    file = mail(newsroom, "Fine by me.", subject="Re: For review, round 1: Bridge opens (B-1)")

    result = run("review", "receive", file)

    assert "Fine by me." in result.output
    assert "comment" in result.output


def test_a_mail_with_the_line_of_a_round_is_of_that_round(newsroom: Path) -> None:
    run("review", "send", "releases/bridge")
    (newsroom / "releases" / "bridge" / "release.yaml").write_text(RELEASE.replace("Monday", "Tuesday"))
    run("review", "send", "releases/bridge")
    records = [Export.from_json(path.read_bytes()) for path in find_record_files(Workspace(newsroom), "*/*.json")]
    first = next(each for each in records if each.round == 1)
    line = f"Ref B-1 ? review 1 ? {first.digest}"
    text = lay_out(Quoted(first.blocks)).replace(OLD, NEW)
    file = mail(newsroom, f"{WROTE}\n{quote(text)}\n> {line[:20]}\n> {line[20:].strip()}\n")

    result = run("review", "receive", file)

    assert "is from round 1; the latest is 2" in result.output
    assert "[-two-]{+three+}" in result.output.replace("two years", "two").replace("three years", "three")


def test_a_mail_about_nothing_of_ours_is_refused(newsroom: Path) -> None:
    result = run("review", "receive", mail(newsroom, "Lunch on Friday?", subject="Lunch"))

    assert result.exit_code == 1
    assert "M05 does not belong to any release here" in result.output


def attach(file: str, *parts: tuple[str, bytes]) -> str:
    """A mail with files attached to it."""
    path = Path(file)
    whole = cast("EmailMessage", message_from_bytes(path.read_bytes(), policy=default))
    for name, data in parts:
        whole.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    path.write_bytes(whole.as_bytes())
    return file


def test_a_copy_that_is_attached_is_received_as_such(newsroom: Path) -> None:
    copy = edited(newsroom, change(OLD, NEW)).read_bytes()
    file = attach(mail(newsroom, "My changes are attached."), ("bridge-review-1.docx", copy))

    result = run("review", "receive", file, "--format", "json")

    remark, edit = json.loads(result.stdout)
    assert (remark["kind"], remark["after"]) == ("comment", "My changes are attached.")
    assert (edit["kind"], edit["before"], edit["after"]) == ("edit", OLD, NEW)


def test_an_attached_file_that_cannot_be_read_is_named_and_the_reply_is_read(newsroom: Path) -> None:
    file = attach(reply(newsroom, (OLD, NEW)), ("broken.docx", b"PK\x03\x04"), ("minutes.txt.zip", b"PK"))

    result = run("review", "receive", file)

    assert result.exit_code == 1
    assert "reply.eml: broken.docx: " in result.output
    assert "has a file that is no review copy and was left alone: minutes.txt.zip" in result.output
    assert "edit  body[0]" in result.output


def test_a_reply_to_a_mail_is_a_letter(newsroom: Path) -> None:
    file = reply(newsroom, (OLD, NEW))
    shutil.copy(Path(__file__).parents[3] / "releases" / "pressgen.yaml", newsroom / "releases" / "pressgen.yaml")

    letter = run("review", "reply", file, "--format", "text")
    word = run("review", "reply", file, "--format", "docx")

    assert letter.exit_code == 0, letter.output
    assert "- “two” → “three”" in letter.output
    assert (word.exit_code, "a reply to a PDF or a mail is a text file: add --format text" in word.output) == (2, True)


def test_a_signature_and_what_else_is_quoted_are_named_and_left_alone(newsroom: Path) -> None:
    text = f"Fine.\n\n-- \nAnn Editor\n\n{WROTE}\n> Please look at this by noon.\n>\n{quote(text_of(newsroom))}\n"

    result = run("review", "receive", mail(newsroom, text), "--apply")

    assert "has a signature or legal notice that was left alone: “-- Ann Editor”" in result.output
    assert "quotes other text that is not of the release, and was left alone: “Please look at this" in result.output
    assert source(newsroom) == RELEASE


def test_part_of_a_copy_that_is_quoted_proposes_nothing_for_the_rest(newsroom: Path) -> None:
    text = "The bridge over the river Wend opened on Monday after three years of work, and people of both banks walked"
    sent = f"{WROTE}\n> {text}\n> across it in the rain.  # not a comment\n"

    result = run("review", "receive", mail(newsroom, sent, subject="Re: B-1"), "--apply")

    assert "texts of the release; nothing is proposed for the others, unless it is listed" in result.output
    assert source(newsroom) == RELEASE.replace(OLD, NEW)


def encrypted() -> bytes:
    return (
        b"From: a@b.example\nSubject: Re: B-1\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/encrypted; boundary="x"; protocol="application/pgp-encrypted"\n\n--x\n\n--x--\n'
    )


def many_parts() -> bytes:
    part = b"--x\nContent-Type: text/plain\n\nhello\n"
    head = b'From: a@b.example\nSubject: Re: B-1\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n'
    return head + part * (MOST_PARTS + 1) + b"--x--\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (encrypted(), "M02 is encrypted; open it in your mail program, and save its text"),
        (many_parts(), f"M03 has more than {MOST_PARTS} parts; ask for it in another mail"),
        (compose("\n" * (MOST_LINES + 2)), f"M03 has more than {MOST_LINES:,} lines"),
        (compose("x\n", cte="8bit") + (b"y" * 70 + b"\n") * (MOST_TEXT // 70), f"M03 has more than {MOST_TEXT:,}"),
        (compose(None, "<b>" * (MOST_TAGS + 1)), f"M03 has more than {MOST_TAGS:,} tags; ask for it in another mail"),
        (b"From: a@b.example\nSubject: " + b"x" * 20_000 + b"\n\nhello\n", "M03 has a Subject of 20,000 characters"),
        (compose(None, "<blockquote>" * 5000 + "x"), "M05 does not belong"),
        (b"From: a@b\nDate: never\nSubject: =?x?q?=\nContent-Type: text/plain; charset=klingon\n\n\xff\xfe\n", "M05"),
        (b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed\n\nno boundary\n", "M05"),
        (b"From: \xff\xfe <a@b>\nSubject: x\nContent-Transfer-Encoding: base64\n\n!!!!\n", "M05"),
    ],
)  # fmt: skip
def test_a_hostile_mail_is_refused_in_one_line(newsroom: Path, data: bytes, said: str) -> None:
    (newsroom / "reply.eml").write_bytes(data)

    result = run("review", "receive", str(newsroom / "reply.eml"))

    assert result.exit_code == 1, result.output
    assert said in result.output
    assert "Traceback" not in result.output


def test_an_outlook_message_is_refused_with_the_way_to_save_it(newsroom: Path) -> None:
    (newsroom / "reply.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))

    result = run("review", "receive", str(newsroom / "reply.msg"))

    assert "is an Outlook message (.msg); save it as .eml, or forward it as an attachment" in result.output
