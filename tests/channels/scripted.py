"""A mail server that misbehaves as it is told, command by command: no library's politeness stands in the way."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GREETING, BODY = "greeting", "body"
HANG, DROP, HALF_CLOSE = "hang", "drop", "half close"
"""What may stand for an answer: none until the caller has gone, an end of the session, no further word."""
POLITE = {
    GREETING: "220 mail.example\r\n",
    "EHLO": "250-mail.example\r\n250-SIZE 1000000\r\n250 8BITMIME\r\n",
    "HELO": "250 mail.example\r\n",
    "MAIL": "250 sender ok\r\n",
    "RCPT": "250 recipient ok\r\n",
    "DATA": "354 go on\r\n",
    BODY: "250 taken\r\n",
    "RSET": "250 reset\r\n",
    "QUIT": "221 bye\r\n",
}
Answer = str | bytes


@dataclass
class Script:
    """What the server says, and what it heard.

    Attributes:
        answers: for a command, what it says the first times instead of what is polite.
        always: for a command, what it says each time when those are used up.
        heard: the commands, in order; a session begins with `greeting`.
        bodies: the mails that were handed over whole, whatever it said to them.
        taken: those of them that it said yes to, or would have.
    """

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    always: dict[str, Answer] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    port: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def answer(self, command: str) -> Answer:
        """Give the next answer to a command."""
        waiting = self.answers.get(command)
        if waiting:
            return waiting.pop(0)
        return self.always.get(command, POLITE.get(command, "500 what\r\n"))

    def sessions(self) -> int:
        """Count the sessions."""
        return self.heard.count(GREETING)


@contextmanager
def scripted_server(script: Script) -> Iterator[Script]:
    """Serve as `script` says, each caller in a thread of its own."""
    threads: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        script.port = listening.getsockname()[1]

        def listen() -> None:
            while not script.ended.is_set():
                try:
                    caller, _ = listening.accept()
                except OSError:
                    return
                threads.append(threading.Thread(target=_serve, args=(script, caller)))
                threads[-1].start()

        listener = threading.Thread(target=listen)
        listener.start()
        try:
            yield script
        finally:
            script.ended.set()
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            listener.join()
            for each in threads:
                each.join()


def _serve(script: Script, caller: socket.socket) -> None:
    with caller, suppress(OSError), caller.makefile("rb") as lines:
        command = GREETING
        while True:
            script.heard.append(command)
            answer = script.answer(command)
            if not _say(script, caller, answer) or command == "QUIT":
                return
            if command == "DATA" and answer == POLITE["DATA"]:
                if not (body := _body(lines.readline)):
                    return
                script.bodies.append(body)
                command = BODY
                continue
            line = lines.readline()
            if not line:
                return
            command = line.split()[0].decode("ascii", "replace").upper() if line.split() else ""


def _say(script: Script, caller: socket.socket, answer: Answer) -> bool:
    """Say it; whether the session goes on."""
    if answer == HANG:
        caller.settimeout(0.05)
        while not script.ended.is_set():
            with suppress(TimeoutError):
                if not caller.recv(4096):
                    return False
        return False
    if answer == DROP:
        return False
    if answer == HALF_CLOSE:
        caller.shutdown(socket.SHUT_WR)
        return True
    caller.sendall(answer if isinstance(answer, bytes) else answer.encode())
    return not str(answer).startswith("421")


def _body(readline: Callable[[], bytes]) -> bytes:
    """The lines up to the dot; empty where the caller hung up before it."""
    body = b""
    while (line := readline()) != b".\r\n":
        if not line:
            return b""
        body += line.removeprefix(b".")
    return body
