"""Mails by Microsoft Graph, as far as its protocol goes: the very bytes, large ones by a draft, each fault one line."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from channels.cloud import Cloud, Reply, cloud, reply_graph, reply_json
from channels.servers import raw_server
from channels.test_letter import letter
from pressgen.channels.checked_mail import MailWriter
from pressgen.channels.credentials import Secret
from pressgen.channels.graph.send_mail import GraphSender
from pressgen.channels.graph.service import Mailbox365
from pressgen.channels.letter import Letter, Mailbox

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from pressgen.channels.outcome import DeliveryOutcome


@dataclass
class Tokens:
    """Tokens of a cloud."""

    cloud: Cloud
    refused: list[Secret] = field(default_factory=list)
    known: Secret | None = None

    def fetch_token(self, refused: Secret | None = None) -> Secret:
        """A token, and another one than the refused."""
        if refused:
            self.refused.append(refused)
        if refused or not self.known:
            self.known = Secret(self.cloud.new_token())
        return self.known


@pytest.fixture
def graph() -> Iterator[Cloud]:
    with cloud() as found:
        yield found


def mailbox(graph: Cloud, *, drafts: bool = False) -> Mailbox365:
    return Mailbox365(f"{graph.url}/v1.0", "press@county.example", Tokens(graph), drafts=drafts)


def send(graph: Cloud, *letters: Letter, drafts: bool = False) -> list[DeliveryOutcome]:
    with GraphSender(mailbox(graph, drafts=drafts)) as post:
        return [post.send(each) for each in letters]


def large(size: int = 4500) -> Letter:
    files = {"a.pdf": os.urandom(size), "b – é.docx": os.urandom(size // 5), "c.txt": b"words\n"}
    return letter(files=files, subject="Môr a’r £3m café", text="From here on.\n\nThe end.\n")


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousandth of the real limits, so that a test needs no large mails."""
    monkeypatch.setattr("pressgen.channels.graph.send_mail.WHOLE", 3000)
    monkeypatch.setattr("pressgen.channels.graph.send_mail.AT_ONCE", 2900)
    monkeypatch.setattr("pressgen.channels.graph.send_mail.PIECE", 3200)


def test_the_mail_that_arrives_has_the_bytes_that_were_read_back(graph: Cloud) -> None:
    one = letter(files={"a.pdf": b"%PDF"}, subject="£3m café opens")
    (outcome,) = send(graph, one)

    assert outcome.ok
    assert graph.sent == [MailWriter().write_checked(one)[1]]
    assert graph.asked[0].path.endswith("/users/press%40county.example/sendMail")
    assert graph.asked[0].headers["content-type"] == "text/plain"


def test_a_large_mail_is_refused_unless_the_office_wants_drafts(graph: Cloud) -> None:
    (outcome,) = send(graph, large(3_000_000))

    assert (outcome.word, outcome.blocked, graph.asked) == ("failed", False, [])
    assert "large: draft" in outcome.detail


def test_a_large_mail_is_read_back_before_it_is_sent(graph: Cloud) -> None:
    one = large(4_500_000)
    (outcome,) = send(graph, one, drafts=True)

    assert outcome.ok
    (sent,) = graph.sent
    read = message_from_bytes(sent, policy=default)
    assert read["Subject"] == one.subject
    assert {part.get_filename(): part.get_payload(decode=True) for part in read.iter_attachments()} == one.files
    assert read.get_body().get_content().replace("\r\n", "\n") == one.text
    assert [each.path.rpartition("/")[2] for each in graph.asked][-2:] == ["$value", "send"]
    assert graph.uploads  # the first file is too large for one request


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"The end.", b"The End.", "its text is different"),
        (b'filename="c.txt"', b'filename="d.txt"', "its files are called"),
        (b"Content-Type: text/plain", b"Content-Type: text/enriched", "it has the texts text/enriched"),
        (b"To: ", b"Cc: someone@else.example\r\nTo: ", "its Cc is different"),
        (b"Subject: ", b"Subject: FW: ", "its subject reads"),
    ],
)  # fmt: skip
def test_a_draft_that_reads_otherwise_is_deleted_and_not_sent(old: bytes, new: bytes, words: str, graph: Cloud) -> None:
    def change(made: bytes) -> bytes:
        assert old in made
        return made.replace(old, new)

    graph.change = change
    (outcome,) = send(graph, large(), drafts=True)

    assert (outcome.word, graph.sent, graph.drafts) == ("failed", [], {})
    assert words in outcome.detail


@pytest.mark.usefixtures("small_limits")
def test_a_file_with_another_byte_in_the_draft_is_found(graph: Cloud) -> None:
    def change(made: bytes) -> bytes:
        at = made.index(b"a.pdf") + 400
        return made[:at] + (b"A" if made[at : at + 1] != b"A" else b"B") + made[at + 1 :]

    graph.change = change
    (outcome,) = send(graph, large(), drafts=True)

    assert (outcome.word, graph.sent) == ("failed", [])
    assert "a file of it has changed" in outcome.detail


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("step", ["messages$", "attachments$", "createUploadSession", "/upload/", "value", "/send$"])
@pytest.mark.parametrize("status", [500, 503, 403])
def test_a_draft_that_cannot_be_finished_is_not_sent(step: str, status: int, graph: Cloud) -> None:
    graph.planned = [(step, reply_graph(status, "ErrorX", "no"))]
    (outcome,) = send(graph, large(), drafts=True)

    unsure = (step, status) == ("/send$", 500)  # it may be on its way

    assert not outcome.ok
    assert (outcome.unknown, graph.sent, len(graph.drafts)) == (unsure, [], unsure)


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize(
    ("step", "reply", "words"),
    [
        ("/upload/", (0, {}, b""), r"has a.pdf put to localhost:\d+, which cannot be reached, or does not speak HTTP"),
        ("messages$", reply_json(201), "does not say which draft it created"),
    ],
)
def test_a_service_that_breaks_off_a_draft_is_blamed_with_the_step(
    step: str, reply: Reply, words: str, graph: Cloud
) -> None:
    graph.always = {step: reply}
    (outcome,) = send(graph, large(), drafts=True)

    assert (outcome.word, graph.sent) == ("deferred", [])
    assert re.search(words, outcome.detail)


@pytest.mark.parametrize(
    ("reply", "word", "blocked", "words"),
    [
        (reply_graph(400, "ErrorInvalidRecipients", "no such"), "failed", False, "400 ErrorInvalidRecipients no such"),
        (reply_graph(403, "ErrorAccessDenied", "Access is denied."), "failed", True, "see the permissions"),
        (reply_graph(404, "ErrorInvalidUser", "unknown"), "failed", True, "ErrorInvalidUser"),
        (reply_graph(413, "", ""), "failed", False, "for its size"),
        (reply_graph(429, "ApplicationThrottled", "slow"), "deferred", True, "takes nothing at the moment"),
        (reply_graph(503, "", ""), "deferred", True, "takes nothing at the moment"),
        (reply_graph(500, "", ""), "unknown", False, "may have been sent"),
        (reply_graph(502, "", ""), "unknown", False, "may have been sent"),
        (reply_graph(504, "", ""), "unknown", False, "may have been sent"),
        ((302, {"Location": "http://elsewhere.example/"}, b""), "failed", False, "302"),
        ((400, {}, b"\x1b[2J\xff{[" * 100_000), "failed", False, "400"),
        ((202, {"Content-Length": "9"}, b""), "unknown", False, "may have arrived"),
        ((202, {}, b"x" * 3_000_000), "unknown", False, "may have arrived"),
        ((0, {}, b""), "unknown", False, "may have arrived"),
    ],
)
def test_a_refusal_is_one_line_and_says_whether_it_is_final(
    reply: Reply,
    word: str,
    blocked: bool,  # noqa: FBT001 - a parameter
    words: str,
    graph: Cloud,
) -> None:
    graph.planned = [("sendMail", reply)]
    (outcome,) = send(graph, letter())

    assert (outcome.word, outcome.blocked) == (word, blocked)
    assert words in outcome.detail
    assert outcome.detail.isprintable()
    assert len(outcome.detail) < 500
    assert len(graph.paths("sendMail")) == 1


def test_what_another_machine_asks_to_wait_is_kept(graph: Cloud) -> None:
    graph.planned = [("sendMail", reply_graph(429, "ApplicationThrottled", "slow", Retry_After="7"))]
    first, second = send(graph, letter(), letter(to=Mailbox("", "other@daily.example")))

    assert (first.word, first.wait, second.word) == ("deferred", 7.0, "deferred")
    assert 0 < second.wait <= 7
    assert len(graph.asked) == 1  # nothing is asked before its time
    assert "7 seconds" in first.detail


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "Mon, 30 Nov 2026 10:02:00 GMT", "Date": "Mon, 30 Nov 2026 10:00:00 GMT"}, 120),
        ({"Retry-After": "Mon, 30 Nov 2026 09:00:00 GMT", "Date": "Mon, 30 Nov 2026 10:00:00 GMT"}, 0),
        ({"Retry-After": "soon"}, 0),
        ({"Retry-After": "-5"}, 0),
        ({"Retry-After": "9" * 400}, 0),
        ({"Retry-After": "99999"}, 86400),
        ({}, 0),
    ],
)
def test_a_time_to_wait_is_understood_and_bounded(headers: dict[str, str], wait: float, graph: Cloud) -> None:
    graph.planned = [("sendMail", (503, {"Server": "x", **headers}, b""))]
    (outcome,) = send(graph, letter())

    assert (outcome.word, outcome.wait) == ("deferred", wait)


def test_a_token_that_was_revoked_is_renewed_once(graph: Cloud) -> None:
    whole = mailbox(graph)
    with GraphSender(whole) as post:
        assert post.send(letter()).ok
        graph.valid.clear()
        assert post.send(letter()).ok

    assert len(graph.sent) == 2
    assert len(whole.access.refused) == 1  # type: ignore[attr-defined]


def test_a_token_that_is_refused_twice_is_a_refusal_for_everybody(graph: Cloud) -> None:
    graph.always = {"sendMail": reply_graph(401, "InvalidAuthenticationToken", "no")}
    (outcome,) = send(graph, letter())

    assert (outcome.word, outcome.blocked, len(graph.asked)) == ("failed", True, 2)
    assert "access." not in outcome.detail


@pytest.mark.parametrize(
    ("endpoint", "word", "words"),
    [
        ("http://graph.example/v1.0", "failed", "its address is not https"),
        ("https://graph.invalid/v1.0", "deferred", "is not found"),
        ("http://127.0.0.1:1/v1.0", "deferred", "cannot be reached"),
    ],
)
def test_a_service_that_cannot_be_asked_is_told(endpoint: str, word: str, words: str, graph: Cloud) -> None:
    with GraphSender(Mailbox365(endpoint, "press@county.example", Tokens(graph))) as post:
        outcome = post.send(letter())

    assert (outcome.word, outcome.blocked) == (word, True)
    assert words in outcome.detail


def test_a_certificate_of_nobody_known_is_told(tmp_path, graph: Cloud) -> None:  # noqa: ANN001 - pytest's
    with cloud(tmp_path) as other, GraphSender(Mailbox365(f"{other.url}/v1.0", "a@b.example", Tokens(graph))) as post:
        outcome = post.send(letter())

    assert (outcome.word, outcome.blocked, other.asked) == ("failed", True, [])
    assert "certificate that is not trusted" in outcome.detail


def test_what_is_no_http_at_all_is_told(graph: Cloud) -> None:
    def talk(caller: socket.socket) -> None:
        caller.sendall(b"220 mail.example ESMTP\r\n")

    with (
        raw_server(talk) as url,
        GraphSender(Mailbox365(url.removesuffix("/hook"), "a@b.example", Tokens(graph))) as post,
    ):
        outcome = post.send(letter())

    assert outcome.word == "unknown"  # it was handed over all the same


def test_a_service_that_does_not_use_tls_is_told_by_its_address(graph: Cloud) -> None:
    plain = Mailbox365(f"{graph.url.replace('http:', 'https:')}/v1.0", "press@county.example", Tokens(graph))
    with GraphSender(plain) as post:
        outcome = post.send(letter())

    assert outcome.permanent
    assert "does not use TLS there; check its address" in outcome.detail
