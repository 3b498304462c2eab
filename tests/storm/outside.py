"""What the outside is made of: a mail server that keeps what it took, and the engine's list of lifts to wake."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from email.parser import BytesHeaderParser
from email.policy import default

from pressgen.scheduler.handlers import DueJob
from storm.scheduler import Process


@dataclass(frozen=True)
class Taken:
    """A mail that the server took."""

    to: str
    subject: str
    name: str
    by: Process | None


@dataclass
class Mail:
    """A mail server; now and then it takes no call, wants a mail later, or takes one and breaks off unsaid."""

    chance: random.Random
    faults: float = 0.0
    taken: list[Taken] = field(default_factory=list)

    def fails(self) -> bool:
        """Whether it does not do what is asked this time."""
        return self.chance.random() < self.faults

    def keep(self, mail: bytes, to: str, by: Process | None) -> None:
        """Take a mail."""
        header = BytesHeaderParser(policy=default).parsebytes(mail)
        self.taken.append(Taken(to, str(header["Subject"]), str(header["Message-ID"]), by))


class Line:
    """A connection to the mail server, as much of a socket as a client needs (RFC 5321)."""

    def __init__(self, mail: Mail, by: Process | None, cross: Callable[[str], None]) -> None:
        self._mail, self._by, self._cross = mail, by, cross
        self._said = bytearray(b"220 mail.example\r\n")
        self._heard, self._to = b"", ""
        self._taking = self._broken = False
        self._wait: float | None = None

    def settimeout(self, seconds: float | None) -> None:
        """Wait so long at most."""
        self._wait = seconds

    def sendall(self, octets: bytes) -> None:
        """Say something to the server."""
        self._heard += octets
        if self._taking:
            if self._heard.endswith(b"\r\n.\r\n"):
                self._cross(f"mail: hand in to {self._to}")
                self._take()
            return
        while b"\r\n" in self._heard:
            line, _, self._heard = self._heard.partition(b"\r\n")
            self._answer(line.decode())

    def recv(self, _: int) -> bytes:
        """What the server has said."""
        if self._said:
            if self._wait != 0:
                self._cross("mail: answer")
            said = bytes(self._said)
            self._said.clear()
            return said
        if self._broken:
            return b""
        raise BlockingIOError if self._wait == 0 else TimeoutError

    def close(self) -> None:
        """Hang up."""

    def _answer(self, line: str) -> None:
        match line[:4].upper():
            case "EHLO":
                self._said += b"250 mail.example\r\n"
            case "DATA":
                self._taking = True
                self._said += b"354 go on\r\n"
            case "RCPT":
                self._to = line.partition("<")[2].rstrip(">")
                self._said += b"250 ok\r\n"
            case "QUIT":
                self._said += b"221 bye\r\n"
            case _:
                self._said += b"250 ok\r\n"

    def _take(self) -> None:
        mail, self._heard, self._taking = self._heard[:-5], b"", False
        if self._mail.fails():
            self._said += b"451 later\r\n"
            return
        self._mail.keep(mail, self._to, self._by)
        if self._mail.fails():
            self._broken = True
        else:
            self._said += b"250 taken\r\n"


@dataclass
class Wakings:
    """The engine's list: which lift is to be woken when. It stands for DBOS, whose own tests and ours are elsewhere."""

    due: dict[tuple[str, int], DueJob] = field(default_factory=dict)

    def withdraw(self, reference: str, revision: int) -> None:
        self.due.pop((reference, revision), None)

    def resync(self, owed: Iterable[DueJob], now: datetime) -> list[DueJob]:
        del now
        missing = [each for each in owed if (each.reference, each.revision) not in self.due]
        self.due |= {(each.reference, each.revision): each for each in missing}
        return missing
