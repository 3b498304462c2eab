"""What a mail server would not take for the moment is sent later, once, by whatever worker runs."""

from __future__ import annotations

import socket
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from actions.room import LIFT, NOON, Room, room
from channels.servers import Postbox, mail_server
from pressgen.actions.amend import resend_deferred
from pressgen.actions.amend.move import MoveRequest, move_embargo
from pressgen.actions.amend.resend_deferred import Resender, run_worker_once
from pressgen.actions.amend.withdraw import withdraw_release
from pressgen.actions.distribute.issue import issue_release
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.distribute.reader_copies import CopyOptions
from pressgen.model.event import Sent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRESS = IssueRequest("national")
DESK = "desk@daily.example"
LATER = ["450 4.2.0 greylisted"]


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, postbox: Postbox) -> Room:
    return room(tmp_path, postbox.port)


def resender(desk: Room, lines: list[str]) -> Resender:
    return Resender(desk.workspace, lambda: desk.now, lines.append)


def to_desk(postbox: Postbox) -> list[str]:
    return [str(each["Subject"]) for each in postbox.mails if DESK in str(each["To"])]


def test_a_greylisted_reader_gets_it_some_minutes_later_and_once(desk: Room, postbox: Postbox) -> None:
    lines: list[str] = []
    postbox.answers[DESK] = LATER * 3
    issue_release(desk.workspace, desk.folder, IssueRequest("national", note="Dear all"), "head", desk.watch)
    waiting = resender(desk, lines)
    for minutes in (1, 6, 7, 30, 60):
        desk.now = NOON + timedelta(minutes=minutes)
        waiting.run()
        resender(desk, lines).run()  # a second worker

    assert len(to_desk(postbox)) == 1
    assert len(postbox.letters) == 2
    assert all("Dear all" in mail.get_body(("plain",)).get_content() for mail in postbox.mails)
    assert desk.standing.failures == 0
    assert lines == [f"{DESK}: mail, sent later: ok, accepted by 127.0.0.1"]


def test_a_refusal_for_good_is_not_tried_again(desk: Room, postbox: Postbox) -> None:
    lines: list[str] = []
    postbox.answers["news@agency.example"] = ["550 gone"]
    postbox.answers[DESK] = [*LATER * 3, "550 gone"]
    issue_release(desk.workspace, desk.folder, PRESS, "head", desk.watch)
    waiting = resender(desk, lines)
    for minutes in (6, 20, 60):
        desk.now = NOON + timedelta(minutes=minutes)
        waiting.run()

    assert postbox.letters == []
    assert [each.outcome for each in desk.events if isinstance(each, Sent)] == ["failed", "deferred", "failed"]


def test_a_greylisted_notice_reaches_its_reader_later(desk: Room, postbox: Postbox) -> None:
    issue_release(desk.workspace, desk.folder, PRESS, "head", desk.watch)
    postbox.answers[DESK] = LATER * 3
    move_embargo(
        desk.workspace, desk.folder, MoveRequest(to="2031-04-02 06:00", because="The boat is late"), "head", desk.watch
    )
    desk.now += timedelta(minutes=6)
    resender(desk, []).run()
    postbox.answers[DESK] = LATER * 3
    withdraw_release(desk.workspace, desk.folder, "The bridge is shut", "head", desk.watch)
    desk.now += timedelta(minutes=6)
    resender(desk, []).run()

    assert [each.partition(":")[0] for each in to_desk(postbox)] == [
        "EMBARGO 00", "ADVISORY 1, EMBARGO MOVED", "WITHDRAWN, DO NOT USE"
    ]  # fmt: skip
    assert len(postbox.letters) == 6


def test_a_marked_copy_that_was_deferred_is_a_marked_copy_later(desk: Room, postbox: Postbox) -> None:
    postbox.answers[DESK] = LATER * 3
    issue_release(desk.workspace, desk.folder, IssueRequest("national", CopyOptions(marked=True)), "head", desk.watch)
    desk.now += timedelta(minutes=6)
    resender(desk, []).run()

    sent = [each for each in desk.events if isinstance(each, Sent) and each.address == DESK]
    assert [each.outcome for each in sent] == ["deferred", "ok"]
    assert sent[1].detail.endswith("; marked")


def test_nothing_is_sent_later_than_the_embargo_allows(desk: Room, postbox: Postbox) -> None:
    lines: list[str] = []
    postbox.answers[DESK] = LATER * 3
    issue_release(desk.workspace, desk.folder, PRESS, "head", desk.watch)
    desk.now = LIFT
    resender(desk, lines).run()

    assert to_desk(postbox) == []
    assert "T13" in lines[0]


def test_a_ledger_that_is_away_does_not_end_the_resending(desk: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resend_deferred, "ROUND", 0.01)
    (desk.root / ".pressgen" / "ledger.sqlite").write_bytes(b"no ledger")
    stopped, lines = threading.Event(), list[str]()

    def tell(line: str) -> None:
        lines.append(line)
        stopped.set()

    Resender(desk.workspace, lambda: desk.now, tell).run_until(stopped)

    assert lines[0].startswith("cannot send deferred mails again: ")


def test_a_mailbox_that_is_slow_does_not_hold_a_timer_up(desk: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    file = desk.root / "releases" / "pressgen.yaml"
    monkeypatch.setenv("BOUNCE_WORD", "geheim")
    monkeypatch.setattr(resend_deferred, "FAREWELL", 0.0)
    monkeypatch.setattr(resend_deferred, "lift_due_releases", lambda *_: None)
    lines: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mailbox = (
            f"bounces: {{address: bounces+KEY@county.example, mailbox: {{host: 127.0.0.1, port:"
            f" {silent.getsockname()[1]}, security: none, user: bounces, password_env: BOUNCE_WORD}}}}\nat_issue:"
        )
        file.write_text(file.read_text().replace("at_issue:", mailbox))
        run_worker_once(desk.workspace, timedelta(), lines.append)

    assert lines == ["not all returned mails have been read; the next run reads the rest"]
