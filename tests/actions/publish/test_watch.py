"""The newsroom and the ledger, compared by the worker and by people; and an office's file that is at fault."""

from __future__ import annotations

import shutil
import socket
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING

import pytest

from actions.lifts import acts, due_in, newsroom, pressgen, today, worker
from channels.servers import mail_server
from postgres import wait_until
from pressgen.actions.approve.approve import approve_release
from pressgen.actions.approve.submit import submit_release
from pressgen.actions.publish import workspace_monitor
from pressgen.actions.publish.lift_worker import SLOTS, lift_due_releases, run_lift_worker
from pressgen.actions.publish.list_mailings import ListMailer
from pressgen.actions.publish.newsroom_folder import NewsroomFolder
from pressgen.actions.publish.office_snapshot import read_office_for_lifts
from pressgen.actions.publish.resync import migrate_sqlite_ledger, sync_with_ledger
from pressgen.actions.publish.scheduler_access import prepare_scheduler_database
from pressgen.actions.workspace.office import load_office, open_ledger
from pressgen.errors import EnvironmentFailureError, InputError, StateError, UsageError
from pressgen.model.event import Scheduled, Unscheduled
from pressgen.model.standing import State
from pressgen.scheduler.worker_lock import acquire_worker_lock

if TYPE_CHECKING:
    from pathlib import Path

    from actions.room import Room

YEAR = datetime.now(UTC).year
BROKEN = {
    "audience": ("audience: press", "audience: naemd"),
    "address": ("desk@daily.example", "desk at daily"),
    "role": ("[writer]", "[boss]"),
    "unknown field": ("lists:", "lsits:"),
}


@pytest.fixture
def public(tmp_path: Path) -> Room:
    """An office whose release is public."""
    desk = today(tmp_path)
    due_in(desk, -1)
    with acts(desk) as (lifting, _):
        lifting.publish("B-1", 1)
    return desk


def contents(desk: Room) -> dict[str, bytes]:
    return {name: (desk.root / "public" / name).read_bytes() for name in newsroom(desk)}


def spoil(desk: Room, how: str) -> None:
    page = desk.root / "public" / f"{YEAR}" / "bridge"
    match how:
        case "emptied":
            shutil.rmtree(page)
        case "one file gone":
            (page / "bridge.pdf").unlink()
        case "changed":
            (page / "ninjs-3.json").write_text("{}")
        case "left over":
            (page / "cy").mkdir()
            (page / "cy" / "index.html").write_text("Pont")
        case "index lost":
            (desk.root / "public" / "index.html").unlink()
        case "index changed":
            (desk.root / "public" / "feed.atom").write_text("<feed/>")


@pytest.mark.parametrize("remembered", ["looked at before", "never looked at"])
@pytest.mark.parametrize("how", ["emptied", "one file gone", "changed", "left over", "index lost", "index changed"])
def test_a_difference_is_found_and_the_worker_repairs_it(public: Room, how: str, remembered: str) -> None:
    was = contents(public)
    if remembered == "looked at before":
        with open_ledger(public.workspace) as ledger:
            assert workspace_monitor.compare_newsroom(public.workspace, ledger) == []
    spoil(public, how)

    found = pressgen(public, "due")
    with acts(public) as (lifting, told):
        lifting.check_workspace()

    assert found.returncode == 4
    assert "newsroom" in found.stderr
    assert contents(public) == was
    assert "the newsroom agrees with the ledger again" in told


def test_a_newsroom_that_is_right_is_not_spoken_of(public: Room) -> None:
    runs = [pressgen(public, command) for command in ("due", "status", "due")]

    assert [(run.returncode, "newsroom" in run.stderr) for run in runs] == [(0, False)] * 3


def test_what_a_killed_worker_showed_of_a_lift_that_was_taken_off_is_found_and_taken_away(public: Room) -> None:
    """The gravest: the ledger says that nobody may see it."""
    page = public.root / "public" / f"{YEAR}" / "secret"
    shutil.copytree(public.root / "public" / f"{YEAR}" / "bridge", page)
    (page / "bridge.pdf").rename(page / "secret.pdf")
    with open_ledger(public.workspace) as ledger:
        ledger.append(
            Unscheduled(revision=2, reason="No."), reference="S-1", slug="secret", actor="head", at=datetime.now(UTC)
        )

    status = pressgen(public, "status")
    with acts(public) as (lifting, told):
        lifting.check_workspace()

    assert status.returncode == 4
    assert "S-1: is not public, but the newsroom shows it" in status.stderr
    assert f"{YEAR}/secret/secret.pdf" not in newsroom(public)
    assert f"{YEAR}/secret/index.html" not in newsroom(public)
    assert any("S-1: is not public" in line for line in told)


def test_resync_repairs_by_hand(public: Room) -> None:
    was = contents(public)
    spoil(public, "emptied")

    assert pressgen(public, "engine", "resync").returncode == 0

    assert contents(public) == was
    assert pressgen(public, "due").returncode == 0


def break_office(desk: Room, old: str, new: str) -> None:
    file = desk.root / "releases" / "pressgen.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize("fault", BROKEN)
def test_a_fault_in_a_part_that_a_lift_does_not_need_stops_no_lift_and_the_desk_is_told(
    tmp_path: Path, fault: str
) -> None:
    with mail_server() as postbox:
        desk = today(tmp_path, postbox.port)
        due_in(desk, 3)
        break_office(desk, *BROKEN[fault])
        with worker(desk):
            wait_until(lambda: desk.standing.state is State.LIFTED)
            wait_until(lambda: len(postbox.mails) > 0)
        due = pressgen(desk, "due")

    assert "the office file or a list has problems" in postbox.mails[0]["Subject"]
    assert len({mail["To"] for mail in postbox.mails}) == len(postbox.mails)
    assert due.returncode == 4
    assert "releases/pressgen.yaml:" in due.stderr


@pytest.mark.parametrize("fault", ["half saved", "empty", "gone"])
def test_a_file_that_cannot_be_read_stops_no_lift_that_was_scheduled(tmp_path: Path, fault: str) -> None:
    desk = today(tmp_path)
    with acts(desk):
        pass  # a worker has run before
    file = desk.root / "releases" / "pressgen.yaml"
    text = file.read_text()
    due_in(desk, -1)
    if fault == "gone":
        file.unlink()
    else:
        file.write_text("" if fault == "empty" else text[: len(text) // 2] + ' "')

    with acts(desk) as (lifting, told):
        lifting.check_workspace()
        assert lifting.publish("B-1", 1) is not None

    assert desk.standing.state is State.LIFTED
    assert any("the last valid version" in line for line in told)
    assert (desk.root / ".pressgen" / "office.yaml").stat().st_mode & 0o077 == 0


def test_a_newsroom_that_cannot_be_read_and_was_never_read_lifts_nothing(tmp_path: Path) -> None:
    """No folder would be written, and the ledger would say public."""
    desk = today(tmp_path)
    break_office(desk, "kind: folder, path: public", "kind: floder, path: public")

    with pytest.raises(InputError, match="floder"), acts(desk):
        pass


def test_a_running_worker_says_that_the_file_is_at_fault(tmp_path: Path) -> None:
    desk = today(tmp_path)
    with acts(desk) as (lifting, told):
        lifting.check_workspace()
        before = list(told)
        break_office(desk, "lists:", "lists: [")
        lifting.check_workspace()

    assert before == []
    assert any("releases/pressgen.yaml is not valid" in line for line in told)


def test_a_fault_in_the_file_of_a_list_is_blamed_on_that_file(tmp_path: Path) -> None:
    desk = today(tmp_path)
    text = (desk.root / "releases" / "pressgen.yaml").read_text()
    first = text.index("    recipients:")
    last = text.index("  ministers:")
    break_office(desk, text[first:last], "    file: national.csv\n")
    (desk.root / "releases" / "national.csv").write_text("id,name,outlet,email\ndaily,Desk,Daily,nonsense\n")

    due, reading = pressgen(desk, "due"), read_office_for_lifts(desk.workspace)

    assert due.returncode == 4
    assert "releases/national.csv:2:" in due.stderr
    assert "correct releases/national.csv, at the places listed above" in due.stderr
    assert "engine resync" not in due.stderr
    assert "pressgen.yaml" not in due.stderr
    assert reading.lines()[0].startswith("releases/national.csv is not valid; lifts go on")


def test_a_newsroom_that_differs_is_not_blamed_on_the_office_file(public: Room) -> None:
    spoil(public, "changed")

    due = pressgen(public, "due")

    assert "to do it now: pressgen engine resync" in due.stderr
    assert "correct releases/" not in due.stderr


def test_a_broken_list_blocks_nobody_elses_submission_and_approval(tmp_path: Path) -> None:
    desk = today(tmp_path)
    break_office(desk, "audience: press", "audience: naemd")
    text = (desk.root / "releases" / "bridge" / "release.yaml").read_text()
    other = desk.root / "releases" / "ferry"
    other.mkdir()
    (other / "release.yaml").write_text(text.replace("B-1", "F-1"))

    now = datetime.now(UTC)
    submit_release(desk.workspace, other, "writer", now)
    approve_release(desk.workspace, other, "head", now)

    with open_ledger(desk.workspace) as ledger:
        standing = ledger.standing("F-1")
    assert standing is not None
    assert standing.state is State.APPROVED
    refused = pressgen(desk, "issue", "releases/bridge", "--list", "national", "--as", "head")
    assert refused.returncode == 1
    assert "naemd" in refused.stderr


def test_a_newsroom_that_cannot_be_repaired_is_mailed_to_the_office(tmp_path: Path) -> None:
    with mail_server() as postbox:
        desk = today(tmp_path, postbox.port)
        due_in(desk, -1)
        with acts(desk) as (lifting, _):
            lifting.publish("B-1", 1)
        page = desk.root / "public" / f"{YEAR}" / "bridge" / "index.html"
        page.unlink()
        page.mkdir()

        with acts(desk) as (lifting, _):
            lifting.check_workspace()

    assert "It could not be repaired: " in postbox.mails[0].get_body(("plain",)).get_content()


def test_a_newsroom_that_cannot_be_checked_is_told(public: Room) -> None:
    with acts(public) as (lifting, told):
        (public.root / ".pressgen" / "ledger.sqlite").write_bytes(b"no ledger")
        lifting.check_workspace()

    assert [line.partition(": ")[0] for line in told] == ["cannot check the newsroom"]


def test_a_worker_says_that_a_changed_office_file_is_valid(public: Room) -> None:
    with acts(public) as (lifting, told):
        lifting.check_workspace()
        break_office(public, "name: Press office", "name: The press office")
        lifting.check_workspace()

    assert "releases/pressgen.yaml has changed and is valid; start the worker again to use it" in told


def test_a_newsroom_that_cannot_be_repaired_is_told(public: Room) -> None:
    shutil.rmtree(public.root / "public")
    (public.root / "public").write_text("no folder")

    with acts(public) as (lifting, told):
        lifting.check_workspace()
    with pytest.raises(EnvironmentFailureError, match="the newsroom was not rebuilt: "):
        sync_with_ledger(public.workspace, datetime.now(UTC))

    assert any(line.startswith("not repaired: ") for line in told)


def test_a_ledger_needs_a_database_to_be_copied_to(public: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRESSGEN_DATABASE", raising=False)

    with pytest.raises(UsageError, match="PRESSGEN_DATABASE does not name a database to copy the ledger to; see: "):
        migrate_sqlite_ledger(public.root / ".pressgen" / "ledger.sqlite")


def test_a_worker_says_when_it_is_ready(public: Room) -> None:
    stopped, told = Event(), list[str]()
    stopped.set()

    run_lift_worker(public.workspace, "one", told.append, stopped)

    assert told[0] == "worker one: ready"


def test_a_failure_that_cannot_be_mailed_to_the_office_is_told(public: Room) -> None:
    with acts(public) as (lifting, told):
        lifting.issue_failed("B-1", 7, "no such list", final=True)
        lifting.failed("B-1", public.standing.revision, "wire", "502")

    assert told[0] == "B-1: the ordered issue failed: no such list"


def test_too_many_runs_of_the_timer_are_refused(public: Room) -> None:
    store = prepare_scheduler_database(public.workspace)
    locks = [acquire_worker_lock(store, f"{socket.gethostname()}-due-{number}") for number in range(1, SLOTS + 1)]

    with pytest.raises(StateError, match=f"{SLOTS} runs of pressgen lift overlap on this machine; find out what holds"):
        lift_due_releases(public.workspace, timedelta(), print)
    for lock in filter(None, locks):
        lock.release()


def test_a_list_of_an_office_without_a_mail_channel_gets_nothing(public: Room) -> None:
    break_office(public, "at_issue: [mail]", "at_issue: [early]")
    with open_ledger(public.workspace) as ledger:
        mailing = ListMailer(public.workspace, load_office(public.workspace), ledger, lambda: datetime.now(UTC))
        outcome = mailing.send_public(public.standing, "national")

    assert (outcome.permanent, outcome.detail) == (True, "the office has no mail channel for the list national")


def test_a_release_that_changes_all_the_time_is_left_to_a_resync(public: Room) -> None:
    def changing() -> datetime:
        now = datetime.now(UTC)
        with open_ledger(public.workspace) as other:
            event = Scheduled(revision=public.standing.revision + 1, lift_at=now)
            other.append(event, reference="B-1", slug="bridge", actor="head", at=now)
        return now

    with open_ledger(public.workspace) as ledger:
        newsroom_folder = NewsroomFolder(public.workspace, load_office(public.workspace), ledger)
        outcome = newsroom_folder.reconcile(["B-1"], changing)

    assert outcome.detail == "B-1 keeps changing while the newsroom is written; run: pressgen engine resync"
