"""A mail to one person, whatever its names and words are."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.channels.letter import Letter, Mailbox, normalise_letter
from pressgen.channels.mime import write_mail

OFFICE = Mailbox("Press office", "press@example.org")
AT = datetime(2019, 5, 7, 9, 0, tzinfo=UTC)
ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)))
PLAIN_TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r"))


def letter(**changes: object) -> Letter:
    whole = {"sender": OFFICE, "to": Mailbox("News desk", "news@agency.example"), "subject": "Bridge opens"}
    whole |= {"text": "The bridge opened.\n", "key": "abc", "at": AT}
    return Letter(**whole | changes)  # type: ignore[arg-type]


def message(letter: Letter) -> bytes:
    return write_mail(normalise_letter(letter))


def read(mail: bytes) -> EmailMessage:
    found = message_from_bytes(mail, policy=default)  # type: ignore[arg-type]
    assert isinstance(found, EmailMessage)
    return found


def shown(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def test_a_letter_has_one_recipient_and_its_date_and_a_name_of_its_own() -> None:
    made = read(message(letter()))

    assert made.items()[:5] == [
        ("Date", "Tue, 07 May 2019 09:00:00 +0000"),
        ("From", "Press office <press@example.org>"),
        ("To", "News desk <news@agency.example>"),
        ("Subject", "Bridge opens"),
        ("Message-ID", "<abc@example.org>"),
    ]
    assert {"cc", "bcc"}.isdisjoint(name.lower() for name in made)


def test_a_letter_that_follows_another_up_is_shown_under_it() -> None:
    made = read(message(letter(answers="first")))

    assert made["In-Reply-To"] == made["References"] == "<first@example.org>"


@given(subject=ANY_TEXT, name=ANY_TEXT)
def test_no_name_and_no_subject_reaches_beyond_its_header(subject: str, name: str) -> None:
    made = read(message(letter(subject=subject, to=Mailbox(name, "news@agency.example"))))

    assert sorted(name.lower() for name in made) == sorted(
        "date from to subject message-id content-type content-transfer-encoding mime-version".split()
    )
    assert shown(made["Subject"]) == shown(subject)
    assert [each.addr_spec for each in made["To"].addresses] == ["news@agency.example"]


@pytest.mark.parametrize("length", range(55, 95))
def test_a_subject_begins_on_the_line_of_its_header(length: int) -> None:
    """Some mail programs show an empty subject otherwise."""
    subject = ("embargoed until " * 9)[:length].strip()
    made = message(letter(subject=subject))

    assert b"Subject: embargoed until" in made
    assert read(made)["Subject"] == subject


@given(PLAIN_TEXT)
def test_no_character_of_the_text_is_lost(text: str) -> None:
    body = read(message(letter(text=text))).get_body(("plain",))

    assert body is not None
    assert body.get_content().replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")


@pytest.mark.parametrize("address", ["news@agency.example\nBcc: all@example.org", "news @agency.example", "news"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address|addr_spec|@"):
        message(letter(to=Mailbox("News desk", address)))


def test_files_come_along_under_their_names_and_kinds() -> None:
    files = {"bridge.pdf": b"%PDF", "bridge.docx": b"PK", "Ffigurau’r bont.csv": b"a,b", "notes": b"\0"}

    parts = list(read(message(letter(files=files))).iter_attachments())

    assert {str(part.get_filename()): part.get_payload(decode=True) for part in parts} == files
    assert [part.get_content_type() for part in parts] == [
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "text/csv",
        "application/octet-stream",
    ]


def test_a_mail_says_where_answers_go_and_how_to_leave_the_list() -> None:
    """RFC 8058, 3.1: the page, and that one click is enough."""
    ways = ("https://example.org/leave?who=a%40b.example", "mailto:leave@example.org")
    mail = read(message(letter(reply_to="desk@münchen.example", unsubscribe=ways, one_click=True)))

    assert mail["Reply-To"] == "desk@xn--mnchen-3ya.example"
    assert mail["List-Unsubscribe"] == f"<{ways[0]}>, <{ways[1]}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_of_an_office_without_a_list_page_has_no_such_headers() -> None:
    mail = read(message(letter()))

    assert not {"Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post"} & set(mail.keys())
