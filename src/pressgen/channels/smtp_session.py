"""A session with a mail server, with limits on time and size.

A lost answer is known as one.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pressgen.channels.outcome import quote_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.channels.credentials import Secret

LONGEST_ANSWER: Final = 64 * 1024
"""The most octets of an answer, all its lines together; those of real servers have a few hundred."""
BLOCK: Final = 64 * 1024
"""Octets of a mail that are sent before the time limit starts again."""
LONGEST_SIZE: Final = 20
"""The most digits of a size (RFC 1870, 3)."""
REPLY: Final = re.compile(rb"[2-5]\d\d(?:[ -].*)?", re.DOTALL)
CLOSING: Final = 421
"""The server ends the session (RFC 5321, 3.8)."""
GO_AHEAD: Final = 354
DOT: Final = b".\r\n"
Step = Literal["sender", "recipient", "start", "mail"]


@dataclass(frozen=True, slots=True)
class SmtpTimeouts:
    """The seconds to wait for a server at each step.

    See RFC 5321, 4.5.3.2.

    Attributes:
        connect: for the connection.
        command: for its greeting, and its answer to a command.
        block: for sending each block of a mail.
        taken: for its word that it has taken the mail. Some servers scan and queue it first; a client that hangs up
            earlier and sends it again delivers it twice.
        farewell: for its answer to QUIT.
    """

    connect: float = 30.0
    command: float = 300.0
    block: float = 180.0
    taken: float = 600.0
    farewell: float = 5.0


class AnswerError(Exception):
    """A server's refusal of a step; it does not have the mail."""

    def __init__(self, step: Step, code: int, said: bytes) -> None:
        super().__init__(code, said)
        self.step, self.code, self.said = step, code, said


class NoAnswerError(Exception):
    """A mail that was handed over without an answer.

    It may arrive.
    """


class TooLargeError(Exception):
    """A mail that is larger than the server allows.

    It was not handed over.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class SmtpSession(smtplib.SMTP):
    """A session with a mail server, from its greeting on.

    Raises:
        smtplib.SMTPException: the server does not greet, or does not speak SMTP.
        OSError: it cannot be reached, or does not answer in time.
    """

    def __init__(self, host: str, port: int, waits: SmtpTimeouts, tls: ssl.SSLContext | None = None) -> None:
        self._waits, self._tls = waits, tls
        self._heard = bytearray()
        self._wait = waits.command
        super().__init__(host, port, timeout=waits.connect)

    def hand_over(self, sender: str, to: str, mail: bytes) -> None:
        """Send a mail with CRLF line ends to one recipient.

        Addresses beyond ASCII are sent with SMTPUTF8.

        Raises:
            AnswerError: the server refused it.
            TooLargeError: it is larger than the server takes.
            NoAnswerError: the server did not say whether it took it.
            smtplib.SMTPNotSupportedError: an address is beyond ASCII, and the server does not take such.
            smtplib.SMTPException, OSError: the session broke before the server had the mail.
        """
        self.ehlo_or_helo_if_needed()
        options = self._options(mail, beyond=not (sender + to).isascii())
        self._ask("sender", " ".join([f"MAIL FROM:<{sender}>", *options]))
        self._ask("recipient", f"RCPT TO:<{to}>")
        self._ask("start", "DATA")
        self._stream(mail)

    def log_in(self, user: str, secret: Secret, *, by_token: bool) -> None:
        """Log in by password or XOAUTH2 token (Google, “OAuth 2.0 mechanism”).

        Raises:
            smtplib.SMTPAuthenticationError: the server refuses it.
            smtplib.SMTPNotSupportedError: it takes no such log-in.
            smtplib.SMTPException, OSError: the session broke.
        """
        if not by_token:
            self.login(user, secret.value)
            return
        self.ehlo_or_helo_if_needed()
        if "XOAUTH2" not in self.esmtp_features.get("auth", "").upper().split():
            raise smtplib.SMTPNotSupportedError("AUTH XOAUTH2")
        whole = f"user={user}\1auth=Bearer {secret.value}\1\1"

        def respond(challenge: bytes | None = None) -> str:
            return whole if challenge is None else ""  # a challenge is the reason of a refusal; the code comes after it

        self.auth("XOAUTH2", respond)

    def leave(self) -> None:
        """End the session, with QUIT if the server still answers."""
        self._wait = self._waits.farewell
        with suppress(smtplib.SMTPException, OSError):
            if self.sock:
                self.quit()
        self.close()

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Send a command, unless the server has spoken out of turn.

        Its answer would be mistaken for the answer to this command.
        """
        if self.sock and self._overheard() and not self._heard.startswith(b"%d" % CLOSING):
            self.close()
            raise smtplib.SMTPServerDisconnected("it sent an answer that nobody asked for")
        if self.sock:
            self.sock.settimeout(self._waits.block)
        super().putcmd(cmd, args)

    def getreply(self) -> tuple[int, bytes]:
        """Return the code and the words of the next answer.

        Raises:
            smtplib.SMTPServerDisconnected: it closed the connection, or its answer is not SMTP or has no end.
            TimeoutError: the answer was not complete in time, however slowly it arrived.
        """
        ends, said, size = time.monotonic() + self._wait, [], 0
        try:
            while True:
                line = self._line(ends, LONGEST_ANSWER - size)
                size += len(line)
                if not REPLY.fullmatch(line.rstrip(b"\r\n")):
                    heard = line[:80].decode("utf-8", "replace").rstrip("\r\n")
                    raise smtplib.SMTPServerDisconnected(f"it does not speak SMTP; it says {quote_text(heard)}")
                said.append(line[4:].strip())
                if line[3:4] != b"-":
                    return int(line[:3]), b"\n".join(said)
        except (OSError, smtplib.SMTPException):
            self.close()
            raise

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        found = socket.create_connection((host, port), timeout)
        try:
            return self._tls.wrap_socket(found, server_hostname=host) if self._tls else found
        except BaseException:
            found.close()
            raise

    def _options(self, mail: bytes, *, beyond: bool) -> Iterable[str]:
        """Return the parameters of MAIL FROM (RFC 1870, RFC 6531)."""
        self.command_encoding = "utf-8" if beyond else "ascii"
        if self.has_extn("size"):
            limit = self.esmtp_features["size"]
            if limit.isdecimal() and len(limit) < LONGEST_SIZE and 0 < int(limit) < len(mail):
                raise TooLargeError(int(limit))
            yield f"SIZE={len(mail)}"
        if beyond:
            if not self.has_extn("smtputf8"):
                raise smtplib.SMTPNotSupportedError("addresses beyond ASCII (SMTPUTF8)")
            yield from ("BODY=8BITMIME", "SMTPUTF8")

    def _ask(self, step: Step, command: str) -> None:
        code, said = self.docmd(command)
        if code != GO_AHEAD if step == "start" else code // 100 != 2:  # noqa: PLR2004 - 2xx: done (RFC 5321, 4.2.1)
            raise AnswerError(step, code, said)

    def _stream(self, mail: bytes) -> None:
        """Send the lines of a mail, then the dot that ends them.

        From the dot on, the server may have the mail.
        """
        stuffed = (b"\r\n" + mail).replace(b"\r\n.", b"\r\n..")[2:] if _has_dotted_line(mail) else mail
        lines = memoryview(stuffed)
        try:
            for at in range(0, len(lines), BLOCK):
                self._send(lines[at : at + BLOCK])
        except OSError:
            self._see_refused(self._waits.farewell)
            raise
        if self._overheard():
            self._see_refused(0)
            raise smtplib.SMTPServerDisconnected("it broke off while the mail was handed over")
        self._wait = self._waits.taken
        try:
            self._send(DOT)
            code, said = self.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise NoAnswerError(str(error)) from error
        finally:
            self._wait = self._waits.command
        if code // 100 in {4, 5}:
            raise AnswerError("mail", code, said)
        if code // 100 != 2:  # noqa: PLR2004 - as above
            self.close()
            raise NoAnswerError(f"{code} is not an answer to that")

    def _see_refused(self, wait: float) -> None:
        """Read why the server refused the rest of a mail; then disconnect."""
        self._wait = wait
        code, said = 0, b""
        with suppress(OSError, smtplib.SMTPException):
            code, said = self.getreply()
        self.close()
        if code // 100 in {4, 5}:
            raise AnswerError("mail", code, said)

    def _send(self, octets: bytes | memoryview) -> None:
        if not self.sock:
            raise smtplib.SMTPServerDisconnected("it closed the connection")
        self.sock.settimeout(self._waits.block)
        self.sock.sendall(octets)

    def _overheard(self) -> bool:
        """Return whether the server has spoken unasked, or hung up."""
        if not self._heard and self.sock:
            self.sock.settimeout(0)
            with suppress(BlockingIOError, ssl.SSLWantReadError):
                self._take()
        return bool(self._heard)

    def _line(self, ends: float, room: int) -> bytes:
        while (at := self._heard.find(b"\n")) < 0:
            if len(self._heard) > room:
                raise smtplib.SMTPServerDisconnected("its answer never ends")
            self._hear(ends)
        line = bytes(self._heard[: at + 1])
        del self._heard[: at + 1]
        return line

    def _hear(self, ends: float) -> None:
        left = ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if self.sock:
            self.sock.settimeout(left)
        self._take()

    def _take(self) -> None:
        """Read the data that the server has sent.

        Raises:
            smtplib.SMTPServerDisconnected: it closed the connection.
        """
        said = self.sock.recv(4096) if self.sock else b""
        if not said:
            raise smtplib.SMTPServerDisconnected("it closed the connection")
        self._heard += said


def _has_dotted_line(mail: bytes) -> bool:
    """Return whether a line begins with a dot.

    It searches for single octets: the base64 of a large file has no dot.
    """
    at = mail.find(b".")
    while at > 0 and mail[at - 1 : at] != b"\n":
        at = mail.find(b".", at + 1)
    return at >= 0
