"""A mailbox read over IMAP (RFC 3501): what nobody has seen, marked as seen once it was dealt with."""

from __future__ import annotations

import imaplib
import re
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from pressgen.channels.bounces import LARGEST
from pressgen.channels.outcome import quoted
from pressgen.errors import MachineLacks
from pressgen.model.address import is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressgen.channels.credentials import Secret

PATIENCE: Final = 60.0
"""Seconds to wait for each answer."""
MOST: Final = 1_000
"""Messages that one look takes; the next one takes the rest."""
LONGEST_ANSWER: Final = LARGEST + 64 * 1024
NUMBERS: Final = re.compile(rb"\d+")


@dataclass(frozen=True, slots=True)
class ImapServer:
    """A mailbox on a server.

    Attributes:
        security: `tls` from the first byte, `starttls` before anything is said, or `none`.
        folder: the mailbox on it, such as `INBOX`.
    """

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    user: str
    password: Secret = field(repr=False)
    folder: str = "INBOX"


class _Bounded(imaplib.IMAP4):
    """A client that refuses what no returned mail needs."""

    def read(self, size: int) -> bytes:
        """Read a literal, unless the server announces one that is too large."""
        if size > LONGEST_ANSWER:
            raise imaplib.IMAP4.abort(f"it announces {size} octets")
        return super().read(size)


class _BoundedTls(imaplib.IMAP4_SSL, _Bounded):
    """The same over TLS from the first byte."""


def read_unseen(server: ImapServer, take: Callable[[bytes], None], finish: Callable[[], None]) -> int:
    """Give each unseen message to `take`, its first octets; then `finish`, and only then mark them as seen.

    If the program ends in between, they are given again by the next look. Returns how many there were.

    Raises:
        MachineLacks: the server cannot be reached, is not trusted, refuses the log-in or breaks off.
    """
    taken: list[str] = []
    with _session(server) as session:
        for uid in _unseen(session):
            answer, parts = session.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)")
            message = next((part[1] for part in parts if isinstance(part, tuple)), None)
            if answer == "OK" and isinstance(message, bytes):  # else somebody took it away meanwhile
                take(message)
                taken.append(uid)
        finish()
        for uid in taken:
            session.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")
    return len(taken)


def _unseen(session: imaplib.IMAP4) -> list[str]:
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
        session = _call(server)
        calls.append(session)
        _log_in(session, server)
        folder = '"' + server.folder.replace("\\", r"\\").replace('"', r"\"") + '"'
        answer, _ = session.select(folder)
        if answer != "OK":
            raise MachineLacks(f"{shown} has no folder “{server.folder}”")
        yield session
    except ssl.SSLCertVerificationError as error:
        raise MachineLacks(f"{shown} has a certificate that is not trusted: {quoted(error.verify_message)}") from None
    except imaplib.IMAP4.error as error:  # `abort` is one
        raise MachineLacks(f"{shown} refuses, or breaks off: {quoted(_without(str(error), server))}") from None
    except (OSError, UnicodeError, ValueError) as error:
        raise MachineLacks(
            f"{shown} cannot be reached, or breaks off: {quoted(_without(str(error), server))}"
        ) from None
    finally:
        for each in calls:
            with suppress(imaplib.IMAP4.error, OSError):
                each.logout()
            with suppress(OSError):
                each.shutdown()  # after a fault, `logout` leaves it open


def _call(server: ImapServer) -> imaplib.IMAP4:
    if server.security == "none" and not is_loopback(server.host):
        raise MachineLacks(f"no password is sent to {server.host} without TLS; write security: tls or starttls")
    context = ssl.create_default_context()
    if server.security == "tls":
        return _BoundedTls(server.host, server.port, ssl_context=context, timeout=PATIENCE)
    session = _Bounded(server.host, server.port, timeout=PATIENCE)
    if server.security == "starttls":
        session.starttls(context)
    return session


def _log_in(session: imaplib.IMAP4, server: ImapServer) -> None:
    """The one place that knows how to log in."""
    session.login(server.user, server.password.value)


def _without(text: str, server: ImapServer) -> str:
    """A server's words without the password, which it might repeat."""
    return text.replace(server.password.value, "(secret)")
