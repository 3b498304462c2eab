"""A mail is read back before it goes, and one that says something else than what was approved does not go."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from channels.servers import mail_server
from channels.test_letter import letter
from pressgen.channels import checked_mail
from pressgen.channels.letter import Letter, Mailbox, normalise_letter
from pressgen.channels.mail_readback import AttachmentMemory, find_differences
from pressgen.channels.mime import PartMemory, write_mail
from pressgen.channels.smtp import MailServer, SmtpSender

HEADLINES = [
    "£3m café opens",
    "môr a'r",
    "Pont  yn agor’r",
    " lead and trail ",
    "a\tb\u00a0c",
    "=?UTF-8?Q?a?=",
    "é" * 300,
]
WHOLE = letter(
    answers="first",
    reply_to="desk@example.org",
    unsubscribe=("https://example.org/leave?key=abc", "mailto:leave@example.org"),
    one_click=True,
    subject="Bridge café opens",
    text="From here on\n.\n..dots\nblank \nlast",
    html="<p>From here on</p>\n<p>. ..dots</p> blank <em>last</em>\n",
    files={"Ffigurau’r bont.csv": b"a,b\r\n", "plan.pdf": b"%PDF"},
)


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_arrives_as_it_was_approved(headline: str) -> None:
    whole = normalise_letter(
        letter(subject=headline, text=f"{headline}\nFrom {headline}\n", to=Mailbox(headline, "a@b.example"))
    )

    assert find_differences(whole, write_mail(whole)) == []


CHANGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "the subject": (lambda mail: mail.replace(b"_caf", b"caf"), "its subject reads"),
    "the text": (lambda mail: mail.replace(b"=46rom here", b">From here"), "its text reads"),
    "a blank at an end": (lambda mail: mail.replace(b"blank=20", b"blank"), "its text reads"),
    "the HTML": (lambda mail: mail.replace(b"here on</p>", b"here  on</p>"), "its HTML reads"),
    "a word of the HTML": (lambda mail: mail.replace(b"here on</p>", b"hear on</p>"), "where the text reads “here”"),
    "an HTML that is shown after the text": (
        lambda mail: mail.replace(b"multipart/alternative", b"multipart/mixed"),
        "its parts are",
    ),
    "a name": (lambda mail: mail.replace(b"News desk", b"News dusk"), "its To name reads"),
    "an address": (lambda mail: mail.replace(b"news@", b"views@"), "its To address reads"),
    "a second reader": (lambda mail: b"Bcc: all@example.org\r\n" + mail, "its headers are"),
    "the name of a file": (lambda mail: mail.replace(b"Ffigurau%", b"Figurau%"), "its files are called"),
    "a file": (lambda mail: mail.replace(b"JVBERg==", b"JVBEQg=="), "the file plan.pdf has changed"),
    "where answers go": (lambda mail: mail.replace(b"desk@", b"dusk@"), "its Reply-To reads"),
    "the way off the list": (lambda mail: mail.replace(b"leave?", b"stay?"), "its List-Unsubscribe reads"),
    "one click": (lambda mail: mail.replace(b"Unsubscribe-Post", b"Unsubscribe-Past"), "its headers are"),
    "the date": (lambda mail: re.sub(rb"Date: \w+, \d+", b"Date: Mon, 1", mail), "its date is different"),
    "the thread": (lambda mail: mail.replace(b"To: <first@", b"To: <last@"), "its thread reads"),
    "a line that is too long": (lambda mail: b"Date: " + b"x" * 999 + b"\r\n" + mail, "changed by mail servers"),
    "a bare line feed": (lambda mail: re.sub(rb"dots=?\r\n", b"dots\n", mail), "changed by mail servers"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_differs_is_told(change: str) -> None:
    whole = normalise_letter(WHOLE)
    made = write_mail(whole)
    altered = CHANGES[change][0](made)

    assert find_differences(whole, made) == []
    assert altered != made
    assert CHANGES[change][1] in "; ".join(find_differences(whole, altered))


FILES = {"a.csv": b"a,b\r\n" * 3000, "b.csv": b"a,b\r\n" * 3000 + b"c,d\r\n", "c.bin": bytes(range(256)) * 40}


def read_before(whole: Letter) -> AttachmentMemory:
    """What is known once a mail with these files was read."""
    known = AttachmentMemory()
    assert find_differences(whole, write_mail(whole), known) == []
    return known


def other_digit(mail: bytes, name: bytes, at: int) -> bytes:
    """The mail with one sign of an attachment's base64 changed, `at` octets from its beginning, or its end if below."""
    start = mail.index(b"\r\n\r\n", mail.index(b'filename="' + name)) + 4
    place = start + at if at >= 0 else mail.index(b"\r\n--", start) + at
    return mail[:place] + (b"B" if mail[place : place + 1] == b"A" else b"A") + mail[place + 1 :]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("at", [0, 50, 7000, -50])
def test_an_octet_of_a_file_that_was_read_before_is_missed_in_no_later_mail(name: str, at: int) -> None:
    whole = normalise_letter(letter(files=FILES))
    known = read_before(whole)
    altered = other_digit(write_mail(whole), name.encode(), at)

    assert find_differences(whole, altered, known) == [f"the file {name} has changed"]
    assert find_differences(whole, write_mail(whole), known) == []


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_in_a_mail_whose_files_were_read_before(change: str) -> None:
    whole = normalise_letter(replace(WHOLE, files=WHOLE.files | FILES))
    known, made = read_before(whole), write_mail(whole)
    altered = CHANGES[change][0](made)

    assert find_differences(whole, made, known) == []
    assert altered != made
    assert find_differences(whole, altered, known) == find_differences(whole, altered)
    assert CHANGES[change][1] in "; ".join(find_differences(whole, altered, known))


@pytest.mark.parametrize(
    "change",
    [
        lambda mail: mail.replace(b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: 7bit"),
        lambda mail: mail.replace(b"\r\n\r\nYSxiDQph", b"\r\n\r\nQUJDYSxiDQph"),
        lambda mail: mail.replace(b'filename="a.csv"', b'filename="d.csv"'),
        lambda mail: mail.replace(b'filename="a.csv"', b'filename="b.csv"'),
        lambda mail: re.sub(rb'(boundary="=_[^"]*)"', rb'\1x"', mail),
    ],
)
def test_where_a_known_file_stands_is_read_each_time(change: Callable[[bytes], bytes]) -> None:
    whole = normalise_letter(letter(files=FILES))
    known, altered = read_before(whole), change(write_mail(whole))

    assert altered != write_mail(whole)
    assert find_differences(whole, altered, known)


def test_files_in_another_order_fewer_or_others_are_read_as_they_are() -> None:
    known = read_before(normalise_letter(letter(files=FILES)))
    for names in (["c.bin", "a.csv", "b.csv"], ["b.csv"], ["a.csv", "a.csv"], []):
        whole = normalise_letter(letter(files={name: FILES[name] for name in names}))
        assert find_differences(whole, write_mail(whole), known) == []
    other = normalise_letter(letter(files={**FILES, "c.bin": b"other"}))
    assert find_differences(other, write_mail(other), known) == []
    assert find_differences(normalise_letter(letter(files=FILES)), write_mail(other), known) == [
        "the file c.bin has changed"
    ]


def test_a_mail_is_the_same_whatever_was_written_before_it() -> None:
    memory = PartMemory()
    for whole in (
        normalise_letter(letter(files=FILES)),
        normalise_letter(WHOLE),
        normalise_letter(letter(files={"a.csv": b"other"})),
    ):
        assert write_mail(whole, memory) == write_mail(whole, memory) == write_mail(whole)


def test_a_mail_that_reads_otherwise_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(whole: Letter, memory: PartMemory) -> bytes:
        return write_mail(whole, memory).replace(b"The bridge opened", b"The bridge closed")

    monkeypatch.setattr(checked_mail, "write_mail", wrong)
    with mail_server() as postbox, SmtpSender(MailServer("127.0.0.1", postbox.port, "none")) as post:
        outcome = post.send(letter())

    assert (outcome.word, postbox.letters) == ("failed", [])
    assert "its text reads “The bridge closed" in outcome.detail


def test_a_domain_beyond_ascii_goes_as_mail_servers_know_it() -> None:
    with mail_server() as postbox, SmtpSender(MailServer("127.0.0.1", postbox.port, "none")) as post:
        outcome = post.send(letter(to=Mailbox("Redaktion", "post@münchen.example")))

    assert outcome.ok
    assert postbox.envelopes[0].rcpt_tos == ["post@xn--mnchen-3ya.example"]
    assert "post@xn--mnchen-3ya.example" in postbox.mails[0]["To"]


def test_a_local_part_beyond_ascii_goes_by_smtputf8() -> None:
    with mail_server(utf8=True) as postbox, SmtpSender(MailServer("127.0.0.1", postbox.port, "none")) as post:
        outcomes = [post.send(letter(to=Mailbox("", each))) for each in ("grüße@daily.example", "plain@daily.example")]

    assert [each.ok for each in outcomes] == [True, True]
    assert [each.rcpt_tos[0] for each in postbox.envelopes] == ["grüße@daily.example", "plain@daily.example"]
    assert [each.smtp_utf8 for each in postbox.envelopes] == [True, False]
