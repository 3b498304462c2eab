"""Web hooks hear of corrections and withdrawals; what feeds know a release by never changes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import feedparser
import pytest

from actions.lifts import acts, due_in, owed, today
from channels.servers import web_server
from pressgen.actions.amend.correct import CorrectionRequest, correct_release
from pressgen.actions.amend.withdraw import withdraw_release
from pressgen.actions.approve.approve import approve_release
from pressgen.actions.approve.submit import submit_release
from pressgen.actions.distribute.message_sender import SendOptions
from pressgen.actions.publish.resync import sync_with_ledger
from pressgen.actions.workspace.office import open_ledger
from pressgen.errors import EnvironmentFailureError
from pressgen.model.event import Announced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from actions.room import Room

WATCH = SendOptions(clock=lambda: datetime.now(UTC), tell=lambda _: None)
YEAR = datetime.now(UTC).year


Posts = list[tuple[dict[str, str], bytes]]
Lifted = tuple["Room", Posts]


class Hook:
    """A web hook that answers as it is told to."""

    status = 200

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        request.send_response(self.status)
        request.end_headers()


@pytest.fixture
def hook() -> Hook:
    return Hook()


@pytest.fixture
def lifted(tmp_path: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lifted]:
    """A release that was lifted, and what its web hook has heard."""
    monkeypatch.setenv("WIRE_KEY", "secret")
    with web_server(hook) as heard:
        desk = today(tmp_path, hook=heard.url, at_lift="at_lift: [newsroom, wire]")
        due_in(desk, -1)
        with acts(desk) as (lifting, _):
            lifting.publish("B-1", 1)
            lifting.announce("B-1", 1, "wire")
        yield desk, heard.posts


def amend(desk: Room) -> None:
    """Correct the release."""
    file = desk.folder / "release.yaml"
    file.write_text(file.read_text().replace("£3.2 million", "£3.3 million"))
    submit_release(desk.workspace, desk.folder, "writer", datetime.now(UTC))
    approve_release(desk.workspace, desk.folder, "head", datetime.now(UTC))
    correct_release(desk.workspace, desk.folder, CorrectionRequest(), "head", WATCH)


def bodies(posts: Posts) -> list[dict[str, str]]:
    return [json.loads(body) for _, body in posts]


def test_a_web_hook_hears_of_correction_and_withdrawal_each_once_and_signed(
    lifted: Lifted,
) -> None:
    desk, posts = lifted
    amend(desk)
    withdraw_release(desk.workspace, desk.folder, "It is false.", "head", WATCH)
    withdraw_release(desk.workspace, desk.folder, "It is false.", "head", WATCH)
    with acts(desk) as (lifting, _):
        assert owed(lifting) == []

    said = bodies(posts)
    assert [each["event"] for each in said] == ["lifted", "corrected", "withdrawn"]
    assert (said[2]["reason"], "headline" in said[2]) == ("It is false.", False)
    assert len({each["webhook-id"] for each, _ in posts}) == 3
    assert all(each["webhook-signature"].startswith("v1,") for each, _ in posts)


@pytest.mark.parametrize("act", ["correct", "withdraw"])
def test_a_web_hook_that_does_not_answer_is_told_by_the_worker_under_the_same_key(
    lifted: Lifted, hook: Hook, act: str
) -> None:
    desk, posts = lifted
    hook.status = 503
    with pytest.raises(EnvironmentFailureError, match="wire: .* a worker tries again"):
        amend(desk) if act == "correct" else withdraw_release(desk.workspace, desk.folder, "False.", "head", WATCH)
    hook.status = 200
    with acts(desk) as (lifting, _):
        [due] = owed(lifting)
        assert lifting.publish(due.reference, due.revision) == ["wire"]
        lifting.announce(due.reference, due.revision, "wire")
        lifting.announce(due.reference, due.revision, "wire")
        assert owed(lifting) == []

    assert [each["event"] for each in bodies(posts)][1:] == [f"{act}ed" if act == "correct" else "withdrawn"] * 2
    assert posts[1][0]["webhook-id"] == posts[2][0]["webhook-id"]
    assert [each.outcome for each in desk.events if isinstance(each, Announced)] == ["ok", "ok"]


def test_nobody_is_sent_to_a_page_that_was_withdrawn_meanwhile(lifted: Lifted) -> None:
    desk, posts = lifted
    withdraw_release(desk.workspace, desk.folder, "It is false.", "head", WATCH)
    with acts(desk) as (lifting, _):
        lifting.announce("B-1", 1, "mail")

    assert [each["event"] for each in bodies(posts)] == ["lifted", "withdrawn"]


def ids(desk: Room) -> tuple[str, str, str, str, str]:
    """What feeds and wire forms know the newsroom and the release by."""
    public = desk.root / "public"
    feed = feedparser.parse((public / "feed.atom").read_bytes())
    [item] = json.loads((public / "feed.json").read_bytes())["items"]
    form = json.loads((public / f"{YEAR}" / "bridge" / "ninjs-3.json").read_bytes())
    newsml = (public / f"{YEAR}" / "bridge" / "newsml-g2.xml").read_text()
    return feed.feed.id, feed.entries[0].id, item["id"], form["uri"], newsml.partition('guid="')[2].partition('"')[0]


def move_newsroom(desk: Room) -> None:
    file = desk.root / "releases" / "pressgen.yaml"
    file.write_text(file.read_text().replace("https://news.example.org", "https://press.example.net/room"))


@pytest.mark.parametrize("age", ["new", "old"])
@pytest.mark.parametrize("folder", ["kept", "lost"])
def test_ids_stay_when_the_newsroom_moves(
    tmp_path: Path, age: str, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those of releases that were lifted before the ledger recorded the address."""
    desk = today(tmp_path)
    due_in(desk, -1)
    if age == "old":
        monkeypatch.setattr("pressgen.actions.publish.newsroom_folder.NewsroomFolder.newsroom_address", "")
    with acts(desk) as (lifting, _):
        lifting.publish("B-1", 1)
    monkeypatch.undo()
    was = ids(desk)
    if age == "old" and folder == "lost":
        with acts(desk):
            pass  # a worker of this version has seen it
    move_newsroom(desk)
    if folder == "lost":
        (desk.root / "public").rename(desk.root / "lost")
    sync_with_ledger(desk.workspace, datetime.now(UTC))

    assert ids(desk) == was
    assert "https://press.example.net/room/" in (desk.root / "public" / "feed.atom").read_text()
    assert was[1] == f"tag:news.example.org,{YEAR}:B-1"
    with open_ledger(desk.workspace) as ledger:
        assert ledger.verify() is None
