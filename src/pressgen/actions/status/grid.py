"""The grid: every release with its times, from the ledger where somebody signed it, else from its file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from typing import TYPE_CHECKING

from pressgen.actions.workspace.folder import RELEASE
from pressgen.actions.workspace.office import open_ledger, take_office
from pressgen.actions.workspace.reading import read_file
from pressgen.errors import Place, Problem, Refused, WrongUse
from pressgen.model.standing import GRACE, ISSUE
from pressgen.planner.line import OVER, Line, times
from pressgen.text.flatten import without_citations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Version
    from pressgen.model.moment import Moment
    from pressgen.model.standing import Failure, Standing

    Watched = Callable[[int], AbstractContextManager[Callable[[str], None]]]

HOUSE = "templates/"
LOCAL = "localhost"
"""In whose name events are made where no office says its newsroom's address."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the grid with what is odd about it."""

    line: Line
    oddities: Sequence[str]


@dataclass(frozen=True, slots=True)
class Days:
    """Days of the grid; without a first, from today on, as it is on each release's own clock at the instant `now`."""

    first: date | None
    last: date | None
    now: datetime

    def hold(self, local: datetime) -> bool:
        """Whether a time on a release's own clock is on one of them."""
        day, first = local.date(), self.first or self.now.astimezone(local.tzinfo).date()
        return first <= day and (self.last is None or day <= self.last)


def grid(workspace: Workspace, now: datetime, watched: Watched) -> list[Row]:
    """Everything that has a time, or should have one, by the instant at which it becomes public.

    What was submitted has the times that were signed, or told in a move since; what was not has those of its file,
    which is read for that. A file that cannot be read has a line that says so. `watched` shows how the reading goes on.

    Raises:
        WrongUse, MachineLacks: the ledger cannot be opened.
    """
    from pressgen.planner.oddities import oddities  # noqa: PLC0415 - only this command needs it

    lines = _lines(workspace, now, watched)
    odd = oddities(lines)
    ordered = sorted(lines, key=lambda each: (each.lift.local.timestamp() if each.lift else inf, each.reference))
    return [Row(line, odd.get(line.reference, ())) for line in ordered]


def _lines(workspace: Workspace, now: datetime, watched: Watched) -> list[Line]:
    with open_ledger(workspace) as ledger:
        signed = {each.slug: each for each in ledger.standings().values() if each.version or each.proposed}
        failures = ledger.failures([each.reference for each in signed.values() if each.failures])
    country = _countries(workspace)
    drafts = [folder for folder in workspace.releases if folder.name not in signed]
    lines = [_signed(each, failures.get(each.reference, ()), country, now) for each in signed.values()]
    with watched(len(drafts)) as advance:
        for folder in drafts:
            advance(folder.name)
            lines.append(_drafted(workspace, folder, country, now))
    return lines


def within(rows: Sequence[Row], days: Days) -> list[Row]:
    """The rows with a time on one of the days; and whatever is overdue, faulty or has no time at all."""
    return [
        row
        for row in rows
        if row.line.overdue or not row.line.times or any(days.hold(local) for _, local in row.line.times)
    ]


def drop_cancelled(rows: Sequence[Row]) -> list[Row]:
    """Return the rows without releases that were withdrawn before they were public: nothing of them goes out."""
    return [row for row in rows if not row.line.cancelled]


def write_calendar(workspace: Workspace, rows: Sequence[Row], file: Path) -> None:
    """Write the rows as an iCalendar file, in the name of the office's newsroom; the file is whole or as it was.

    Raises:
        Refused: it cannot be written.
    """
    from urllib.parse import urlsplit  # noqa: PLC0415 - only this wants it

    from pressgen.files.writing import write_into  # noqa: PLC0415 - as above
    from pressgen.planner.ics import calendar  # noqa: PLC0415 - slow to import

    name, host = "Releases", ""
    with suppress(WrongUse):
        about = take_office(workspace).office
        name, host = f"{about.name}: releases", urlsplit(about.newsroom).hostname or ""
    made = calendar((row.line for row in rows), name, host or LOCAL)
    try:
        file.parent.stat()  # a folder that is not there is a slip of the keyboard, and not made
        write_into(file.parent, {file.name: made})
    except OSError as error:
        problem = Problem(code="K02", message=f"cannot be written: {error.strerror}", place=Place(str(file)))
        raise Refused([problem]) from None


def _signed(standing: Standing, failures: Sequence[Failure], country: Callable[[str], str], now: datetime) -> Line:
    """The line of a release that was submitted."""
    told = standing.version or standing.proposed
    if told is None:
        raise ValueError(f"{standing.reference} was not submitted")
    house = next((name.removeprefix(HOUSE).partition("/")[0] for name in told.house), "")
    at = [each.at for each in standing.signatures]
    at += [each.at for each in standing.pending_issues]
    changed = max([*at, *filter(None, (standing.issued_at, standing.lifted_at))], default=now)
    return Line(
        reference=standing.reference,
        slug=standing.slug,
        headline=told.headline,
        state="scheduled" if standing.scheduled else standing.state.value,
        zone=told.zone,
        times=times(told.zone, issue=told.issue, embargo=standing.embargo, publish=told.publish),
        country=country(house),
        sequence=standing.rounds + standing.revision + standing.issue_orders,
        ordered=tuple(each.list for each in standing.pending_issues),
        unsent=tuple(_unsent(standing, failures, told)),
        changed=changed,
        overdue=_overdue(standing, told, now),
        cancelled=bool(standing.withdrawn) and standing.lifted_at is None,
    )


def _overdue(standing: Standing, told: Version, now: datetime) -> bool:
    """Whether it should have been issued, or be public, and is not."""
    if standing.state in OVER:
        return False
    hour = told.publish or told.embargo
    late = hour is not None and hour <= now and not standing.scheduled
    ordered = bool(standing.pending_issues)
    at = told.issue + GRACE if told.issue and ordered else told.issue
    unsent = at is not None and at <= now and (ordered or standing.issued_at is None)
    return standing.overdue(now) or late or unsent


def _unsent(standing: Standing, failures: Sequence[Failure], told: Version) -> Iterator[str]:
    """What is wrong with issues that were ordered for the time of issue."""
    if standing.pending_issues and told.issue is None:
        names = ", ".join(each.list for each in standing.pending_issues)
        yield f"its issue to {names} is ordered, and it names no time of issue any more"
    for failure in failures:
        if failure.key.startswith(ISSUE):
            yield f"its issue to {failure.key.removeprefix(ISSUE)}, which was ordered, failed: {failure.detail}"


def _drafted(workspace: Workspace, folder: Path, country: Callable[[str], str], now: datetime) -> Line:
    """The line of a release that only its file tells of."""
    from pressgen.load.release import read_release  # noqa: PLC0415 - pydantic is slow to import
    from pressgen.model.moment import moments  # noqa: PLC0415

    file = folder / RELEASE
    try:
        release = read_release(read_file(workspace.root, file, workspace.shown(file)), workspace.shown(file)).release
    except Refused as refusal:
        fault, many = refusal.problems[0], len(refusal.problems) - 1
        said = f"{fault}{f' (and {many} more)' if many else ''}"
        return Line(reference=folder.name, slug=folder.name, headline="", state="faulty", changed=now, fault=said)
    stated = moments(release)
    embargo, publish = _instant(stated.embargo), _instant(stated.publish)
    return Line(
        reference=release.reference,
        slug=folder.name,
        headline=without_citations(release.headline),
        state="draft",
        zone=release.times.zone,
        times=times(release.times.zone, issue=_instant(stated.issue), embargo=embargo, publish=publish),
        country=country(release.house),
        changed=datetime.fromtimestamp(int(file.stat().st_mtime), UTC),
    )


def _instant(moment: Moment | None) -> datetime | None:
    return moment.instant if moment else None


def _countries(workspace: Workspace) -> Callable[[str], str]:
    """Whose bank holidays count for a house, by its name, as `style.country` says; each house is looked up once."""
    from pressgen.load.source import read_source  # noqa: PLC0415 - slow to import

    known: dict[str, str] = {}

    def country(house: str) -> str:
        if house not in known:
            file = workspace.root / "templates" / house / "house.yaml"
            known[house] = ""
            with suppress(Refused):  # a house that is at fault has no holidays; `template check` says what is wrong
                source, _ = read_source(read_file(workspace.root, file, str(file)), str(file))
                known[house] = source.text_at("style.country") or ""
        return known[house]

    return country
