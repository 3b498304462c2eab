"""The grid of a workspace: from the ledger, from files, day by day."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from ledger.happening import LIFT, NOON, version
from pressgen.actions.status.grid import DayRange, GridRow, list_grid_rows, select_rows_in_range
from pressgen.actions.workspace.office import open_ledger
from pressgen.cli.app import main
from pressgen.cli.progress import show_progress
from pressgen.model.event import Approved, Issued, Lifted, Scheduled, Submitted, Withdrawn
from pressgen.model.issue_order import IssueOrdered, IssueOrderEnded

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Event, Version

DAY = timedelta(days=1)


def record(
    workspace: Workspace, *events: Event, reference: str = "B-1", slug: str = "bridge", at: datetime = NOON
) -> None:
    """Let things happen to a release."""
    with open_ledger(workspace) as ledger:
        for event in events:
            ledger.append(event, reference=reference, slug=slug, actor="reed", at=at)


def signed(made: Version | None = None) -> list[Event]:
    """It was submitted and approved."""
    told = made or version()
    return [Submitted(version=told), Approved(version=told.digest)]


def only(workspace: Workspace, now: datetime = NOON) -> GridRow:
    """The one row of the grid."""
    [row] = list_grid_rows(workspace, now, show_progress)
    return row


def said(row: GridRow) -> list[str]:
    return [each.text for each in row.oddities]


def times(row: GridRow) -> dict[str, datetime]:
    return {what: local.astimezone(UTC) for what, local in row.line.times}


def test_a_release_that_nobody_submitted_is_read_from_its_file(office: Workspace) -> None:
    row = only(office)

    assert (row.line.state, row.line.reference, row.line.headline) == ("draft", "B-1", "Bridge opens")
    assert times(row) == {"embargo": datetime(2019, 5, 7, 23, 1, tzinfo=UTC)}
    assert not row.line.overdue


def test_what_was_signed_counts_not_what_the_file_says_since(office: Workspace) -> None:
    record(office, *signed())

    row = only(office)

    assert row.line.state == "approved"
    assert times(row) == {"embargo": LIFT}


def test_a_scheduled_release_is_overdue_half_a_minute_after_its_hour(office: Workspace) -> None:
    record(office, *signed(), Scheduled(revision=1, lift_at=LIFT))

    assert only(office).line.state == "scheduled"
    assert not only(office, LIFT + timedelta(seconds=30)).line.overdue
    late = only(office, LIFT + timedelta(seconds=31))
    assert late.line.overdue
    assert "overdue" in said(late)


def test_a_release_that_nobody_scheduled_is_overdue_at_its_hour(office: Workspace) -> None:
    record(office, *signed())

    assert not only(office, LIFT - timedelta(seconds=1)).line.overdue
    assert only(office, LIFT).line.overdue


def test_a_release_that_was_not_issued_in_time_is_overdue(office: Workspace) -> None:
    made = replace(version(), issue=NOON + DAY / 4)
    record(office, *signed(made))
    assert only(office, NOON + DAY / 4).line.overdue

    record(office, Issued(version=made.digest, list="national", channels=("mail",)))

    assert not only(office, NOON + DAY / 4).line.overdue


@pytest.mark.parametrize(
    "end", [Lifted(revision=1, due=LIFT, actual=LIFT), Withdrawn(revision=2, reason="It was wrong.")]
)
def test_what_is_over_is_never_overdue(office: Workspace, end: Event) -> None:
    record(office, *signed(), Scheduled(revision=1, lift_at=LIFT))
    record(office, end, at=LIFT)

    assert not only(office, LIFT + DAY).line.overdue


def test_the_sequence_grows_with_every_submission_and_every_schedule(office: Workspace) -> None:
    seen = [only(office).line.sequence]
    for happened in (signed(), [Scheduled(revision=1, lift_at=LIFT)], [Scheduled(revision=2, lift_at=LIFT + DAY)]):
        record(office, *happened)
        seen.append(only(office).line.sequence)

    assert seen == sorted(set(seen))


def test_a_file_that_cannot_be_read_has_a_line_that_says_why(office: Workspace) -> None:
    (office.root / "releases" / "bridge" / "release.yaml").write_text("headline: [")

    row = only(office)

    assert row.line.state == "faulty"
    assert said(row)[0].startswith("releases/bridge/release.yaml:1:")


def test_bank_holidays_are_those_of_the_house(office: Workspace) -> None:
    (office.root / "templates" / "inspectorate" / "house.yaml").write_text("style:\n  country: GB-ENG\n")
    file = office.root / "releases" / "bridge" / "release.yaml"
    file.write_text(file.read_text().replace("2019-05-08 00:01", "2031-04-14 00:01"))

    assert "embargo on a bank holiday (Easter Monday)" in said(only(office))


def test_rows_within_days_are_by_the_local_clock_and_what_is_overdue_always_shows(office: Workspace) -> None:
    """23:01 UTC on 1 April is one minute past midnight on 2 April in London."""
    record(office, *signed())
    rows = list_grid_rows(office, NOON, show_progress)

    assert select_rows_in_range(rows, DayRange(date(2031, 4, 2), date(2031, 4, 2), NOON)) == rows
    assert select_rows_in_range(rows, DayRange(date(2031, 4, 3), None, NOON)) == []
    assert select_rows_in_range(rows, DayRange(date.min, date(2031, 4, 1), NOON)) == []
    late = list_grid_rows(office, LIFT + DAY, show_progress)
    assert select_rows_in_range(late, DayRange(date(2040, 1, 1), None, LIFT)) == late


@pytest.mark.parametrize("machine", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_today_is_that_of_the_release_whatever_the_machine_thinks(
    machine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 23:30 on 1 April in London it is 2 April in Kiritimati."""
    monkeypatch.setenv("TZ", machine)
    time.tzset()
    london = ZoneInfo("Europe/London")
    days = DayRange(None, None, datetime(2031, 4, 1, 22, 30, tzinfo=UTC))

    assert days.hold(datetime(2031, 4, 1, 0, 1, tzinfo=london))
    assert not days.hold(datetime(2031, 3, 31, 23, 59, tzinfo=london))
    monkeypatch.undo()
    time.tzset()


def run(workspace: Workspace, *arguments: str) -> Any:  # noqa: ANN401 - click's result
    return CliRunner().invoke(main, ["grid", "--workspace", str(workspace.root), *arguments])


def test_the_grid_is_printed_by_day(office: Workspace) -> None:
    record(office, *signed(), Scheduled(revision=1, lift_at=LIFT), reference="B-2", slug="other")

    shown = run(office, "--from", "2019-01-01").output

    assert shown == (
        "Wednesday 8 May 2019\n"
        "  00:01 BST   lift    draft      bridge  Bridge opens\n"
        "Wednesday 2 April 2031\n"
        "  00:01 BST   lift    scheduled  other   Bridge opens\n"
    )


def test_a_draft_has_its_headline_as_printed(office: Workspace) -> None:
    file = office.root / "releases" / "bridge" / "release.yaml"
    headline = next(each for each in file.read_text().splitlines() if each.startswith("headline:"))
    facts = "facts: {spans: {value: 1234}}"
    file.write_text(file.read_text().replace(headline, f"headline: Bridge of {{{{ facts.spans }}}} spans\n{facts}"))

    assert only(office).line.headline == "Bridge of 1,234 spans"


def test_a_clash_stands_under_the_lift_and_a_weekend_under_its_day(office: Workspace) -> None:
    saturday = replace(version(), issue=LIFT - 4 * DAY + timedelta(hours=12))
    record(office, *signed(saturday), Scheduled(revision=1, lift_at=LIFT), reference="B-2", slug="other")
    record(office, *signed(), Scheduled(revision=1, lift_at=LIFT), reference="B-3", slug="third")

    shown = run(office, "--from", "2031-03-01").output.splitlines()

    assert [line.strip() for line in shown if "third" not in line][:5] == [
        "Saturday 29 March 2031",
        "11:01 GMT   issue   scheduled  other  Bridge opens",
        "! issue on a Saturday",
        "! clocks go forward on 30 March between issue and embargo",
        "Wednesday 2 April 2031",
    ]
    lift = next(at for at, line in enumerate(shown) if "lift" in line and "other" in line)
    assert shown[lift + 1] == "    ! becomes public within an hour of B-3"


def test_an_issue_that_has_gone_is_shown_only_where_past_days_are_asked_for(office: Workspace) -> None:
    early = replace(version(), issue=LIFT - DAY)
    issued = Issued(version=early.digest, list="national", channels=("mail",))
    record(office, *signed(early), issued, Scheduled(revision=1, lift_at=LIFT), reference="B-2", slug="other")

    assert "issue" not in run(office).output
    assert "  issued  scheduled  other" in run(office, "--from", "2031-03-01").output


def test_past_days_are_left_out_unless_they_are_asked_for(office: Workspace) -> None:
    assert run(office).output == "Nothing is planned.\n"
    assert run(office, "--from", "2019-05-08", "--to", "2019-05-08").output.startswith("Wednesday 8 May 2019")


def test_days_that_end_before_they_begin_mean_nothing(office: Workspace) -> None:
    said = run(office, "--from", "2031-04-02", "--to", "2031-04-01")

    assert said.exit_code == 2
    assert "--to is before --from" in said.output


def test_the_grid_as_json_has_every_time_with_its_offset(office: Workspace) -> None:
    record(office, *signed(), Scheduled(revision=1, lift_at=LIFT))

    [row] = json.loads(run(office, "--format", "json").output)

    assert row == {
        "reference": "B-1",
        "release": "bridge",
        "headline": "Bridge opens",
        "state": "scheduled",
        "zone": "Europe/London",
        "issue": None,
        "embargo": "2031-04-02T00:01:00+01:00",
        "publish": "2031-04-02T00:01:00+01:00",
        "ordered_issues": [],
        "overdue": False,
        "oddities": [],
    }


def test_an_issue_that_a_worker_sends_is_shown_by_day_as_json_and_in_the_calendar(
    office: Workspace, tmp_path: Path
) -> None:
    orders = [IssueOrdered(number=1, list="national"), IssueOrdered(number=2, list="wales")]
    record(office, *signed(replace(version(), issue=NOON + DAY / 4)), *orders)
    run(office, "--ics", str(tmp_path / "office.ics"))
    record(office, IssueOrderEnded(number=1, list="national", ending="sent", detail="2 mails"))

    shown = run(office, "--from", "2031-01-01").output
    [row] = json.loads(run(office, "--format", "json").output)
    described = [
        str(each["DESCRIPTION"]) for each in Calendar.from_ical((tmp_path / "office.ics").read_bytes()).walk("VEVENT")
    ]

    assert "  19:00 BST   issue   approved   bridge  Bridge opens\n    a worker issues it to wales\n" in shown
    assert row["ordered_issues"] == ["wales"]
    assert described == ["B-1 (bridge), approved, issued by a worker to national, wales", "B-1 (bridge), approved"]


def test_an_ordered_issue_is_overdue_half_a_minute_after_its_hour_also_where_others_have_the_release(
    office: Workspace,
) -> None:
    made = replace(version(), issue=NOON + DAY / 4)
    record(office, *signed(made), Issued(version=made.digest, list="national", channels=("mail",)))
    record(office, IssueOrdered(number=1, list="wales"))

    assert not only(office, NOON + DAY / 4 + timedelta(seconds=29)).line.overdue
    assert only(office, NOON + DAY / 4 + timedelta(seconds=30)).line.overdue


def test_an_ordered_issue_that_failed_or_has_no_hour_is_odd(office: Workspace) -> None:
    record(office, *signed(), IssueOrdered(number=1, list="national"), IssueOrdered(number=2, list="wales"))
    record(office, IssueOrderEnded(number=1, list="national", ending="failed", detail="no such list"))

    assert said(only(office)) == [
        "its issue to wales is ordered, and it no longer has a time of issue",
        "its issue to national, which was ordered, failed: no such list",
    ]


def test_the_calendar_is_written_whole_under_the_name_of_the_newsroom(office: Workspace, tmp_path: Path) -> None:
    record(office, *signed(), Scheduled(revision=1, lift_at=LIFT))
    file = tmp_path / "office.ics"

    said = run(office, "--ics", str(file))

    assert said.exit_code == 0, said.output
    [event] = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event["UID"] == "B-1.embargo@news.county.example"
    assert event.decoded("DTSTART") == LIFT
    again = file.read_bytes()
    run(office, "--ics", str(file))
    assert file.read_bytes() == again


def test_a_lift_that_was_withdrawn_is_not_on_the_grid_and_cancelled_in_the_calendar(
    office: Workspace, tmp_path: Path
) -> None:
    record(office, *signed(), Scheduled(revision=1, lift_at=LIFT), Withdrawn(revision=2, reason="Wrong."))
    file = tmp_path / "office.ics"

    said, as_json = run(office), run(office, "--format", "json")
    run(office, "--ics", str(file))

    assert "bridge" not in said.output
    assert json.loads(as_json.output) == []
    assert [each["STATUS"] for each in Calendar.from_ical(file.read_bytes()).walk("VEVENT")] == ["CANCELLED"]


def test_a_calendar_that_cannot_be_written_is_refused(office: Workspace, tmp_path: Path) -> None:
    said = run(office, "--ics", str(tmp_path / "nowhere" / "office.ics"))

    assert said.exit_code == 3
    assert "nowhere/office.ics: K02 cannot be written" in said.output


def test_a_workspace_without_an_office_has_a_grid_too(workspace: Path) -> None:
    said = CliRunner().invoke(main, ["grid", "--workspace", str(workspace), "--from", "2019-01-01"])

    assert said.exit_code == 0, said.output
    assert "bridge" in said.output
