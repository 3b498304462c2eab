"""A person consents on a page in a browser, which then comes back to a port of this machine (RFC 8252, RFC 7636)."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from pressgen.channels.oauth.access import SignInError
from pressgen.channels.outcome import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE: Final = 600.0
"""Seconds to wait for the person."""
BACK: Final = b"You can close this page and go back to pressgen.\n"


class _Listener(HTTPServer):
    """Takes the one request in which the browser comes back."""

    def __init__(self, state: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.state, self.came = state, dict[str, str]()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that hangs up."""


class _Handler(BaseHTTPRequestHandler):
    timeout = 10.0
    server: _Listener

    def do_GET(self) -> None:
        """Take what the browser brings, if it is the answer to our own question."""
        given = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        known = secrets.compare_digest(given.get("state", "").encode(), self.server.state.encode())
        if known:
            self.server.came = given
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(BACK if known else b"Nobody waits for this.\n")

    def log_message(self, *_: object) -> None:
        """Print nothing: the request has the code in it."""


def await_code(page: str, asked: dict[str, str], show: Callable[[str], None]) -> dict[str, str]:
    """Return what to exchange for tokens: `code`, `code_verifier` and `redirect_uri`.

    Args:
        page: the address of the page on which the person consents.
        asked: what the page is asked for: `client_id` and `scope`.
        show: is given the whole address, before the wait begins.

    Raises:
        SignInError: the person refused, or did not come back in time.
    """
    verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    with _Listener(state) as listener:
        redirect = f"http://127.0.0.1:{listener.server_port}"
        query = {
            **asked,
            "response_type": "code",
            "redirect_uri": redirect,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "access_type": "offline",
            "prompt": "consent",
        }
        show(f"{page}?{urlencode(query)}")
        ends = time.monotonic() + PATIENCE
        while not listener.came and (left := ends - time.monotonic()) > 0:
            listener.timeout = left
            listener.handle_request()
        came = listener.came
    if "code" not in came:
        raise SignInError(f"nobody signed in: {quoted(came.get('error', '')) or 'the time is over'}; try again")
    return {"code": came["code"], "code_verifier": verifier, "redirect_uri": redirect}
