"""A mail server that takes letters, one person each, over TLS where the office says so."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from pressgen.deliver.letter import message
from pressgen.deliver.outcome import Outcome, quoted

if TYPE_CHECKING:
    from types import TracebackType

    from pressgen.deliver.letter import Letter
    from pressgen.deliver.secrets import Secret

TIMEOUT = 30.0
"""Seconds that the server may be silent."""
PERMANENT = 500
"""From here on an answer's number means that the same mail will never be taken (RFC 5321, 4.2.1)."""
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in.

    Attributes:
        security: `tls` from the first byte, `starttls` before anything is said, or `none`.
        user: who logs in; empty for nobody.
        password: None where nobody logs in.
    """

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    user: str = ""
    password: Secret | None = None
    timeout: float = TIMEOUT


class _Unsafe(Exception):
    """To go on would tell a secret, or the letter, to whoever listens."""


class Post:
    """A session with a mail server, begun with the first letter and begun anew where it broke; use as a context."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._session: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, letter: Letter) -> Outcome:
        """Hand in `letter`; whatever goes wrong is in the outcome."""
        try:
            made = message(letter)
            session = self._session or self._call()
            session.send_message(made, from_addr=letter.sender.address, to_addrs=[letter.to.address])
        except (smtplib.SMTPException, _Unsafe, OSError, ValueError) as error:
            if not isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
                self._hang_up()
            return _failure(error, self._server)
        return Outcome(ok=True, detail=f"accepted by {self._server.host}")

    def _call(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context()
        if server.user and server.security == "none" and server.host not in HERE:
            raise _Unsafe("no password is sent without TLS; write security: tls or starttls")
        if server.security == "tls":
            session: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
        else:
            session = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            if server.security == "starttls":
                session.starttls(context=context)
            if server.user and server.password:
                session.login(server.user, server.password.value)
        except BaseException:
            session.close()
            raise
        self._session = session
        return session

    def _hang_up(self) -> None:
        session, self._session = self._session, None
        if session:
            with suppress(smtplib.SMTPException, OSError):
                session.quit()


def _failure(error: Exception, server: MailServer) -> Outcome:
    """What a fault means; the server's own words only where no secret can be in them."""
    match error:
        case smtplib.SMTPAuthenticationError():
            why = f"refuses the log-in of “{server.user}” ({error.smtp_code}); see the channel's user and password"
            return _told(server, why, permanent=True)
        case smtplib.SMTPRecipientsRefused():
            code, said = next(iter(error.recipients.values()))
            return _told(server, f"refuses the address: {code} {quoted(said)}", permanent=code >= PERMANENT)
        case smtplib.SMTPResponseException():
            why = f"answers {error.smtp_code} {quoted(error.smtp_error)}"
            return _told(server, why, permanent=error.smtp_code >= PERMANENT)
        case smtplib.SMTPNotSupportedError():
            return _told(server, f"cannot do what is asked: {quoted(str(error))}", permanent=True)
        case ssl.SSLCertVerificationError():
            return _told(server, f"has a certificate that is not trusted: {error.verify_message}", permanent=True)
        case _Unsafe() | ValueError():
            return Outcome(ok=False, detail=quoted(str(error)), permanent=True)
        case TimeoutError():
            return _told(server, f"does not answer within {server.timeout:g} seconds")
        case _:
            return _told(server, f"cannot be reached, or broke off: {quoted(str(error))}")


def _told(server: MailServer, why: str, *, permanent: bool = False) -> Outcome:
    return Outcome(ok=False, detail=f"{server.host}:{server.port} {why}", permanent=permanent)
