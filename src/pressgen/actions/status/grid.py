"""The grid: every release with its times.

They come from the ledger if somebody signed the release, else from its file.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from typing import TYPE_CHECKING

from pressgen.actions.workspace.folder import RELEASE
from pressgen.actions.workspace.office import load_office, open_ledger
from pressgen.actions.workspace.read_files import read_file
from pressgen.errors import InputError, UsageError, guard_writing
from pressgen.model.standing import GRACE, ISSUE
from pressgen.planner.grid_entry import OVER, GridEntry, list_times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Version
    from pressgen.model.moment import Moment
    from pressgen.model.standing import Failure, Standing
    from pressgen.planner.schedule_warnings import Oddity

    Watched = Callable[[int], AbstractContextManager[Callable[[str], None]]]

HOUSE = "templates/"
LOCAL = "localhost"
"""The host in calendar events if the office has no newsroom address."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A line of the grid, with what is odd about it."""

    line: GridEntry
    oddities: Sequence[Oddity]


@dataclass(frozen=True, slots=True)
class DayRange:
    """A range of days of the grid.

    Without a first day, it begins today on each release's own clock at the instant `now`.
    """

    first: date | None
    last: date | None
    now: datetime

    def hold(self, local: datetime) -> bool:
        """Return whether a local time of a release is in the range."""
        day, first = local.date(), self.first or self.now.astimezone(local.tzinfo).date()
        return first <= day and (self.last is None or day <= self.last)


def list_grid_rows(workspace: Workspace, now: datetime, watched: Watched) -> list[GridRow]:
    """List every release that has a time, or should have one.

    They are sorted by the instant at which they become public.

    A submitted release has the times that were signed, or those of a later move; any other has those of its file, which
    is read for that. A file that cannot be read has a line that says so. `watched` shows the progress.

    Raises:
        UsageError, EnvironmentFailureError: the ledger cannot be opened.
    """
    from pressgen.planner.schedule_warnings import find_schedule_warnings

    lines = _create_lines(workspace, now, watched)
    odd = find_schedule_warnings(lines)
    ordered = sorted(lines, key=lambda each: (each.lift.local.timestamp() if each.lift else inf, each.reference))
    return [GridRow(line, odd.get(line.reference, ())) for line in ordered]


def _create_lines(workspace: Workspace, now: datetime, watched: Watched) -> list[GridEntry]:
    with open_ledger(workspace) as ledger:
        signed = {each.slug: each for each in ledger.standings().values() if each.version or each.proposed}
        failures = ledger.failures([each.reference for each in signed.values() if each.failures])
    country = _create_country_lookup(workspace)
    drafts = [folder for folder in workspace.releases if folder.name not in signed]
    lines = [_create_signed_line(each, failures.get(each.reference, ()), country, now) for each in signed.values()]
    with watched(len(drafts)) as advance:
        for folder in drafts:
            advance(folder.name)
            lines.append(_create_draft_line(workspace, folder, country, now))
    return lines


def select_rows_in_range(rows: Sequence[GridRow], days: DayRange) -> list[GridRow]:
    """Select the rows with a time on one of the days.

    Rows that are overdue, faulty or without any time are always selected.
    """
    return [
        row
        for row in rows
        if row.line.overdue or not row.line.times or any(days.hold(local) for _, local in row.line.times)
    ]


def drop_withdrawn_before_lift(rows: Sequence[GridRow]) -> list[GridRow]:
    """Return the rows without releases that were withdrawn before they were public."""
    return [row for row in rows if not row.line.cancelled]


def write_calendar(workspace: Workspace, rows: Sequence[GridRow], file: Path) -> None:
    """Write the rows as an iCalendar file, completely or not at all.

    It is in the name of the office's newsroom.

    Raises:
        InputError: it cannot be written.
    """
    from urllib.parse import urlsplit

    from pressgen.files.atomic import write_into
    from pressgen.planner.ics import format_icalendar

    name, host = "Releases", ""
    with suppress(UsageError):
        about = load_office(workspace).office
        name, host = f"{about.name}: releases", urlsplit(about.newsroom).hostname or ""
    made = format_icalendar((row.line for row in rows), name, host or LOCAL)
    with guard_writing(str(file)):
        file.parent.stat()  # a missing folder is a typing error, and is not created
        write_into(file.parent, {file.name: made})


def _create_signed_line(
    standing: Standing, failures: Sequence[Failure], country: Callable[[str], str], now: datetime
) -> GridEntry:
    """Return the line of a release that was submitted."""
    version = standing.version or standing.proposed
    if version is None:
        raise ValueError(f"{standing.reference} was not submitted")
    house = next((name.removeprefix(HOUSE).partition("/")[0] for name in version.house), "")
    at = [each.at for each in standing.signatures]
    at += [each.at for each in standing.pending_issues]
    changed = max([*at, *filter(None, (standing.issued_at, standing.lifted_at))], default=now)
    return GridEntry(
        reference=standing.reference,
        slug=standing.slug,
        headline=version.headline,
        state="scheduled" if standing.scheduled else standing.state.value,
        zone=version.zone,
        times=list_times(version.zone, issue=version.issue, embargo=standing.embargo, publish=version.publish),
        country=country(house),
        sequence=standing.rounds + standing.revision + standing.issue_orders,
        ordered=tuple(each.list for each in standing.pending_issues),
        unsent=tuple(_describe_issue_problems(standing, failures, version)),
        changed=changed,
        issued=standing.issued_at is not None and not standing.pending_issues,
        overdue=_is_overdue(standing, version, now),
        cancelled=bool(standing.withdrawn) and standing.lifted_at is None,
    )


def _is_overdue(standing: Standing, version: Version, now: datetime) -> bool:
    """Return whether it should have been issued or public by now."""
    if standing.state in OVER:
        return False
    hour = version.publish or version.embargo
    late = hour is not None and hour <= now and not standing.scheduled
    ordered = bool(standing.pending_issues)
    at = version.issue + GRACE if version.issue and ordered else version.issue
    unsent = at is not None and at <= now and (ordered or standing.issued_at is None)
    return standing.overdue(now) or late or unsent


def _describe_issue_problems(standing: Standing, failures: Sequence[Failure], version: Version) -> Iterator[str]:
    """Describe the problems of scheduled issues."""
    if standing.pending_issues and version.issue is None:
        names = ", ".join(each.list for each in standing.pending_issues)
        yield f"its issue to {names} is ordered, and it no longer has a time of issue"
    for failure in failures:
        if failure.key.startswith(ISSUE):
            yield f"its issue to {failure.key.removeprefix(ISSUE)}, which was ordered, failed: {failure.detail}"


def _create_draft_line(workspace: Workspace, folder: Path, country: Callable[[str], str], now: datetime) -> GridEntry:
    """Return the line of a release that was never submitted.

    It is made from the release's source file.
    """
    from pressgen.actions.workspace.printed_quotations import print_headline
    from pressgen.load.release import read_release
    from pressgen.model.moment import read_moments

    file = folder / RELEASE
    try:
        release = read_release(read_file(workspace.root, file, workspace.shown(file)), workspace.shown(file)).release
    except InputError as refusal:
        fault, many = refusal.problems[0], len(refusal.problems) - 1
        said = f"{fault}{f' (and {many} more)' if many else ''}"
        return GridEntry(reference=folder.name, slug=folder.name, headline="", state="faulty", changed=now, fault=said)
    stated = read_moments(release)
    embargo, publish = _get_instant(stated.embargo), _get_instant(stated.publish)
    return GridEntry(
        reference=release.reference,
        slug=folder.name,
        headline=print_headline(workspace, folder, release.headline),
        state="draft",
        zone=release.times.zone,
        times=list_times(release.times.zone, issue=_get_instant(stated.issue), embargo=embargo, publish=publish),
        country=country(release.house),
        changed=datetime.fromtimestamp(int(file.stat().st_mtime), UTC),
    )


def _get_instant(moment: Moment | None) -> datetime | None:
    return moment.instant if moment else None


def _create_country_lookup(workspace: Workspace) -> Callable[[str], str]:
    """Return a function that gives the bank-holiday country of a house.

    It is `style.country`, looked up once for each house.
    """
    from pressgen.load.source import read_source

    known: dict[str, str] = {}

    def country(house: str) -> str:
        if house not in known:
            file = workspace.root / "templates" / house / "house.yaml"
            known[house] = ""
            with suppress(InputError):  # a faulty house has no holidays; `template check` reports it
                source, _ = read_source(read_file(workspace.root, file, str(file)), str(file))
                known[house] = source.text_at("style.country") or ""
        return known[house]

    return country
