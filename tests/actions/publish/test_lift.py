"""The lift over a real ledger and a real newsroom: at its hour, once, and not a byte before."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from actions.lifts import ALL, acts, copies, due_in, newsroom, owed, pressgen, today, worker
from actions.room import EPOCH, Room, again, room
from benchmarks.many import office
from channels.servers import Postbox, free_port, mail_server, web_server
from machine import PATIENCE, lack
from postgres import Cluster, cluster, wait_until
from pressgen.actions.publish import lift_worker
from pressgen.actions.publish.resync import sync_with_ledger
from pressgen.actions.publish.schedule import schedule_lift, unschedule_lift
from pressgen.actions.publish.scheduler_access import open_scheduler_client
from pressgen.actions.workspace.office import open_ledger
from pressgen.errors import EnvironmentFailureError, StateError
from pressgen.model.event import Announced, Lifted, LiftFailed, Sent, Unscheduled
from pressgen.model.standing import Standing, State
from pressgen.scheduler.client import JobState
from pressgen.scheduler.handlers import PermanentFailureError, TemporaryFailureError
from waiting import before, in_time

TO = ["Home desk <desk@daily.example>", "News desk <news@agency.example>"]


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as found:
        yield found


def wait_for(lifting_at: datetime | None) -> None:
    assert lifting_at is not None
    wait_until(lambda: datetime.now(UTC) >= lifting_at)


def hour_of(standing: Standing) -> datetime:
    assert standing.lift_at is not None
    return standing.lift_at


def test_not_a_byte_is_in_the_newsroom_before_the_hour_and_the_whole_release_after_it(tmp_path: Path) -> None:
    desk = today(tmp_path)
    due_in(desk, 3600)
    with acts(desk) as (lifting, told):
        lifting.prepare("B-1", 1)
        assert newsroom(desk) == set()
        with pytest.raises(TemporaryFailureError, match="before the time of the lift"):
            lifting.publish("B-1", 1)
        assert newsroom(desk) == set()
        due_in(desk, 0)
        lifting.publish("B-1", 2)

    year = datetime.now(UTC).year
    names = ("index.html", "bridge.pdf", "bridge.docx", "ninjs-2.json", "ninjs-3.json", "newsml-g2.xml")
    listings = {"index.html", f"{year}/index.html", "feed.atom", "feed.json", "sitemap.xml"}
    assert newsroom(desk) == {f"{year}/bridge/{name}" for name in names} | listings
    assert desk.standing.state is State.LIFTED
    assert "B-1: public" in told[0]


def test_what_is_prepared_is_for_the_office_alone_and_is_cleared_away(tmp_path: Path) -> None:
    desk = today(tmp_path)
    due_in(desk, 30)
    aside = desk.root / ".pressgen" / "aside"
    with acts(desk) as (lifting, _):
        lifting.prepare("B-1", 1)
        assert len(list(aside.iterdir())) == 1
        assert aside.stat().st_mode & 0o077 == 0

    assert list(aside.iterdir()) == []


def test_what_a_killed_worker_prepared_is_taken_away_when_the_next_begins_however_near_the_hour(tmp_path: Path) -> None:
    desk = today(tmp_path)
    due_in(desk, 5)
    with acts(desk) as (lifting, _):
        lifting.prepare("B-1", 1)
        living = next((desk.root / ".pressgen" / "aside").iterdir())
        dead = living.with_name(f"{living.name}d")  # of the same machine, and nobody holds its lock
        shutil.copytree(living, dead)

        with acts(desk):
            assert living.exists()
            assert not dead.exists()


def test_a_lift_prepared_and_one_that_is_not_publish_the_same_bytes(tmp_path: Path) -> None:
    one, other = today(tmp_path / "one"), today(tmp_path / "other")
    for desk, prepared in ((one, True), (other, False)):
        standing = due_in(desk, 2)
        with acts(desk) as (lifting, _):
            if prepared:
                lifting.prepare("B-1", 1)
            wait_for(standing.lift_at)
            lifting.publish("B-1", 1)

    year = str(datetime.now(UTC).year)
    for name in ("bridge.pdf", "bridge.docx"):
        files = [each.root / "public" / year / "bridge" / name for each in (one, other)]
        assert files[0].read_bytes() == files[1].read_bytes()


def test_a_late_lift_is_made_at_once_and_records_both_times(tmp_path: Path) -> None:
    desk = today(tmp_path)
    due_in(desk, -3600)
    with acts(desk) as (lifting, _):
        lifting.publish("B-1", 1)

    (lifted,) = [each for each in desk.events if isinstance(each, Lifted)]
    assert lifted.actual - lifted.due >= timedelta(hours=1)


def test_a_lift_that_is_made_twice_is_recorded_once(tmp_path: Path) -> None:
    desk = today(tmp_path)
    due_in(desk, -1)
    with acts(desk) as (lifting, _):
        lifting.publish("B-1", 1)
        before = {name: (desk.root / "public" / name).read_bytes() for name in newsroom(desk)}
        lifting.publish("B-1", 1)

    assert [type(each) for each in desk.events].count(Lifted) == 1
    assert {name: (desk.root / "public" / name).read_bytes() for name in newsroom(desk)} == before


def test_a_lift_taken_off_in_its_last_second_is_not_made(tmp_path: Path) -> None:
    def trial(span: float) -> None:
        desk = today(tmp_path / f"{span:.0f}")
        standing = due_in(desk, span)
        with acts(desk) as (lifting, _):
            lifting.prepare("B-1", 1)
            unschedule_lift(desk.workspace, desk.folder, "head", "A figure is wrong", datetime.now(UTC))
            before(hour_of(standing))
            wait_for(standing.lift_at)

            assert lifting.publish("B-1", 1) is None

        assert newsroom(desk) == set()
        assert isinstance(desk.events[-1], Unscheduled)

    in_time(trial)


def test_everybody_who_has_it_is_told_once_each_by_a_mail_of_his_own(tmp_path: Path, postbox: Postbox) -> None:
    desk = today(tmp_path, postbox.port, at_lift="at_lift: [newsroom, mail]")
    copies(desk)
    due_in(desk, -1)
    with acts(desk) as (lifting, _):
        assert lifting.publish("B-1", 1) == ["mail"]
        lifting.announce("B-1", 1, "mail")
        lifting.announce("B-1", 1, "mail")

    assert sorted(str(mail["To"]) for mail in postbox.mails) == TO
    text = postbox.mails[0].get_body(("plain",)).get_content()
    assert f"https://news.example.org/{datetime.now(UTC).year}/bridge/" in text
    assert "The bridge opened after works that cost £3.2 million." in " ".join(text.split())
    assert [each.channel for each in desk.events if isinstance(each, Announced)] == ["mail"]
    assert sorted(mail["In-Reply-To"] for mail in postbox.mails) == ["<agency@example.org>", "<daily@example.org>"]
    assert all(mail["References"] == mail["In-Reply-To"] for mail in postbox.mails)
    page = postbox.mails[0].get_body(("html",)).get_content()
    assert "The bridge opened after works" in page
    assert f'<a href="https://news.example.org/{datetime.now(UTC).year}/bridge/">' in page


def test_a_mail_that_failed_is_tried_for_that_one_person_alone(tmp_path: Path, postbox: Postbox) -> None:
    desk = today(tmp_path, postbox.port, at_lift="at_lift: [newsroom, mail]")
    copies(desk)
    due_in(desk, -1)
    postbox.answers["desk@daily.example"] = ["451 later", "451 later"]
    with acts(desk) as (lifting, _):
        lifting.publish("B-1", 1)
        for _ in range(2):
            with pytest.raises(TemporaryFailureError, match="1 not told"):
                lifting.announce("B-1", 1, "mail")
        lifting.announce("B-1", 1, "mail")

    assert sorted(str(mail["To"]) for mail in postbox.mails) == TO
    tried = [each for each in desk.events if isinstance(each, Sent) and each.address == "desk@daily.example"]
    assert [each.outcome for each in tried] == ["ok", "deferred", "ok"]


def test_a_web_hook_is_told_where_it_stands_under_a_key_that_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIRE_KEY", "secret")
    answers = iter([503, 200])
    with web_server(lambda request: (request.send_response(next(answers)), request.end_headers())) as heard:
        desk = today(tmp_path, hook=heard.url, at_lift="at_lift: [newsroom, wire]")
        due_in(desk, -1)
        with acts(desk) as (lifting, _):
            lifting.publish("B-1", 1)
            with pytest.raises(TemporaryFailureError):
                lifting.announce("B-1", 1, "wire")
            lifting.announce("B-1", 1, "wire")

    (first, body), (second, again) = heard.posts
    assert first["idempotency-key"] == second["idempotency-key"]
    assert body == again
    assert json.loads(body)["address"] == f"https://news.example.org/{datetime.now(UTC).year}/bridge/"


def test_a_failure_is_recorded_and_mailed_to_the_desk(tmp_path: Path, postbox: Postbox) -> None:
    desk = today(tmp_path, postbox.port)
    due_in(desk, -1)
    with acts(desk) as (lifting, _):
        lifting.failed("B-1", 1, "", "the disk is full; make room")

    assert desk.standing.state is State.FAILED
    assert isinstance(desk.events[-1], LiftFailed)
    told = {mail["To"].addresses[0].addr_spec for mail in postbox.mails}
    assert told == {"head@example.org", "press@example.org"}
    assert "the disk is full; make room" in postbox.mails[0].get_body(("plain",)).get_content()


def test_a_failure_of_a_schedule_that_is_no_more_changes_nothing(tmp_path: Path) -> None:
    desk = today(tmp_path)
    due_in(desk, 3600)
    due_in(desk, 7200)
    with acts(desk) as (lifting, _):
        lifting.failed("B-1", 1, "", "too late")

    assert (desk.standing.state, desk.standing.revision) == (State.APPROVED, 2)


def test_a_lift_that_failed_is_still_made_when_its_cause_is_gone(tmp_path: Path) -> None:
    desk = today(tmp_path)
    due_in(desk, -1)
    (desk.root / "public").write_text("a file in the way")
    with acts(desk) as (lifting, _):
        with pytest.raises(TemporaryFailureError):
            lifting.publish("B-1", 1)
        lifting.failed("B-1", 1, "", "obstructed")
        (desk.root / "public").unlink()
        lifting.publish("B-1", 1)

    assert desk.standing.state is State.LIFTED
    assert desk.standing.failures == 0


def test_an_approved_file_that_was_changed_in_the_ledger_is_never_published(tmp_path: Path) -> None:
    desk = today(tmp_path)
    due_in(desk, -1)
    with sqlite3.connect(desk.root / ".pressgen" / "ledger.sqlite") as connection:
        connection.execute("UPDATE pressgen_kept SET content = CAST(content || x'00' AS BLOB)")
    connection.close()
    with acts(desk) as (lifting, _), pytest.raises(PermanentFailureError, match="was changed in the ledger"):
        lifting.publish("B-1", 1)

    assert newsroom(desk) == set()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", folder], check=False).returncode:
        lack("this machine mounts no small disk for a test")
    yield folder
    subprocess.run(["umount", folder], check=True)


def fill(folder: Path) -> Path:
    """Use up the room of a disk, but for what a few bytes need."""
    file = folder / "filling"
    with file.open("wb", buffering=0) as filling:
        while room_left := os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize:
            filling.write(b"." * min(room_left, 1 << 16))
    return file


def test_a_full_disk_leaves_everything_as_it_was_and_the_lift_is_made_when_there_is_room(small: Path) -> None:
    desk = today(small)
    due_in(desk, -1)
    with acts(desk) as (lifting, _):
        lifting.due(datetime.now(UTC))
        filling = fill(small)
        with pytest.raises((TemporaryFailureError, EnvironmentFailureError), match="make room"):
            lifting.publish("B-1", 1)
        assert not any(name.endswith((".pdf", ".html")) for name in newsroom(desk))
        lifting.failed("B-1", 1, "", "the disk is full; make room")
        filling.unlink()
        lifting.publish("B-1", 1)

    assert desk.standing.state is State.LIFTED
    assert f"{datetime.now(UTC).year}/bridge/bridge.pdf" in newsroom(desk)
    with open_ledger(desk.workspace) as ledger:
        assert ledger.verify() is None


def test_a_disk_that_is_read_only_is_said_and_the_lift_is_made_when_it_is_not(small: Path) -> None:
    desk = today(small)
    due_in(desk, -1)
    subprocess.run(["mount", "-o", "remount,ro", small], check=True)
    try:
        refused = pressgen(desk, "lift", "--due", "--horizon", "1s")
    finally:
        subprocess.run(["mount", "-o", "remount,rw", small], check=True)

    assert refused.returncode == 3
    assert "Read-only file system; let the user who runs pressgen write there" in refused.stderr
    assert newsroom(desk) == set()
    assert pressgen(desk, "lift", "--due", "--horizon", "1s").returncode == 0
    assert desk.standing.state is State.LIFTED


def test_a_link_in_the_newsroom_keeps_the_lift_out(tmp_path: Path) -> None:
    desk = today(tmp_path)
    due_in(desk, -1)
    (tmp_path / "elsewhere").mkdir()
    (desk.root / "public").mkdir()
    (desk.root / "public" / str(datetime.now(UTC).year)).symlink_to(tmp_path / "elsewhere")
    with acts(desk) as (lifting, _), pytest.raises(TemporaryFailureError, match="symbolic link"):
        lifting.publish("B-1", 1)

    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert desk.standing.state is State.APPROVED


def test_what_is_owed_is_every_lift_to_come_and_every_channel_that_heard_nothing(
    tmp_path: Path, postbox: Postbox
) -> None:
    desk = today(tmp_path, postbox.port, at_lift="at_lift: [newsroom, mail]")
    due_in(desk, 3600)
    with acts(desk) as (lifting, _):
        assert owed(lifting) == []
        due_in(desk, -1)
        assert [each.revision for each in owed(lifting)] == [2]
        lifting.publish("B-1", 2)
        assert [each.revision for each in owed(lifting)] == [2]
        lifting.announce("B-1", 2, "mail")
        assert owed(lifting) == []


def test_only_what_is_approved_and_unchanged_can_be_scheduled(tmp_path: Path) -> None:
    desk = room(tmp_path, 1)
    desk.edit("3.2 million", "3.3 million")
    with pytest.raises(StateError, match="has changed since it was approved"):
        schedule_lift(desk.workspace, desk.folder, "head", desk.now)
    desk.edit("3.3 million", "3.2 million")
    with pytest.raises(StateError, match="writer may not schedule a lift"):
        schedule_lift(desk.workspace, desk.folder, "writer", desk.now)

    standing = schedule_lift(desk.workspace, desk.folder, "head", desk.now)

    assert standing.lift_at == datetime(2031, 4, 1, 23, 1, tzinfo=UTC)
    with pytest.raises(
        StateError,
        match=r"is scheduled for Wed 2 Apr 2031 00:01 BST; to change the time:"
        r" pressgen move",
    ):
        schedule_lift(desk.workspace, desk.folder, "head", desk.now)


def test_what_is_for_immediate_release_is_not_scheduled_but_lifted_by_hand(tmp_path: Path) -> None:
    desk = today(tmp_path)
    with pytest.raises(StateError, match="pressgen lift bridge"):
        schedule_lift(desk.workspace, desk.folder, "head", datetime.now(UTC))

    lifted = pressgen(desk, "lift", "bridge", "--as", "head")

    assert lifted.returncode == 0, lifted.stderr
    assert "B-1 was published on" in lifted.stdout
    assert desk.standing.state is State.LIFTED


def test_a_lift_by_hand_before_the_hour_is_refused(tmp_path: Path) -> None:
    refused = pressgen(room(tmp_path, 1), "lift", "bridge", "--as", "head")

    assert refused.returncode == 4
    assert "is under embargo until Wed 2 Apr 2031 00:01 BST" in refused.stderr


def test_a_timer_lifts_what_is_due_and_what_falls_due_while_it_waits(tmp_path: Path, postbox: Postbox) -> None:
    desk = today(tmp_path, postbox.port, at_lift="at_lift: [newsroom, mail]")
    copies(desk)
    standing = due_in(desk, 8)

    run = pressgen(desk, "lift", "--due", "--horizon", "20s")

    assert run.returncode == 0, run.stderr
    assert desk.standing.lifted_at is not None
    assert standing.lift_at is not None
    assert desk.standing.lifted_at >= standing.lift_at
    assert len(postbox.mails) == 2


HURRIED = """\
import sys
from datetime import timedelta
from pressgen.actions.publish import lift_worker
lift_worker.PATIENCE = timedelta(seconds=1)
from pressgen.cli.app import main
main(sys.argv[1:], prog_name="pressgen")
"""


def test_a_timer_does_not_end_while_another_lift_is_ahead() -> None:
    """A systemd timer begins no run while another goes on; the limit of this one's is shortly before the second."""
    with office("sqlite") as many:
        now = datetime.now(UTC)
        references = many.approve([now + timedelta(seconds=10), now + timedelta(seconds=24)])
        command = [sys.executable, "-c", HURRIED, "lift", "--due", "--horizon", "14s", "--workspace", many.root]

        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)

        assert run.returncode == 0, run.stderr
        assert [many.lifts(each) for each in references] == [1, 1]
        assert not any(map(many.early, references))


def test_a_timer_leaves_what_falls_due_later(tmp_path: Path) -> None:
    desk = today(tmp_path)
    due_in(desk, 600)

    assert pressgen(desk, "lift", "--due", "--horizon", "1s").returncode == 0
    assert newsroom(desk) == set()


@pytest.fixture(scope="module")
def postgres() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest) -> dict[str, str]:
    if request.param == "sqlite":
        return {}
    return {"PRESSGEN_DATABASE": request.getfixturevalue("postgres").new_database()}


def test_a_dead_mail_server_holds_neither_the_lift_nor_the_web_hook_up(tmp_path: Path) -> None:
    with web_server(lambda request: (request.send_response(200), request.end_headers())) as heard:
        desk = today(tmp_path, free_port(), heard.url, ALL)
        copies(desk)
        due_in(desk, 4)
        with worker(desk, WIRE_KEY="secret"):
            wait_until(lambda: len(heard.posts) == 1)

    assert desk.standing.state is State.LIFTED


def test_a_killed_worker_comes_back_and_goes_on(tmp_path: Path) -> None:
    def trial(span: float) -> None:
        desk = today(tmp_path / f"{span:.0f}")
        with worker(desk) as process:
            wait_until_prepared(desk, process, span)
            process.kill()
        with worker(desk):
            wait_until(lambda: desk.standing.state is State.LIFTED)

        assert f"{datetime.now(UTC).year}/bridge/index.html" in newsroom(desk)

    in_time(trial)


def wait_until_prepared(desk: Room, process: subprocess.Popen[str], span: float) -> None:
    """Give a worker that is ready a lift in so many seconds, and wait until it has prepared it.

    Raises:
        TooLateError: its hour came first.
    """
    assert process.stdout
    assert "ready" in process.stdout.readline()
    hour, aside = hour_of(due_in(desk, span)), desk.root / ".pressgen" / "aside"
    wait_until(lambda: (aside.exists() and any(aside.iterdir())) or datetime.now(UTC) >= hour)
    before(hour)


def test_two_workers_lift_once_over_either_database(
    tmp_path: Path, postbox: Postbox, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    desk = today(tmp_path, postbox.port, at_lift="at_lift: [newsroom, mail]")
    if environment:
        move_ledger(desk)
    copies(desk)
    due_in(desk, 6)
    with worker(desk, "--id", "one"), worker(desk, "--id", "two"):
        wait_until(lambda: len(postbox.mails) == 2)
        wait_until(lambda: desk.standing.failures == 0 and isinstance(desk.events[-1], Announced))

    assert [type(each) for each in desk.events].count(Lifted) == 1
    assert len(postbox.mails) == 2


def move_ledger(desk: Room) -> None:
    """Approve the release again, in the database that the environment names now."""
    again(desk.root, EPOCH)


def test_a_second_worker_of_the_same_name_is_refused(tmp_path: Path) -> None:
    desk = today(tmp_path)
    with worker(desk, "--id", "one") as first:
        assert first.stdout is not None
        assert "ready" in first.stdout.readline()

        second = pressgen(desk, "worker", "--id", "one")

    assert second.returncode == 4
    assert "is already running" in second.stderr


def test_a_worker_that_is_asked_to_end_does(tmp_path: Path) -> None:
    def trial(span: float) -> None:
        desk = today(tmp_path / f"{span:.0f}")
        with worker(desk) as process:
            wait_until_prepared(desk, process, span)
            process.terminate()

            assert process.wait(PATIENCE) == 0

    in_time(trial)


def test_what_the_engine_lost_is_given_back_to_it_with_the_newsroom(tmp_path: Path) -> None:
    desk = today(tmp_path)
    due_in(desk, -1)
    with acts(desk) as (lifting, _):
        lifting.publish("B-1", 1)
    pages = {name: (desk.root / "public" / name).read_bytes() for name in newsroom(desk)}
    for file in (desk.root / ".pressgen").glob("engine.sqlite*"):
        file.unlink()
    for name in pages:
        (desk.root / "public" / name).unlink()

    found = sync_with_ledger(desk.workspace, datetime.now(UTC))

    assert (found.owed, found.public) == (0, 1)
    assert {name: (desk.root / "public" / name).read_bytes() for name in newsroom(desk)} == pages


def test_a_lift_that_is_owed_is_given_back_to_an_engine_that_lost_it(tmp_path: Path) -> None:
    desk = today(tmp_path)
    due_in(desk, 3600, waken=False)

    assert [each.reference for each in sync_with_ledger(desk.workspace, datetime.now(UTC)).missing] == ["B-1"]

    with open_scheduler_client(desk.workspace) as held:
        assert [(job.reference, job.state) for job in held.status()] == [("B-1", JobState.WAITING)]


def test_an_office_moves_to_postgresql_with_its_ledger_and_its_lifts(
    tmp_path: Path, postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = today(tmp_path)
    due_in(desk, 3600)
    before = desk.events
    database = postgres.new_database()
    file = str(desk.root / ".pressgen" / "ledger.sqlite")
    moved = pressgen(desk, "engine", "resync", "--from", file, PRESSGEN_DATABASE=database)
    again = pressgen(desk, "engine", "resync", "--from", file, PRESSGEN_DATABASE=database)

    assert moved.returncode == 0, moved.stderr
    assert "B-1 will be lifted at" in moved.stdout
    assert again.returncode == 4
    monkeypatch.setenv("PRESSGEN_DATABASE", database)
    assert desk.events == before


def test_a_ledger_is_carried_over_to_a_named_database_only(tmp_path: Path) -> None:
    desk = today(tmp_path)

    refused = pressgen(desk, "engine", "resync", "--from", str(desk.root / ".pressgen" / "ledger.sqlite"))

    assert refused.returncode == 2
    assert "PRESSGEN_DATABASE does not name a database" in refused.stderr


def test_an_office_restored_from_a_backup_lifts_what_it_owes(tmp_path: Path) -> None:
    """As the manual tells it: the ledger put back, the engine's record taken away, resync."""
    desk = today(tmp_path)
    due_in(desk, 2)
    state = desk.root / ".pressgen"
    with sqlite3.connect(state / "ledger.sqlite") as ledger, sqlite3.connect(tmp_path / "backup.sqlite") as backup:
        ledger.backup(backup)
    ledger.close()
    backup.close()
    for file in state.glob("*.sqlite*"):
        file.unlink()
    (tmp_path / "backup.sqlite").rename(state / "ledger.sqlite")

    assert pressgen(desk, "history", "--verify").returncode == 0
    assert "B-1 will be lifted at" in pressgen(desk, "engine", "resync").stdout
    assert pressgen(desk, "lift", "--due", "--horizon", "10s").returncode == 0
    assert desk.standing.state is State.LIFTED


def test_the_engine_knows_no_word_of_a_release(tmp_path: Path) -> None:
    desk = today(tmp_path)
    due_in(desk, 3600)

    for file in (desk.root / ".pressgen").glob("engine.sqlite*"):
        assert b"Bridge" not in file.read_bytes()
        assert b"3.2 million" not in file.read_bytes()


def test_what_is_due_is_listed_and_what_is_overdue_ends_with_4(tmp_path: Path) -> None:
    desk = today(tmp_path)
    due_in(desk, 3600)
    idle = pressgen(desk, "due", "--within", "1s")
    calm = pressgen(desk, "due")
    due_in(desk, -60, waken=False)
    late = pressgen(desk, "due")

    assert (idle.returncode, idle.stdout) == (0, "")
    assert idle.stderr.startswith("Nothing is due or overdue")
    assert (calm.returncode, late.returncode) == (0, 4)
    assert "B-1  releases/bridge  scheduled" in calm.stdout
    assert "B-1  releases/bridge  overdue" in late.stdout
    assert "overdue: B-1" in late.stderr


def test_what_nobody_scheduled_is_listed_when_its_hour_comes(tmp_path: Path) -> None:
    desk = room(tmp_path, 1)

    found = json.loads(pressgen(desk, "due", "--within", "9999d", "--format", "json").stdout)

    assert [(each["reference"], each["how"], each["late"]) for each in found] == [("B-1", "not scheduled", False)]


def test_the_database_is_left_as_its_owner_has_it(tmp_path: Path) -> None:
    desk = today(tmp_path)
    due_in(desk, 3600)

    modes = {file.name: file.stat().st_mode & 0o077 for file in (desk.root / ".pressgen").iterdir()}

    assert not any(modes.values()), modes
    with open_ledger(desk.workspace) as ledger:
        assert ledger.verify() is None


def test_a_channel_that_was_not_told_is_mailed_to_the_office(tmp_path: Path, postbox: Postbox) -> None:
    desk = today(tmp_path, postbox.port)
    due_in(desk, -1)
    with acts(desk) as (lifting, _):
        lifting.failed("B-1", 1, "wire", "502 Bad Gateway")

    assert postbox.mails[0]["Subject"] == "Failed: B-1, channel “wire” was not told"


def test_a_lift_that_did_not_succeed_says_why_and_who_tries_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = today(tmp_path)
    due_in(desk, -1)
    monkeypatch.setattr(lift_worker, "_run_until_done", lambda *_: None)  # as after its patience
    with acts(desk) as (lifting, _):
        lifting.failed("B-1", 1, "", "the disk is full")

    with pytest.raises(StateError) as refusal:
        lift_worker.lift_scheduled_release(desk.workspace, desk.standing, print)

    assert str(refusal.value) == (
        "B-1 is not public yet: the disk is full; a running worker tries again: pressgen worker"
    )
