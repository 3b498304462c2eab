"""Mail servers that answer late, break off, lie and flood: each fault is one line, and nothing goes twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from channels.scripted import BODY, DROP, GREETING, HALF_CLOSE, HANG, POLITE, Script, scripted_server
from channels.test_letter import letter
from pressgen.channels.credentials import Secret
from pressgen.channels.letter import Mailbox
from pressgen.channels.outcome import DeliveryOutcome
from pressgen.channels.smtp import MailServer, SmtpSender
from pressgen.channels.smtp_session import SmtpTimeouts

PATIENT = SmtpTimeouts(connect=30, command=30, block=30, taken=30, farewell=0.2)
SHORT = replace(PATIENT, command=0.3, taken=0.3)


def send(script: Script, mails: int = 1, waits: SmtpTimeouts = PATIENT, **more: object) -> list[DeliveryOutcome]:
    """Hand in so many mails, each to somebody else."""
    with scripted_server(script), SmtpSender(MailServer("127.0.0.1", script.port, "none", waits=waits, **more)) as post:  # type: ignore[arg-type]
        return [post.send(letter(to=Mailbox("", f"reader{each}@daily.example"))) for each in range(mails)]


@pytest.mark.parametrize("answer", [HANG, DROP, HALF_CLOSE, "999 what\r\n", "nonsense\r\n", "250-never ends\r\n"])
def test_a_lost_answer_to_the_whole_mail_is_unknown_and_not_sent_again(answer: str) -> None:
    script = Script({BODY: [answer]})
    waits = SHORT if answer in {HANG, "250-never ends\r\n"} else PATIENT
    lost, next_ = send(script, 2, replace(waits, command=30))

    assert (lost.ok, lost.unknown, lost.word) == (False, True, "unknown")
    assert "it may have arrived" in lost.detail
    assert next_.ok
    assert len(script.bodies) == 2


@pytest.mark.parametrize("command", [GREETING, "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("answer", [HANG, DROP, HALF_CLOSE, "nonsense\r\n"])
def test_a_session_that_breaks_before_the_mail_is_over_may_be_tried_later(command: str, answer: str) -> None:
    script = Script(always={command: answer})
    (broken,) = send(script, waits=SHORT if answer == HANG else PATIENT)

    assert (broken.word, broken.blocked) == ("deferred", True)
    assert "\n" not in broken.detail
    assert script.bodies == []


@pytest.mark.parametrize(
    ("command", "answer"),
    [*((each, end) for each in ("MAIL", "RCPT", "DATA") for end in ("421 many\r\n", DROP)), (BODY, "421 many\r\n")],
)
def test_a_session_that_ends_after_some_mails_is_begun_anew_at_once(command: str, answer: str) -> None:
    script = Script({command: [POLITE[command], POLITE[command], answer]})
    outcomes = send(script, 4)

    assert [each.word for each in outcomes] == ["ok"] * 4
    assert script.sessions() == 2
    assert len(script.bodies) == 4 + (command == BODY)


def test_a_server_that_hangs_up_after_each_mail_gets_them_all() -> None:
    script = Script({"MAIL": [POLITE["MAIL"]]}, always={"MAIL": DROP})
    script.answers["MAIL"] = [POLITE["MAIL"], DROP] * 4

    assert [each.word for each in send(script, 4)] == ["ok"] * 4


@pytest.mark.parametrize(("command", "words"), [("RCPT", "refuses the address"), (BODY, "refuses the mail")])
@pytest.mark.parametrize(("code", "word"), [(450, "deferred"), (451, "deferred"), (550, "failed"), (554, "failed")])
def test_a_refused_mail_leaves_the_next_alone(command: str, words: str, code: int, word: str) -> None:
    script = Script({command: [f"{code} 5.7.1 no thanks\r\n"]})
    refused, next_ = send(script, 2)

    assert (refused.word, refused.blocked) == (word, False)
    assert f"{words}: {code} 5.7.1 no thanks" in refused.detail
    assert "again" not in refused.detail
    assert next_.ok
    assert script.sessions() == 1


@pytest.mark.parametrize(
    ("code", "word", "words"),
    [
        (550, "failed", "refuses the sender"),
        (451, "deferred", "refuses the sender"),
        (530, "failed", "requires a log-in"),
    ],
)
def test_a_refused_sender_is_the_same_for_everybody(code: int, word: str, words: str) -> None:
    (refused,) = send(Script({"MAIL": [f"{code} not you\r\n"]}))

    assert (refused.word, refused.blocked) == (word, True)
    assert f"{words}: {code} not you" in refused.detail


def test_a_server_that_ends_each_session_at_once_is_quoted() -> None:
    (refused,) = send(Script(always={"MAIL": "421 too busy\r\n"}))

    assert (refused.word, refused.blocked) == ("deferred", True)
    assert "ends the session: 421 too busy" in refused.detail


def test_a_server_that_speaks_unasked_within_a_mail_has_not_taken_it() -> None:
    (refused,) = send(Script(always={"DATA": "354 go on\r\n250 taken already\r\n"}))

    assert (refused.word, refused.blocked) == ("deferred", True)
    assert "it broke off while the mail was handed over" in refused.detail


def test_a_mail_that_is_larger_than_the_server_says_is_not_begun() -> None:
    script = Script({"EHLO": ["250-mail.example\r\n250 SIZE 200\r\n"]})
    (refused,) = send(script)

    assert refused.word == "failed"
    assert "takes up to 0.0 MB" in refused.detail
    assert "MAIL" not in script.heard


def test_a_mail_that_is_refused_for_its_size_says_its_size() -> None:
    (refused,) = send(Script({BODY: ["552 5.3.4 message too big\r\n"]}))

    assert refused.word == "failed"
    assert "refuses the mail, which has 0.0 MB: 552 5.3.4 message too big" in refused.detail


def test_a_server_that_refuses_in_the_middle_of_a_mail_is_understood() -> None:
    script = Script({"DATA": ["354 go on\r\n552 5.3.4 enough\r\n"]})
    (refused,) = send(script)

    assert refused.word == "failed"
    assert "552 5.3.4 enough" in refused.detail
    assert script.bodies == []


@pytest.mark.parametrize("extra", ["250 and also\r\n", "354 go on\r\n"])
def test_an_answer_too_many_is_not_taken_for_the_next(extra: str) -> None:
    """A yes to the recipient, read as the yes to the mail, would be a mail that nobody has."""
    (broken,) = send(Script(always={"MAIL": POLITE["MAIL"] + extra}))

    assert broken.word == "deferred"


@pytest.mark.parametrize("answer", ["500 no\r\n", DROP, HANG])
def test_a_server_that_cannot_reset_gets_the_next_mail_in_a_new_session(answer: str) -> None:
    script = Script({"RCPT": ["550 no\r\n"], "RSET": [answer]})
    refused, next_ = send(script, 2, replace(PATIENT, command=0.5) if answer == HANG else PATIENT)

    assert (refused.word, next_.word) == ("failed", "ok")
    assert script.sessions() == 2


@pytest.mark.parametrize(
    "flood", [b"2" * 3_000_000, b"220-" + b"x" * 3_000_000, b"220-more\r\n" * 300_000], ids=["digits", "line", "lines"]
)
@pytest.mark.parametrize("command", [GREETING, "EHLO", "RCPT"])
def test_an_answer_without_an_end_is_left(command: str, flood: bytes) -> None:
    (broken,) = send(Script(always={command: flood}))

    assert broken.word == "deferred"
    assert len(broken.detail) < 500


def test_words_of_a_server_are_one_line_without_what_a_terminal_obeys() -> None:
    (refused,) = send(Script({"RCPT": ["550-\x1b[2Jgone\r\n550 \x07\xff\u202eaway\r\n"]}))

    assert refused.detail.isprintable()


def test_a_letter_beyond_ascii_in_an_address_is_refused_where_the_server_takes_none() -> None:
    script = Script()
    with scripted_server(script), SmtpSender(MailServer("127.0.0.1", script.port, "none", waits=PATIENT)) as post:
        refused = post.send(letter(to=Mailbox("Zoë", "zoë@daily.example")))
        next_ = post.send(letter())

    assert (refused.word, next_.word) == ("failed", "ok")
    assert "does not accept addresses beyond ASCII (SMTPUTF8)" in refused.detail


def test_a_password_beyond_ascii_is_not_told() -> None:
    script = Script({"EHLO": ["250-mail.example\r\n250 AUTH PLAIN\r\n"]})
    (refused,) = send(script, user="press", password=Secret("geheimé"))

    assert (refused.word, refused.blocked) == ("failed", True)
    assert "é" not in refused.detail


def test_a_name_that_nobody_has_is_told() -> None:
    with SmtpSender(MailServer("mail.invalid", 25, "none", waits=PATIENT)) as post:
        outcome = post.send(letter())

    assert (outcome.word, outcome.blocked) == ("deferred", True)
    assert "no address is known under that name" in outcome.detail


def test_a_server_without_tls_on_its_port_is_told() -> None:
    script = Script()
    with scripted_server(script), SmtpSender(MailServer("127.0.0.1", script.port, "tls", waits=PATIENT)) as post:
        outcome = post.send(letter())

    assert (outcome.word, outcome.blocked) == ("failed", True)
    assert "does not use TLS there" in outcome.detail


def test_an_answer_that_is_neither_yes_nor_no_leaves_the_mail_unknown() -> None:
    (lost,) = send(Script({BODY: ["354 go on\r\n"]}))

    assert lost.word == "unknown"


def test_a_server_that_takes_no_password_is_told() -> None:
    (refused,) = send(Script(), user="press", password=Secret("geheim"))

    assert (refused.word, refused.blocked) == ("failed", True)
    assert "offers no log-in with a password; see the channel's port, security and user" in refused.detail
