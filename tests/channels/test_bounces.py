"""Returned mails are told from answers of programs; what they say is bounded, and a key is ours or nobody's."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.imap_server import PASSWORD, USER, imap_server
from channels.servers import certificate
from pressgen.channels.bounces import LARGEST, make_return_path, read_returned_mail
from pressgen.channels.credentials import Secret
from pressgen.channels.imap import ImapServer, read_unseen
from pressgen.errors import EnvironmentFailureError

PATTERN = "bounces+KEY@county.example"
KEY = "0123456789abcdef0123"
TO = make_return_path(PATTERN, KEY)
REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mx.daily.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.daily.example

Final-Recipient: rfc822; desk@daily.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <desk@daily.example>: no such desk

--b--
"""
PLAIN = """\
From: {sender}
To: {to}
Subject: {subject}
{more}
{text}
"""


def report(action: str = "failed", status: str = "5.1.1", to: str = TO) -> bytes:
    return REPORT.format(action=action, status=status, to=to).encode()


def plain(subject: str, text: str = "", sender: str = "MAILER-DAEMON@x.example", more: str = "", to: str = TO) -> bytes:
    return PLAIN.format(sender=sender, to=to, subject=subject, more=more, text=text).encode()


def test_a_report_says_what_failed_and_why() -> None:
    found = read_returned_mail(report(), PATTERN)

    assert (found.kind, found.keys, found.status) == ("failed", (KEY,), "5.1.1")
    assert found.reason == "550 5.1.1 <desk@daily.example>: no such desk"


@pytest.mark.parametrize(
    ("action", "status", "kind"),
    [
        ("failed", "5.0.0", "failed"),
        ("failed", "4.4.7", "failed"),
        ("delayed", "4.4.1", "delayed"),
        ("delivered", "2.0.0", "other"),
        ("relayed", "2.0.0", "other"),
        ("", "5.2.2", "failed"),
        ("", "4.2.2", "delayed"),
    ],
)
def test_the_action_of_a_report_decides(action: str, status: str, kind: str) -> None:
    assert read_returned_mail(report(action, status), PATTERN).kind == kind


@pytest.mark.parametrize(
    ("mail", "kind"),
    [
        (plain("failure notice", "<desk@daily.example>:\n550 5.1.1 no such desk"), "failed"),
        (plain("Unzustellbar: Brücke", "Der Empfänger ist unbekannt", "postmaster@x.example"), "failed"),
        (plain("Warning: could not send message for past 4 hours", "It will be retried"), "delayed"),
        (plain("Out of Office: Bridge opens", "I am away", "Ada <ada@x.example>"), "auto-reply"),
        (plain("Re: Bridge", "Away", "ada@x.example", "Auto-Submitted: auto-replied\n"), "auto-reply"),
        (plain("Automatische Antwort: Bridge", "Weg", "ada@x.example"), "auto-reply"),
        (plain("Re: Bridge opens", "Thank you, 550 people will read it", "ada@x.example"), "other"),
        (plain("Cheap pills", "Buy", "spam@x.example"), "other"),
        (plain("Abuse report", more="Content-Type: message/feedback-report\n"), "other"),
        (plain("Read: Bridge opens", more="Content-Type: message/disposition-notification\n"), "other"),
    ],
)
def test_mails_without_a_report(mail: bytes, kind: str) -> None:
    assert read_returned_mail(mail, PATTERN).kind == kind


@pytest.mark.parametrize(
    "to",
    [
        "bounces+0123@county.example",
        f"bounces+{KEY}@county.example.evil.example",
        f"xbounces+{KEY}@county.example",
        f"bounces+{KEY}0@county.example",
        "press@county.example",
    ],
)
def test_another_address_has_no_key(to: str) -> None:
    assert read_returned_mail(report(to=to), PATTERN).keys == ()


@pytest.mark.parametrize("header", ["Delivered-To: {}", "X-Original-To: {}", "Received: by mx for <{}>; Mon"])
def test_the_key_may_stand_in_what_servers_add(header: str) -> None:
    mail = header.format(TO.upper()).encode() + b"\n" + report(to="undisclosed-recipients:;")

    assert read_returned_mail(mail, PATTERN).keys == (KEY,)


@given(st.binary(max_size=400))
def test_nothing_that_comes_makes_it_fail(data: bytes) -> None:
    for mail in (data, report() + data, report().replace(b"Action: failed", data)):
        read_returned_mail(mail, PATTERN)


def test_a_mail_of_parts_within_parts_is_bounded() -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(9_000))
    wide = b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 60_000

    assert read_returned_mail(deep[: 2 * LARGEST], PATTERN).kind == "other"
    assert read_returned_mail(wide, PATTERN).kind == "other"


def server(port: int, **more: object) -> ImapServer:
    return ImapServer("127.0.0.1", port, "none", USER, Secret(str(more.pop("password", PASSWORD))), **more)  # type: ignore[arg-type]


def test_a_mailbox_gives_what_nobody_has_seen_and_marks_it_after_it_was_dealt_with() -> None:
    taken: list[bytes] = []
    with imap_server(report(), b"x" * (LARGEST + 10)) as box:
        seen_before: list[set[int]] = []
        count = read_unseen(server(box.port), taken.append, lambda: seen_before.append(set(box.seen)))
        again = read_unseen(server(box.port), taken.append, lambda: None)

    assert (count, again, taken, seen_before) == (2, 0, [report(), b"x" * LARGEST], [set()])


def test_what_is_not_dealt_with_is_given_again() -> None:
    def fail() -> None:
        raise KeyboardInterrupt

    with imap_server(report()) as box:
        with pytest.raises(KeyboardInterrupt):
            read_unseen(server(box.port), lambda _: None, fail)
        assert read_unseen(server(box.port), lambda _: None, lambda: None) == 1


def test_a_refused_log_in_is_told_without_the_password() -> None:
    with (
        imap_server() as box,
        pytest.raises(EnvironmentFailureError, match="refused the request or closed the connection") as refusal,
    ):
        read_unseen(server(box.port, password="hunter2"), lambda _: None, lambda: None)  # noqa: S106 - a wrong one

    assert "hunter2" not in str(refusal.value)


def test_a_folder_that_is_not_there_and_a_server_that_is_not_there() -> None:
    with imap_server() as box:
        with pytest.raises(EnvironmentFailureError, match="has no folder “Old mail”"):
            read_unseen(server(box.port, folder="Old mail"), lambda _: None, lambda: None)
        port = box.port
    with pytest.raises(EnvironmentFailureError, match="cannot be reached"):
        read_unseen(server(port), lambda _: None, lambda: None)


def test_a_server_that_announces_too_much_is_left() -> None:
    with imap_server(report()) as box:
        box.announced = 10**12
        with pytest.raises(
            EnvironmentFailureError, match="it announces 1,000,000,000,000 bytes, more than any mail that is read"
        ):
            read_unseen(server(box.port), lambda _: None, lambda: None)


def test_no_password_goes_to_another_machine_without_tls() -> None:
    with pytest.raises(EnvironmentFailureError, match="no password is sent to mail.county.example without TLS"):
        read_unseen(
            ImapServer("mail.county.example", 143, "none", USER, Secret(PASSWORD)), lambda _: None, lambda: None
        )


def test_a_mailbox_with_a_certificate_of_nobody_known_is_refused(tmp_path: Path) -> None:
    context, _ = certificate(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                context.wrap_socket(listening.accept()[0], server_side=True)

        threading.Thread(target=serve, daemon=True).start()
        box = ImapServer("127.0.0.1", listening.getsockname()[1], "tls", USER, Secret(PASSWORD))
        with pytest.raises(EnvironmentFailureError, match="has a certificate that is not trusted: "):
            read_unseen(box, lambda _: None, lambda: None)
