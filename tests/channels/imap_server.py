"""A small IMAP server on a free port: one folder of messages, with flags; it can misbehave on purpose."""

from __future__ import annotations

import re
import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

USER, PASSWORD = "bounces", "correct horse"


@dataclass
class Postbox:
    """Messages, the UIDs of those that were seen, and the size that the server announces instead of the true one."""

    messages: list[bytes] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    announced: int | None = None
    commands: list[str] = field(default_factory=list)
    port: int = 0


class _Handler(socketserver.StreamRequestHandler):
    postbox: Postbox

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("* OK ready")
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            tag, _, command = line.partition(" ")
            self.postbox.commands.append(command)
            if not self.answer(tag, command):
                return

    def answer(self, tag: str, command: str) -> bool:
        verb, _, rest = command.partition(" ")
        box, ok = self.postbox, f"{tag} OK done"
        match verb.upper():
            case "CAPABILITY":
                self.say("* CAPABILITY IMAP4rev1")
            case "LOGIN" if rest != f'{USER} "{PASSWORD}"':
                ok = f"{tag} NO [AUTHENTICATIONFAILED] not {rest}"
            case "SELECT" if rest != '"INBOX"':
                ok = f"{tag} NO no such folder"
            case "SELECT":
                self.say(f"* {len(box.messages)} EXISTS")
            case "UID" if rest == "SEARCH UNSEEN":
                self.say("* SEARCH " + " ".join(str(n) for n in range(1, len(box.messages) + 1) if n not in box.seen))
            case "UID" if found := re.fullmatch(r"FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", rest):
                data = box.messages[int(found[1]) - 1][: int(found[2])]
                size = len(data) if box.announced is None else box.announced
                self.say(f"* {found[1]} FETCH (UID {found[1]} BODY[]<0> {{{size}}}")
                self.wfile.write(data)
                self.say(")")
            case "UID" if found := re.fullmatch(r"STORE (\d+) \+FLAGS\.SILENT \(\\Seen\)", rest):
                box.seen.add(int(found[1]))
            case "LOGOUT":
                self.say("* BYE")
            case _:
                pass
        self.say(ok)
        return verb.upper() != "LOGOUT"


@contextmanager
def imap_server(*messages: bytes) -> Iterator[Postbox]:
    """Serve these messages while the context lasts."""
    box = Postbox(list(messages))
    handler = type("Handler", (_Handler,), {"postbox": box})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield box
        server.shutdown()
