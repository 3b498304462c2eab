"""A mail server and web servers to deliver to, real ones, on free ports of this machine."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

if TYPE_CHECKING:
    from asyncio import AbstractServer
    from collections.abc import Awaitable, Callable, Iterator
    from email.message import EmailMessage
    from pathlib import Path

USER, PASSWORD = "press", "correct horse"


@dataclass
class Postbox:
    """A mail server's letters.

    Attributes:
        peers: from which address each letter came.
        answers: what it says to a recipient instead of taking the letter.
        late: so many seconds after it has taken the next letter to a recipient it says so.
    """

    port: int = 0
    letters: list[bytes] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    peers: list[str] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    late: dict[str, float] = field(default_factory=dict)

    @property
    def mails(self) -> list[EmailMessage]:
        """The letters taken, read."""
        return [message_from_bytes(each, policy=default) for each in self.letters]  # type: ignore[arg-type,misc]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or give the next of its answers."""
        del server, session
        if waiting := self.answers.get(address):
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Keep a letter."""
        del server
        self.peers.append(str(session.peer[0]))  # type: ignore[index]
        self.letters.append(bytes(envelope.content or b""))
        self.envelopes.append(envelope)
        await asyncio.sleep(self.late.pop(envelope.rcpt_tos[0], 0.0))
        return "250 taken"


def _allowed(_: SMTP, __: Session, ___: Envelope, ____: str, data: object) -> AuthResult:
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=known)


class _Own(Controller):
    def __init__(
        self,
        postbox: Postbox,
        security: str,
        context: ssl.SSLContext | None,
        also: tuple[str, ...] = (),
        **more: Any,  # noqa: ANN401 - aiosmtpd's
    ) -> None:
        first = context if security == "tls" else None
        self._later = context if security == "starttls" else None
        self._also = also
        super().__init__(postbox, hostname="127.0.0.1", port=free_port(), ssl_context=first, **more)

    def factory(self) -> SMTP:
        made = SMTP(self.handler, tls_context=self._later, require_starttls=self._later is not None, **self.SMTP_kwargs)
        if self.ssl_context:
            made._auth_require_tls = False  # TLS from the first byte is not what it looks for
        return made

    def _create_server(self) -> Awaitable[AbstractServer]:
        places = (self.hostname, *self._also)
        return self.loop.create_server(self._factory_invoker, host=places, port=self.port, ssl=self.ssl_context)


@contextmanager
def mail_server(
    security: str = "none",
    context: ssl.SSLContext | None = None,
    *,
    log_in: bool = False,
    utf8: bool = False,
    also: tuple[str, ...] = (),
) -> Iterator[Postbox]:
    """A mail server that takes letters, or demands TLS and a log-in first.

    Args:
        security: as the channel of an office names it.
        context: what it shows of itself, with TLS.
        log_in: whether it demands a log-in.
        utf8: whether it offers SMTPUTF8.
        also: addresses of this machine at which it listens beside 127.0.0.1.
    """
    postbox = Postbox()
    more: dict[str, Any] = {"authenticator": _allowed, "auth_required": True} if log_in else {}
    more["enable_SMTPUTF8"] = utf8
    server = _Own(postbox, security, context, also, **more)
    server.start()
    postbox.port = server.port
    try:
        yield postbox
    finally:
        server.stop()


def certificate(folder: Path, name: str = "localhost") -> tuple[ssl.SSLContext, Path]:
    """What a server for `name` shows, and the file with the authority that vouches for it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    return context, file


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Heard:
    """What a web server was told."""

    url: str = ""
    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def web_server(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[Heard]:
    """A web server that gives `answer` to every post."""
    heard = Heard()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.posts.append(({name.lower(): value for name, value in self.headers.items()}, body))
            answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    heard.url = f"http://127.0.0.1:{server.server_port}/releases"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def raw_server(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that speaks as `talk` does, to one caller; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def take() -> None:
            caller, _ = listening.accept()
            with caller:
                caller.recv(65536)
                try:
                    talk(caller)
                except OSError:
                    return

        thread = threading.Thread(target=take)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/hook"
        thread.join()
