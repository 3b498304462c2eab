"""A release is issued at its time of issue by the worker: as approved then, to each once, never after its embargo."""

from __future__ import annotations

import shutil
import signal
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from actions.lifts import pressgen, worker
from actions.room import OFFICE, RELEASE, Room, again, approved, room
from channels.servers import Postbox, mail_server
from postgres import wait_until
from pressgen.actions.amend.move import MoveRequest, move_embargo
from pressgen.actions.amend.withdraw import withdraw_release
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.distribute.reader_copies import CopyOptions
from pressgen.actions.publish.due import list_due_items
from pressgen.actions.publish.lift_handlers import WorkspaceHandlers
from pressgen.actions.publish.scheduled_issues import ScheduledIssueSender, cancel_scheduled_issue, schedule_issue
from pressgen.actions.status.format_status import format_status_report
from pressgen.actions.status.status import list_status_reports
from pressgen.actions.workspace.office import open_ledger
from pressgen.channels.credentials import Secret
from pressgen.errors import EnvironmentFailureError, StateError, UsageError
from pressgen.model.event import Issued, Lifted, Sent
from pressgen.model.issue_order import IssueOrderEnded
from pressgen.scheduler.handlers import PermanentFailureError, TemporaryFailureError
from waiting import before, in_time, soon
from wrong_clock import WrongClock, wrong_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

LONDON = ZoneInfo("Europe/London")
HOUR = datetime(2031, 4, 1, 16, 0, tzinfo=LONDON)
PRESS = IssueRequest("national")
TIMED = RELEASE.replace("  embargo:", "  issue: 2031-04-01 16:00\n  embargo:")


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, postbox: Postbox) -> Room:
    """A release whose issue at 16:00 is ordered."""
    made = room(tmp_path, postbox.port, release=TIMED)
    schedule_issue(made.workspace, made.folder, PRESS, "head", made.now)
    return made


def sends(desk: Room, at: datetime = HOUR) -> str:
    """What the worker does when it is woken for an hour."""
    with open_ledger(desk.workspace) as ledger:
        return ScheduledIssueSender(desk.workspace, ledger, lambda: desk.now).send(
            "B-1", 1, round(at.timestamp() * 1000)
        )


def ended(desk: Room) -> list[str]:
    return [each.ending for each in desk.events if isinstance(each, IssueOrderEnded)]


def test_at_its_hour_it_is_sent_once_in_the_workers_name(desk: Room, postbox: Postbox) -> None:
    desk.now = HOUR
    assert sends(desk) == "B-1: issued to national; 2 mails"
    assert sends(desk) == ""

    assert [mail["Subject"] for mail in postbox.mails] == ["EMBARGO 00:01 BST Wed 2 Apr: Bridge opens"] * 2
    assert (ended(desk), desk.standing.pending_issues) == (["sent"], ())
    with open_ledger(desk.workspace) as ledger:
        actors = {each.actor for each in ledger.entries("B-1") if isinstance(each.event, Issued | Sent)}
        assert ledger.verify() is None
    assert actors == {"worker"}


def test_before_its_hour_nothing_goes(desk: Room, postbox: Postbox) -> None:
    desk.now = HOUR - timedelta(seconds=1)
    with pytest.raises(TemporaryFailureError, match="before the time of issue"):
        sends(desk)
    assert postbox.letters == []


def test_what_a_server_does_not_take_is_tried_for_that_one_person(desk: Room, postbox: Postbox) -> None:
    desk.now = HOUR
    postbox.answers["desk@daily.example"] = ["451 later"]
    with pytest.raises(TemporaryFailureError, match="1 has not received it"):
        sends(desk)
    assert sends(desk) == "B-1: issued to national; 1 mail"
    assert len(postbox.letters) == 2


def test_an_order_that_was_taken_back_is_not_carried_out(desk: Room, postbox: Postbox) -> None:
    cancel_scheduled_issue(desk.workspace, desk.folder, "national", "head", "The list is wrong", desk.now)
    desk.now = HOUR
    assert (sends(desk), postbox.letters, ended(desk)) == ("", [], ["cancelled"])
    with pytest.raises(StateError, match="no issue of B-1 to “national” is ordered"):
        cancel_scheduled_issue(desk.workspace, desk.folder, "national", "head", "Again", desk.now)


def test_a_withdrawn_release_is_not_sent(desk: Room, postbox: Postbox) -> None:
    withdraw_release(desk.workspace, desk.folder, "It is wrong", "head", desk.watch)
    desk.now = HOUR
    assert (sends(desk), postbox.letters) == ("", [])


def test_the_version_approved_last_is_sent(desk: Room, postbox: Postbox) -> None:
    desk.edit("3.2 million", "4.2 million")
    again(desk.root, desk.now)
    desk.now = HOUR
    sends(desk)
    assert "£4.2" in postbox.mails[0].get_body().get_content()  # type: ignore[union-attr]


def test_another_approved_time_of_issue_counts(desk: Room, postbox: Postbox) -> None:
    desk.edit("issue: 2031-04-01 16:00", "issue: 2031-04-01 18:00")
    again(desk.root, desk.now)
    desk.now = HOUR
    assert (sends(desk), postbox.letters) == ("", [])
    later = HOUR + timedelta(hours=2)
    desk.now = later
    assert sends(desk, later) == "B-1: issued to national; 2 mails"


def test_what_is_not_approved_at_its_hour_is_not_sent(desk: Room, postbox: Postbox) -> None:
    from pressgen.actions.approve.submit import submit_release  # noqa: PLC0415 - only here

    desk.edit("3.2 million", "4.2 million")
    submit_release(desk.workspace, desk.folder, "writer", desk.now)
    desk.now = HOUR
    with pytest.raises(PermanentFailureError, match="B-1 is submitted"):
        sends(desk)
    assert postbox.letters == []


def test_what_lies_in_the_folder_unapproved_keeps_nothing_back(desk: Room, postbox: Postbox) -> None:
    desk.edit("3.2 million", "4.2 million")
    desk.now = HOUR
    sends(desk)
    assert "£3.2" in postbox.mails[0].get_body().get_content()  # type: ignore[union-attr]


def test_a_moved_embargo_is_the_one_that_is_told(desk: Room, postbox: Postbox) -> None:
    move_embargo(desk.workspace, desk.folder, MoveRequest(to="2031-04-03 00:01", because="Later"), "head", desk.watch)
    desk.now = HOUR
    sends(desk)
    assert postbox.mails[0]["Subject"] == "EMBARGO 00:01 BST Thu 3 Apr: Bridge opens"


@pytest.mark.parametrize("public", [False, True])
def test_once_the_embargo_has_ended_nothing_goes_and_a_person_decides(
    desk: Room, postbox: Postbox, *, public: bool
) -> None:
    desk.now = datetime(2031, 4, 2, 0, 1, tzinfo=LONDON)
    if public:
        with open_ledger(desk.workspace) as ledger:
            event = Lifted(revision=1, due=desk.now, actual=desk.now)
            ledger.append(event, reference="B-1", slug="bridge", actor="worker", at=desk.now)
    with pytest.raises(PermanentFailureError, match="T13 the embargo of B-1 ended at Wed 2 Apr 2031 00:01 BST"):
        sends(desk)
    assert postbox.letters == []


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ("  national:", "  journalists:", "“national” is not a list of the office"),
        ("at_issue: [mail]", "at_issue: []", "no channel to issue releases"),
    ],
)
def test_a_list_that_is_gone_is_told_and_nothing_goes(
    desk: Room, postbox: Postbox, was: str, now: str, why: str
) -> None:
    file = desk.root / "releases" / "pressgen.yaml"
    file.write_text(file.read_text().replace(was, now))
    desk.now = HOUR
    with pytest.raises(PermanentFailureError, match=why):
        sends(desk)
    assert postbox.letters == []


def test_an_audience_that_shrank_keeps_it_from_the_press(desk: Room, postbox: Postbox) -> None:
    desk.edit("reference: B-1\n", "reference: B-1\naudience: named\n")
    again(desk.root, desk.now)
    desk.now = HOUR
    with pytest.raises(PermanentFailureError, match="may be sent to named people only"):
        sends(desk)
    assert postbox.letters == []


def test_what_cannot_be_ordered_is_refused_and_says_why(tmp_path: Path, desk: Room) -> None:
    with pytest.raises(StateError, match="is already ordered"):
        schedule_issue(desk.workspace, desk.folder, PRESS, "head", desk.now)
    with pytest.raises(StateError, match="writer may not order an issue"):
        schedule_issue(desk.workspace, desk.folder, PRESS, "writer", desk.now)
    with pytest.raises(StateError, match="has passed; to issue it now"):
        schedule_issue(desk.workspace, desk.folder, IssueRequest("ministers"), "head", HOUR)
    untimed = room(tmp_path / "untimed", 1)
    with pytest.raises(StateError, match="has no time of issue"):
        schedule_issue(untimed.workspace, untimed.folder, PRESS, "head", untimed.now)
    with pytest.raises(UsageError, match="is not a list of the office"):
        schedule_issue(desk.workspace, desk.folder, IssueRequest("nobody"), "head", desk.now)


def test_marked_copies_and_a_note_go_as_they_were_ordered(tmp_path: Path, postbox: Postbox) -> None:
    desk = room(tmp_path, postbox.port, release=TIMED)
    order = IssueRequest("national", CopyOptions(marked=True), note="Call us")
    schedule_issue(desk.workspace, desk.folder, order, "head", desk.now)
    desk.now = HOUR
    sends(desk)
    body = postbox.mails[0].get_body().get_content()  # type: ignore[union-attr]
    assert "Call us" in body
    assert "Copy " in body


def test_due_shows_what_is_ordered_then_that_it_is_overdue(desk: Room) -> None:
    day = timedelta(days=1)
    (ordered, _) = list_due_items(desk.workspace, desk.now, day)
    assert (ordered.how, ordered.late, ordered.at, ordered.detail) == ("issue ordered", False, HOUR, "to national")
    (overdue, _) = list_due_items(desk.workspace, HOUR + timedelta(minutes=1), day)
    assert (overdue.how, overdue.late) == ("issue overdue", True)


SPRING = ("2031-03-31 00:01", "2031-03-30 02:30", datetime(2031, 3, 30, 1, 30, tzinfo=UTC))
AUTUMN = ("2031-10-27 00:01", "2031-10-26 02:30", datetime(2031, 10, 26, 2, 30, tzinfo=UTC))


def ordered(folder: Path, postbox: Postbox, embargo: str, issue: str, hour: datetime) -> Room:
    """An issue that is ordered for the night in which clocks change."""
    release = TIMED.replace("2031-04-02 00:01", embargo).replace("2031-04-01 16:00", issue)
    root = approved(release, OFFICE.replace("2525", str(postbox.port)), hour - timedelta(hours=20))
    desk = Room(Path(shutil.copytree(root, folder)), now=hour - timedelta(hours=10))
    standing = schedule_issue(desk.workspace, desk.folder, PRESS, "head", desk.now)
    assert standing.issue_at == hour
    return desk


@pytest.mark.parametrize("night", [SPRING, AUTUMN])
def test_on_the_night_of_a_clock_change_it_is_the_wall_time_that_counts(
    tmp_path: Path, postbox: Postbox, night: tuple[str, str, datetime]
) -> None:
    desk = ordered(tmp_path / "office", postbox, *night)
    desk.now = night[2]
    assert sends(desk, night[2]) == "B-1: issued to national; 2 mails"


@contextmanager
def waiting_worker(desk: Room, hour: datetime, span: float) -> Iterator[tuple[WrongClock, int, datetime]]:
    """A worker by whose clock it is so many seconds before the hour: its clock, how wrong that is, when the hour is."""
    clock = wrong_clock(desk.root)
    wrong = round((hour - soon(span)).total_seconds())
    clock.set(wrong)
    with worker(desk, **clock.environment) as process:
        assert process.stdout
        assert "ready" in process.stdout.readline()
        yield clock, wrong, hour - timedelta(seconds=wrong)


def test_a_clock_that_jumps_ahead_an_hour_sends_nothing_early(tmp_path: Path, postbox: Postbox) -> None:
    def trial(span: float) -> None:
        desk = ordered(tmp_path / f"office-{span}", postbox, *SPRING)
        with waiting_worker(desk, SPRING[2], span) as (clock, wrong, at):
            clock.set(wrong + 3600)
            before(at)
            wait_until(lambda: bool(postbox.letters))
            assert datetime.now(UTC) >= at
            wait_until(lambda: ended(desk) == ["sent"])
        assert len(postbox.letters) == 2

    in_time(trial)


def test_a_clock_that_is_set_back_an_hour_sends_nothing_until_it_is_right(tmp_path: Path, postbox: Postbox) -> None:
    def trial(span: float) -> None:
        desk = ordered(tmp_path / f"office-{span}", postbox, *AUTUMN)
        with waiting_worker(desk, AUTUMN[2], span) as (clock, wrong, at):
            clock.set(wrong - 3600)
            before(at)
            wait_until(lambda: datetime.now(UTC) > at + timedelta(seconds=2))
            assert postbox.letters == []
            clock.set(wrong)
            wait_until(lambda: ended(desk) == ["sent"])
        assert len(postbox.letters) == 2

    in_time(trial)


def test_two_workers_one_of_them_killed_send_it_once(tmp_path: Path, desk: Room, postbox: Postbox) -> None:
    clock = wrong_clock(tmp_path)
    clock.set(round((HOUR - timedelta(seconds=20) - datetime.now(UTC)).total_seconds()))
    with (
        worker(desk, "--id", "one", **clock.environment) as first,
        worker(desk, "--id", "two", **clock.environment),
    ):
        wait_until(lambda: bool(postbox.letters))
        first.send_signal(signal.SIGKILL)
        wait_until(lambda: not desk.standing.pending_issues)
    told = pressgen(desk, "engine", "status", **clock.environment)

    to = [str(mail["To"].addresses[0].addr_spec) for mail in postbox.mails]
    in_doubt = [each.address for each in desk.events if isinstance(each, Sent) and each.outcome == "unknown"]
    assert len(to) == len(set(to))
    assert set(to) | set(in_doubt) == {"desk@daily.example", "news@agency.example"}
    assert ended(desk) == ["sent"]
    assert "failed" not in told.stdout


def test_status_shows_what_is_ordered_and_that_its_time_is_gone(desk: Room) -> None:
    def shown() -> list[str]:
        (report,) = list_status_reports(desk.workspace, [desk.folder], desk.now)
        return [line for line, _ in format_status_report(report)]

    before = shown()
    desk.edit("  issue: 2031-04-01 16:00\n", "")
    again(desk.root, desk.now)

    assert "  a worker will issue it to national at Tue 1 Apr 2031 16:00 BST, ordered by head" in before
    assert "  a worker will issue it to national at no time of issue now, ordered by head" in shown()


def test_an_order_that_the_scheduler_cannot_take_is_recorded_and_told(tmp_path: Path) -> None:
    desk = room(tmp_path, 1, release=TIMED)
    (desk.root / ".pressgen" / "engine.sqlite").mkdir(parents=True)

    with pytest.raises(
        EnvironmentFailureError, match="it is recorded, but the scheduler does not know it yet: .*resync"
    ):
        schedule_issue(desk.workspace, desk.folder, PRESS, "head", desk.now)

    assert [each.list for each in desk.standing.pending_issues] == ["national"]


def test_an_order_of_locked_copies_is_refused(tmp_path: Path) -> None:
    desk = room(tmp_path, 25, release=TIMED)
    locked = IssueRequest("national", CopyOptions(marked=True, password=Secret("geheim")))

    with pytest.raises(UsageError, match="pressgen does not store passwords: issue locked copies by hand at the time"):
        schedule_issue(desk.workspace, desk.folder, locked, "head", desk.now)


def test_the_office_is_told_of_an_order_that_reached_not_everybody(desk: Room, postbox: Postbox) -> None:
    handlers = WorkspaceHandlers(desk.workspace, print)
    try:
        handlers.issue_failed("B-1", 1, "no such list", final=False)
    finally:
        handlers.close()

    assert {each["Subject"] for each in postbox.mails} == {"Failed: B-1, the ordered issue did not reach everybody"}


def test_an_order_without_a_time_of_issue_any_more_is_told_and_not_sent(desk: Room, postbox: Postbox) -> None:
    desk.edit("  issue: 2031-04-01 16:00\n", "")
    again(desk.root, desk.now)
    desk.now = HOUR

    with pytest.raises(PermanentFailureError, match="B-1 no longer has a time of issue"):
        sends(desk)
    assert [each.detail for each in list_due_items(desk.workspace, desk.now, timedelta(0)) if "issue" in each.how] == [
        "to national, although its time of issue was removed"
    ]
    assert postbox.letters == []
