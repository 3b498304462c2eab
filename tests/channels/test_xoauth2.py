"""Log-ins to a real mail server by a token (XOAUTH2)."""

from __future__ import annotations

import base64
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.smtp import MISSING, SMTP, AuthResult

from channels.scripted import POLITE, Script, scripted_server
from channels.servers import Postbox, _Own, certificate
from channels.test_letter import letter
from pressgen.channels.credentials import Secret
from pressgen.channels.oauth.tokens import SignInError
from pressgen.channels.smtp import MailServer, SmtpSender

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator
    from pathlib import Path

USER = "press@county.example"


@dataclass
class Tokens:
    """Tokens, the first of which is given until it is refused."""

    left: list[str]
    refused: list[str] = field(default_factory=list)

    def fetch_token(self, refused: Secret | None = None) -> Secret:
        """The next token."""
        if refused:
            self.refused.append(refused.value)
            self.left.pop(0)
        if not self.left:
            raise SignInError("the sign-in has ended; sign in again with: pressgen login mail")
        return Secret(self.left[0])


class Watcher:
    """The mail server's side of XOAUTH2, as Microsoft and Google publish it."""

    good = frozenset({"token.good"})

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd's own name
        """Take a token, or say why not in a challenge, which the client answers with nothing."""
        user, token = re.fullmatch(
            rb"user=([^\x01]+)\x01auth=Bearer ([^\x01 ]+)\x01\x01", base64.b64decode(args[1], validate=True)
        ).groups()  # type: ignore[union-attr]
        if user == USER.encode() and token.decode() in self.good:
            return AuthResult(success=True, handled=True, auth_data=user)
        answered = await server.challenge_auth(b'{"status":"401","schemes":"bearer"}', encode_to_b64=True)
        assert answered in {b"", MISSING}
        return AuthResult(success=False, handled=False, message="535 5.7.3 Authentication unsuccessful")


class Server(_Own):
    """A mail server that takes log-ins by tokens alone."""

    def factory(self) -> SMTP:
        made = super().factory()
        made._auth_methods = {"XOAUTH2": made._auth_methods["XOAUTH2"]}
        return made


@contextmanager
def token_server(context: ssl.SSLContext) -> Iterator[Postbox]:
    """A mail server for tokens, over TLS."""

    class Both(Postbox, Watcher):
        pass

    postbox = Both()
    server = Server(postbox, "tls", context, auth_required=True)
    server.start()
    postbox.port = server.port
    try:
        yield postbox
    finally:
        server.stop()


@pytest.fixture
def postbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    context, authority = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with token_server(context) as found:
        yield found


def test_a_token_logs_in(postbox: Postbox) -> None:
    tokens = Tokens(["token.good"])
    with SmtpSender(MailServer("localhost", postbox.port, "tls", USER, access=tokens)) as post:
        outcomes = [post.send(letter()), post.send(letter())]

    assert [each.word for each in outcomes] == ["ok", "ok"]
    assert (len(postbox.letters), tokens.refused) == (2, [])


def test_a_token_that_was_revoked_is_renewed_once_and_nothing_goes_twice(postbox: Postbox) -> None:
    tokens = Tokens(["token.old", "token.good"])
    with SmtpSender(MailServer("localhost", postbox.port, "tls", USER, access=tokens)) as post:
        outcome = post.send(letter())

    assert (outcome.word, len(postbox.letters), tokens.refused) == ("ok", 1, ["token.old"])


@pytest.mark.parametrize(("left", "words"), [(["a.b"], "pressgen login mail"), (["a.b", "c.d"], "refuses the log-in")])
def test_a_refused_log_in_is_one_line_without_the_token(left: list[str], words: str, postbox: Postbox) -> None:
    with SmtpSender(MailServer("localhost", postbox.port, "tls", USER, access=Tokens(left))) as post:
        outcome = post.send(letter())

    assert (outcome.word, outcome.blocked, postbox.letters) == ("failed", True, [])
    assert words in outcome.detail
    assert not re.search(r"a\.b|c\.d", outcome.detail)


def test_a_token_goes_to_no_other_machine_without_tls() -> None:
    server = MailServer("mail.county.example", 25, "none", USER, access=Tokens(["token.good"]))
    with SmtpSender(server) as post:
        outcome = post.send(letter())

    assert (outcome.word, outcome.blocked) == ("failed", True)
    assert "without TLS" in outcome.detail


def test_a_server_that_takes_no_tokens_is_told() -> None:
    script = Script({"EHLO": ["250-mail.example\r\n250 AUTH PLAIN LOGIN\r\n"]})
    with (
        scripted_server(script),
        SmtpSender(MailServer("127.0.0.1", script.port, "none", USER, access=Tokens(["token.good"]))) as post,
    ):
        outcome = post.send(letter())

    assert (outcome.word, outcome.blocked) == ("failed", True)
    assert "no log-in by OAuth" in outcome.detail
    assert "AUTH" not in script.heard


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "no longer accepts passwords"),
        ("550 5.7.30 Basic authentication is not supported for Client Submission.", "no longer accepts passwords"),
        (
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
            "SMTP AUTH switched off",
        ),
        ("534-5.7.9 Application-specific password required.\r\n534 5.7.9 see", "Google does not accept"),
        ("535 5.7.8 no hunter2", "see the channel's user and password"),
    ],
)
def test_a_refused_password_says_what_to_do(said: str, words: str) -> None:
    script = Script(
        {"EHLO": ["250-mail.example\r\n250 AUTH PLAIN\r\n"]}, always={"AUTH": f"{said}\r\n", "RSET": POLITE["RSET"]}
    )
    server = MailServer("127.0.0.1", script.port, "none", USER, Secret("hunter2"))
    with (
        scripted_server(script),
        SmtpSender(MailServer("127.0.0.1", script.port, "none", USER, server.password)) as post,
    ):
        outcome = post.send(letter())

    assert (outcome.word, outcome.blocked) == ("failed", True)
    assert words in outcome.detail
    assert "hunter2" not in outcome.detail
    assert "mail-login" in outcome.detail or "user and password" in outcome.detail
