"""Read a mailbox over IMAP (RFC 3501).

Only unseen messages are read; they are marked as seen after they were processed.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from pressgen.channels.bounces import LARGEST
from pressgen.channels.outcome import clean_reply
from pressgen.errors import EnvironmentFailureError
from pressgen.model.address import is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressgen.channels.credentials import Secret

PATIENCE: Final = 60.0
"""Seconds to wait for each answer."""
MOST: Final = 1_000
"""The most messages that one look reads; the next look reads the rest."""
LONGEST_ANSWER: Final = LARGEST + 64 * 1024
NUMBERS: Final = re.compile(rb"\d+")
BYTES: Final = re.compile(r"""\bb(['"])(.*?)\1""")
"""How Python writes bytes, as in imaplib's errors."""


@dataclass(frozen=True, slots=True)
class ImapServer:
    """A mailbox on a server.

    Attributes:
        security: `tls` from the first byte, `starttls` before any command, or `none`.
        folder: the mailbox on it, such as `INBOX`.
    """

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    user: str
    password: Secret = field(repr=False)
    folder: str = "INBOX"


class _BoundedClient(imaplib.IMAP4):
    """A client that refuses answers too large for a returned mail."""

    def read(self, size: int) -> bytes:
        """Read a literal, unless the server announces a too large one."""
        if size > LONGEST_ANSWER:
            raise imaplib.IMAP4.abort(f"it announces {size:,} bytes, more than any mail that is read")
        return super().read(size)


class _BoundedTlsClient(imaplib.IMAP4_SSL, _BoundedClient):
    """A bounded client over TLS from the first byte."""


def read_unseen(server: ImapServer, take: Callable[[bytes], None], finish: Callable[[], None]) -> int:
    """Read each unseen message, and then mark it as seen.

    Give the first octets of each to `take`; then call `finish`, and only then mark them. If the program ends in
    between, the next call reads them again. Return how many there were.

    Raises:
        EnvironmentFailureError: the server cannot be reached, is not trusted, refuses the log-in or hangs up.
    """
    taken: list[str] = []
    with _session(server) as session:
        for uid in _list_unseen(session):
            answer, parts = session.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)")
            message = next((part[1] for part in parts if isinstance(part, tuple)), None)
            if answer == "OK" and isinstance(message, bytes):  # else somebody removed it meanwhile
                take(message)
                taken.append(uid)
        finish()
        for uid in taken:
            session.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")
    return len(taken)


def _list_unseen(session: imaplib.IMAP4) -> list[str]:
    answer, found = session.uid("SEARCH", "UNSEEN")
    if answer != "OK":
        raise session.error(f"SEARCH answers {answer}")
    numbers = NUMBERS.findall(b" ".join(each for each in found if isinstance(each, bytes)))
    return [each.decode() for each in numbers[:MOST]]


@contextmanager
def _session(server: ImapServer) -> Iterator[imaplib.IMAP4]:
    shown = f"the mailbox of returned mails, {server.host}:{server.port},"
    calls: list[imaplib.IMAP4] = []
    try:
        session = _connect(server)
        calls.append(session)
        _log_in(session, server)
        folder = '"' + server.folder.replace("\\", r"\\").replace('"', r"\"") + '"'
        answer, _ = session.select(folder)
        if answer != "OK":
            raise EnvironmentFailureError(f"{shown} has no folder “{server.folder}”")
        yield session
    except ssl.SSLCertVerificationError as error:
        raise EnvironmentFailureError(
            f"{shown} has a certificate that is not trusted: {clean_reply(error.verify_message)}"
        ) from None
    except imaplib.IMAP4.error as error:  # `abort` is one
        raise EnvironmentFailureError(
            f"{shown} refused the request or closed the connection: {clean_reply(_redact(_describe(error), server))}"
        ) from None
    except (OSError, UnicodeError, ValueError) as error:
        raise EnvironmentFailureError(
            f"{shown} cannot be reached, or closed the connection: {clean_reply(_redact(str(error), server))}"
        ) from None
    finally:
        for each in calls:
            with suppress(imaplib.IMAP4.error, OSError):
                each.logout()
            with suppress(OSError):
                each.shutdown()  # after a fault, `logout` leaves it open


def _connect(server: ImapServer) -> imaplib.IMAP4:
    if server.security == "none" and not is_loopback(server.host):
        raise EnvironmentFailureError(
            f"no password is sent to {server.host} without TLS; write security: tls or starttls"
        )
    context = ssl.create_default_context()
    if server.security == "tls":
        return _BoundedTlsClient(server.host, server.port, ssl_context=context, timeout=PATIENCE)
    session = _BoundedClient(server.host, server.port, timeout=PATIENCE)
    if server.security == "starttls":
        session.starttls(context)
    return session


def _log_in(session: imaplib.IMAP4, server: ImapServer) -> None:
    """Log in to the server.

    No other code logs in.
    """
    session.login(server.user, server.password.value)


def _describe(error: imaplib.IMAP4.error) -> str:
    """Return an error of imaplib without Python's notation for bytes."""
    said = error.args[0] if error.args else ""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return BYTES.sub(r"“\2”", text)


def _redact(text: str, server: ImapServer) -> str:
    """Return a server's words without the password."""
    return text.replace(server.password.value, "(secret)")
