"""A web hook told of a release, and the answers of hostile ones."""

from __future__ import annotations

import base64
import hmac
import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from channels.servers import free_port, raw_server, web_server
from machine import PATIENCE
from pressgen.channels.credentials import Secret
from pressgen.channels.webhook import Webhook, post_to_webhook

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler
    from socket import socket

    from pressgen.channels.outcome import DeliveryOutcome

NOW = datetime(2019, 5, 7, 23, 1, tzinfo=UTC)
SAID = {"release": "B-1", "headline": "Bont – newydd"}


def answering(status: int, body: bytes = b"", **more: str):  # noqa: ANN201 - a handler
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in more.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        with suppress(OSError):
            request.wfile.write(body)

    return answer


@pytest.mark.parametrize(
    ("secret", "key"), [("plain words", b"plain words"), ("whsec_AAEC", b"\0\1\2"), ("whsec_%", b"whsec_%")]
)
def test_what_is_said_is_signed_with_its_id_and_time(secret: str, key: bytes) -> None:
    with web_server(answering(204)) as heard:
        outcome = post_to_webhook(Webhook(heard.url, Secret(secret)), SAID, "key-1", NOW)

    ((headers, body),) = heard.posts
    signed = hmac.digest(key, b"key-1.1557270060." + body, "sha256")
    assert outcome.ok
    assert json.loads(body) == SAID
    assert headers["webhook-id"] == headers["idempotency-key"] == "key-1"
    assert headers["webhook-timestamp"] == "1557270060"
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(signed).decode()}"


def test_without_a_secret_nothing_is_signed() -> None:
    with web_server(answering(200)) as heard:
        post_to_webhook(Webhook(heard.url), SAID, "key-1", NOW)

    assert "webhook-signature" not in heard.posts[0][0]


@pytest.mark.parametrize(("status", "permanent"), [(400, True), (410, True), (429, False), (500, False), (503, False)])
def test_a_refusal_is_told_apart_from_one_to_try_again(status: int, permanent: bool) -> None:  # noqa: FBT001
    with web_server(answering(status, b"nein\n\x1b[31m")) as heard:
        outcome = post_to_webhook(Webhook(heard.url), SAID, "key-1", NOW)

    assert (outcome.ok, outcome.permanent) == (False, permanent)
    assert outcome.detail.endswith(f"answers {status} nein [31m")


def test_a_redirect_is_not_followed() -> None:
    with web_server(answering(200)) as other, web_server(answering(307, Location=other.url)) as heard:
        outcome = post_to_webhook(Webhook(heard.url, Secret("s")), SAID, "key-1", NOW)

    assert (outcome.ok, outcome.permanent, other.posts) == (False, True, [])
    assert "points elsewhere" in outcome.detail


def slowly(text: bytes, pause: float = 0.05):  # noqa: ANN201 - a talk
    def talk(caller: socket) -> None:
        while True:  # until the other end hangs up
            caller.sendall(text)
            time.sleep(pause)

    return talk


def hostile(talk: object, timeout: float = PATIENCE) -> DeliveryOutcome:
    with raw_server(talk) as url:  # type: ignore[arg-type]
        return post_to_webhook(Webhook(url, Secret("s"), timeout), SAID, "key-1", NOW)


def test_a_head_that_drips_for_ever_is_cut_off() -> None:
    outcome = hostile(slowly(b"H"), 0.5)

    assert (outcome.ok, outcome.permanent) == (False, False)
    assert "cannot be reached" in outcome.detail or "does not answer within 0.5 seconds" in outcome.detail


def test_a_body_that_drips_for_ever_is_cut_off() -> None:
    first = [b"HTTP/1.1 500 no\r\n\r\n"]

    def talk(caller: socket) -> None:
        caller.sendall(first.pop())
        slowly(b"x")(caller)

    outcome = hostile(talk, 0.5)

    assert not outcome.ok
    assert "does not answer within 0.5 seconds" in outcome.detail


def test_of_an_endless_answer_only_its_beginning_is_read() -> None:
    def talk(caller: socket) -> None:
        caller.sendall(b"HTTP/1.1 500 no\r\n\r\n")
        while True:
            caller.sendall(b"x" * 65536)

    outcome = hostile(talk)

    assert not outcome.ok
    assert len(outcome.detail) < 400
    assert outcome.detail.endswith("x…")


@pytest.mark.parametrize(
    "said",
    [b"", b"\0" * 500, b"HTTP/1.1 999999 no\r\n\r\n", b"HTTP/1.1 200 OK\r\nA: " + b"a" * 300_000, b"220 mail\r\n"],
)
def test_garbage_is_told_as_such(said: bytes) -> None:
    outcome = hostile(lambda caller: caller.sendall(said))

    assert (outcome.ok, outcome.permanent) == (False, False)
    assert "does not speak HTTP" in outcome.detail


def test_a_dead_host_is_told_as_one_to_try_again_and_the_path_is_kept_secret() -> None:
    outcome = post_to_webhook(Webhook(f"http://127.0.0.1:{free_port()}/hooks/T0KEN?key=K"), SAID, "key-1", NOW)

    assert (outcome.ok, outcome.permanent) == (False, False)
    assert "T0KEN" not in outcome.detail


def test_an_address_that_is_none_is_told() -> None:
    outcome = post_to_webhook(Webhook("http://[::1/x"), SAID, "key-1", NOW)

    assert (outcome.ok, outcome.permanent) == (False, True)
