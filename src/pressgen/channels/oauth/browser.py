"""Let a person consent in a browser (RFC 8252, RFC 7636).

The browser then returns to a port of this machine.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from pressgen.channels.oauth.tokens import SignInError
from pressgen.channels.outcome import clean_reply

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE: Final = 600.0
"""Seconds to wait for the person."""
BACK: Final = b"You can close this page and go back to pressgen.\n"


class _RedirectServer(HTTPServer):
    """A server for the one request in which the browser returns."""

    def __init__(self, state: str) -> None:
        super().__init__(("127.0.0.1", 0), _RedirectHandler)
        self.state, self.came = state, dict[str, str]()

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore a browser that hangs up."""


class _RedirectHandler(BaseHTTPRequestHandler):
    timeout = 10.0
    server: _RedirectServer

    def do_GET(self) -> None:
        """Accept the browser's answer if it is to our own question."""
        given = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        known = secrets.compare_digest(given.get("state", "").encode(), self.server.state.encode())
        if known:
            self.server.came = given
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(BACK if known else b"Nobody waits for this.\n")

    def log_message(self, *_: object) -> None:
        """Print nothing, because the request contains the code."""


def await_code(page: str, asked: dict[str, str], show: Callable[[str], None]) -> dict[str, str]:
    """Wait for the authorisation code that the browser brings back.

    Return what to exchange for tokens: `code`, `code_verifier` and `redirect_uri`.

    Args:
        page: the address of the page on which the person consents.
        asked: the parameters of the page: `client_id` and `scope`.
        show: is given the whole address, before the wait begins.

    Raises:
        SignInError: the person refused, or did not come back in time.
    """
    verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    with _RedirectServer(state) as listener:
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
        raise SignInError(
            f"nobody signed in: {clean_reply(came.get('error', '')) or 'the time to sign in is over'}; try again"
        )
    return {"code": came["code"], "code_verifier": verifier, "redirect_uri": redirect}
