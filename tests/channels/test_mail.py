"""Letters handed in to a real mail server, with TLS and log-in."""

from __future__ import annotations

import socket
from socket import SHUT_RDWR
from typing import TYPE_CHECKING

import pytest

from channels.servers import PASSWORD, USER, certificate, free_port, mail_server
from channels.test_letter import letter
from pressgen.channels.credentials import Secret
from pressgen.channels.letter import Mailbox
from pressgen.channels.smtp import MailServer, SmtpSender

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Literal


HERE = {"mail.county.example": "127.0.0.1"}
"""A name that the tests have lead to this machine."""


def test_each_letter_has_an_envelope_of_its_own() -> None:
    with mail_server() as postbox, SmtpSender(MailServer("127.0.0.1", postbox.port, "none")) as post:
        outcomes = [post.send(letter(to=Mailbox(name, f"{name}@example.org"))) for name in ("ann", "bob")]

    assert [each.ok for each in outcomes] == [True, True]
    assert [each.rcpt_tos for each in postbox.envelopes] == [["ann@example.org"], ["bob@example.org"]]
    assert [each["To"] for each in postbox.mails] == ["ann <ann@example.org>", "bob <bob@example.org>"]


def test_what_goes_to_another_machine_unencrypted_says_so_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    lookup = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest: lookup(HERE.get(host, host), *rest))
    with mail_server() as postbox, SmtpSender(MailServer("mail.county.example", postbox.port, "none")) as post:
        outcomes = [post.send(letter()) for _ in range(2)]

    assert [each.detail for each in outcomes] == ["accepted by mail.county.example, unencrypted"] * 2


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_log_in_goes_over_tls(
    security: Literal["starttls", "tls"], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, authority = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with mail_server(security, context, log_in=True) as postbox:
        server = MailServer("localhost", postbox.port, security, USER, Secret(PASSWORD))
        with SmtpSender(server) as post:
            outcome = post.send(letter())

    assert (outcome.ok, len(postbox.letters)) == (True, 1)


def test_a_wrong_password_is_told_without_the_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, authority = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with mail_server("tls", context, log_in=True) as postbox:
        server = MailServer("localhost", postbox.port, "tls", USER, Secret("hunter2"))
        with SmtpSender(server) as post:
            outcome = post.send(letter())

    assert not outcome.ok
    assert outcome.permanent
    assert "refuses the log-in of “press”" in outcome.detail
    assert "hunter2" not in outcome.detail + repr(server)


@pytest.mark.parametrize("name", ["other.example", "localhost"])
def test_a_certificate_of_another_host_or_of_nobody_known_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, authority = certificate(tmp_path, name)
    if name != "localhost":
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with (
        mail_server("tls", context) as postbox,
        SmtpSender(MailServer("localhost", postbox.port, "tls")) as post,
    ):
        outcome = post.send(letter())

    assert (outcome.ok, outcome.permanent, postbox.letters) == (False, True, [])
    assert "certificate that is not trusted" in outcome.detail


def test_no_letter_goes_to_a_server_that_lost_its_tls() -> None:
    with (
        mail_server() as postbox,
        SmtpSender(MailServer("127.0.0.1", postbox.port, "starttls", USER, Secret(PASSWORD))) as post,
    ):
        outcome = post.send(letter())

    assert (outcome.ok, outcome.permanent, postbox.letters) == (False, True, [])


def test_no_password_leaves_this_machine_in_the_clear() -> None:
    with SmtpSender(MailServer("mail.example.org", 25, "none", USER, Secret(PASSWORD))) as post:
        outcome = post.send(letter())

    assert (outcome.ok, outcome.permanent) == (False, True)
    assert "without TLS" in outcome.detail


@pytest.mark.parametrize(
    ("answer", "permanent"), [("550 5.1.1 no such desk", True), ("451 4.7.1 come back later", False)]
)
def test_a_refused_address_is_told_apart_from_one_to_try_again(answer: str, permanent: bool) -> None:  # noqa: FBT001
    with mail_server() as postbox, SmtpSender(MailServer("127.0.0.1", postbox.port, "none")) as post:
        postbox.answers["news@agency.example"] = [answer]
        refused, next_ = post.send(letter()), post.send(letter())

    assert (refused.ok, refused.permanent) == (False, permanent)
    assert answer in refused.detail
    assert next_.ok


def test_a_session_that_broke_is_begun_anew() -> None:
    with mail_server() as first, SmtpSender(MailServer("127.0.0.1", first.port, "none")) as post:
        post.send(letter())
        assert post._session
        assert post._session.sock
        post._session.sock.shutdown(SHUT_RDWR)
        again = post.send(letter())

    assert (again.ok, len(first.letters)) == (True, 2)


def test_a_dead_server_is_told_as_one_to_try_again() -> None:
    with SmtpSender(MailServer("127.0.0.1", free_port(), "none")) as post:
        outcome = post.send(letter())

    assert (outcome.ok, outcome.permanent) == (False, False)
    assert "cannot be reached" in outcome.detail
