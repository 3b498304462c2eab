"""A cloud of this machine: services that sign in as Microsoft's and Google's do, and a Graph that takes mails.

They follow the published protocols (RFC 6749, RFC 7523, RFC 8628, Microsoft Graph v1.0), not the real services.
"""

from __future__ import annotations

import base64
import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote

from channels.servers import certificate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TENANT, CLIENT = "county.example", "11111111-2222-3333-4444-555555555555"
Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Asked:
    """A request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form."""
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


@dataclass
class Cloud:
    """Whom it signs in, and the mails that it took.

    Attributes:
        refresh: the refresh tokens that are good; each is good once.
        valid: the access tokens that Graph takes.
        planned: what is answered to a path that matches, instead of the usual; each once.
        always: the same, each time.
        drafts: by id; `sent` are the mails that left.
        change: what becomes of a draft's bytes when they are read.
    """

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    refresh: set[str] = field(default_factory=set)
    valid: set[str] = field(default_factory=set)
    expires: int = 3600
    planned: list[tuple[str, Reply | Callable[[], Reply]]] = field(default_factory=list)
    always: dict[str, Reply] = field(default_factory=dict)
    drafts: dict[str, EmailMessage] = field(default_factory=dict)
    uploads: dict[str, tuple[str, str, bytearray]] = field(default_factory=dict)
    sent: list[bytes] = field(default_factory=list)
    change: Callable[[bytes], bytes] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    count: int = 0
    scope: str = ""

    def paths(self, part: str) -> list[Asked]:
        """The requests whose path has `part`."""
        return [each for each in self.asked if part in each.path]

    def new_token(self) -> str:
        """A token that Graph takes."""
        self.count += 1
        token = f"access.{self.count}"
        self.valid.add(token)
        return token

    def answer(self, asked: Asked) -> Reply:
        """Do what is asked."""
        with self.lock:
            self.asked.append(asked)
            for at, (part, reply) in enumerate(self.planned):
                if re.search(part, asked.path):
                    del self.planned[at]
                    return reply() if callable(reply) else reply
            for part, reply in self.always.items():
                if re.search(part, asked.path):
                    return reply
            if "/v1.0/" in asked.path or asked.path.startswith("/upload/"):
                return self._graph(asked)
            return self._sign_in(asked)

    def _sign_in(self, asked: Asked) -> Reply:
        if asked.path.endswith("openid-configuration"):
            base = f"{self.url}/{TENANT}"
            return reply_json(
                200,
                issuer=f"{base}/v2.0",
                authorization_endpoint=f"{base}/oauth2/v2.0/authorize",
                token_endpoint=f"{base}/oauth2/v2.0/token",
                device_authorization_endpoint=f"{base}/oauth2/v2.0/devicecode",
            )
        if asked.path.endswith("/devicecode"):
            self.scope = asked.form["scope"]
            return reply_json(
                200, user_code="ABCD-EFGH", device_code="device", verification_uri=f"{self.url}/device", expires_in=60,
                interval=1,
            )  # fmt: skip
        if asked.path.endswith("/token"):
            return self._token(asked.form)
        return reply_json(404, error="not found")

    def _token(self, form: dict[str, str]) -> Reply:
        if form["grant_type"] == "refresh_token":
            if form["refresh_token"] not in self.refresh:
                return reply_json(400, error="invalid_grant", error_description="AADSTS700082: The token has expired.")
            self.refresh.remove(form["refresh_token"])  # each is good once
        more: dict[str, Any] = {}
        if form["grant_type"] != "client_credentials" and "jwt-bearer" not in form["grant_type"]:
            token = f"refresh.{self.count}"
            self.refresh.add(token)
            more = {
                "scope": form.get("scope", self.scope),
                "refresh_token": token,
                "id_token": _id_token(),
                "client_info": _base64(b'{"uid":"u","utid":"t"}'),
            }
        return reply_json(
            200,
            access_token=self.new_token(),
            token_type="Bearer",  # noqa: S106 - its kind
            expires_in=self.expires,
            **more,
        )

    def _graph(self, asked: Asked) -> Reply:
        if asked.path.startswith("/upload/"):
            return self._upload(asked)
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.valid:
            return reply_graph(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.")
        whose, _, act = asked.path.partition("/users/")[2].partition("/")
        assert unquote(whose) == "press@county.example"
        if act == "sendMail":
            self.sent.append(base64.b64decode(asked.body, validate=True))
            return 202, {}, b""
        if act == "messages":
            made = f"A+/={len(self.drafts)}"
            self.drafts[made] = message_from_bytes(base64.b64decode(asked.body), policy=SMTP)  # type: ignore[assignment, arg-type]
            return reply_json(201, id=made)
        return self._draft(asked, *act.removeprefix("messages/").split("/", 1))

    def _draft(self, asked: Asked, quoted: str, act: str = "") -> Reply:
        made = unquote(quoted)
        draft = self.drafts[made]
        if asked.method == "DELETE":
            del self.drafts[made]
            return 204, {}, b""
        if act == "attachments":
            said = json.loads(asked.body)
            self._attach(draft, said["name"], said["contentType"], base64.b64decode(said["contentBytes"]))
            return reply_json(201)
        if act == "attachments/createUploadSession":
            item = json.loads(asked.body)["AttachmentItem"]
            self.uploads[str(len(self.uploads))] = (made, json.dumps(item), bytearray())
            return reply_json(201, uploadUrl=f"{self.url}/upload/{len(self.uploads) - 1}", nextExpectedRanges=["0-"])
        if act == "$value":
            return 200, {}, self.change(draft.as_bytes()) if self.change else draft.as_bytes()
        assert act == "send"
        self.sent.append(self.drafts.pop(made).as_bytes())
        return 202, {}, b""

    def _upload(self, asked: Asked) -> Reply:
        assert "authorization" not in asked.headers
        made, item, content = self.uploads[asked.path.rpartition("/")[2]]
        said = json.loads(item)
        start, end, total = map(int, re.findall(r"\d+", asked.headers["content-range"]))
        assert (start, end - start + 1, total) == (len(content), len(asked.body), said["size"])
        assert len(asked.body) <= 4 * 1024 * 1024
        content += asked.body
        if len(content) < total:
            return reply_json(200, nextExpectedRanges=[f"{len(content)}-"])
        self._attach(self.drafts[made], said["name"], said["contentType"], bytes(content))
        return 201, {}, b""

    @staticmethod
    def _attach(draft: EmailMessage, name: str, kind: str, content: bytes) -> None:
        main, _, sub = kind.partition("/")
        draft.add_attachment(content, maintype=main, subtype=sub, filename=name)


@contextmanager
def cloud(folder: Path | None = None) -> Iterator[Cloud]:
    """A cloud: over TLS, whose authority stands in a file of `folder`; else without, as on this machine it may be."""
    made = Cloud()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, more, said = made.answer(Asked(self.command, self.path, headers, body))
            if not status:  # the connection breaks instead
                self.close_connection = True
                return
            self.send_response_only(status)
            for name, value in {"Content-Length": str(len(said)), "Connection": "close", **more}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_PUT = do_DELETE = _do  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Say nothing of a caller that hangs up."""

    server = Server(("127.0.0.1", 0), Handler)
    if folder:
        context, _ = certificate(folder)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    made.url = f"{'https' if folder else 'http'}://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def reply_json(status: int, **said: object) -> Reply:
    """An answer in JSON."""
    return status, {"Content-Type": "application/json"}, json.dumps(said).encode()


def reply_graph(status: int, code: str, words: str, **headers: str) -> Reply:
    """An error as Graph writes one."""
    said = json.dumps({"error": {"code": code, "message": words}}).encode()
    return status, {name.replace("_", "-"): value for name, value in headers.items()}, said


def _id_token() -> str:
    claims = {
        "aud": CLIENT, "iss": "cloud", "sub": "s", "preferred_username": "press@county.example", "tid": "t", "oid": "u",
        "exp": 4102444800, "iat": 1, "nbf": 1,
    }  # fmt: skip
    return ".".join(map(_base64, (b'{"alg":"none"}', json.dumps(claims).encode(), b"x")))


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
