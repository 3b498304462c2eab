"""`pressgen grid` and `pressgen breach-report`.

What is planned, and who had which copy.
"""

from __future__ import annotations

import json
import shutil
import sys
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pressgen.cli.options import complete_release, resolve_workspace, workspace_option
from pressgen.cli.progress import show_progress
from pressgen.cli.terminal import echo, echo_json, style
from pressgen.errors import UsageError
from pressgen.model.moment import Moment
from pressgen.text.dates import get_zone_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from pressgen.actions.status.grid import DayRange, GridRow
    from pressgen.planner.grid_entry import PlannedTime
    from pressgen.planner.schedule_warnings import Oddity

SAID = {"issue": "issue", "embargo": "lift", "publish": "publish"}
MANY = 300
"""The number of files that can be read in a second or two."""
WIDEST = 200
"""Columns of a line if no terminal states its width."""

day_option = click.DateTime(formats=["%Y-%m-%d"])


@click.command(
    epilog="""\b
Examples:
  pressgen grid
  pressgen grid --from 2027-03-01 --to 2027-03-31
  pressgen grid --ics office.ics
  pressgen grid --format json | jq '.[] | select(.overdue)'"""
)
@click.option("--from", "first", type=day_option, metavar="DATE", help="The first day; otherwise today.")
@click.option("--to", "last", type=day_option, metavar="DATE", help="The last day; otherwise as far as there is any.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="Lines by day, or JSON.")
@click.option(
    "--ics", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write a calendar of it instead, with past days unless --from is given. It names what is under embargo.",
)  # fmt: skip
@workspace_option
def grid(first: datetime | None, last: datetime | None, shape: str, ics: Path | None, workspace: Path | None) -> None:
    """Show the calendar of all releases.

    It shows when each release is issued, lifted and published, day by day. Lines with an exclamation mark show what is
    odd: releases that become public within an hour of each other, weekends and bank holidays (of style.country in
    house.yaml), clocks that change between issue and lift, an issue that was ordered and did not go, and anything
    overdue, whatever the days. A release that was withdrawn before it was public is not shown; the calendar of --ics
    has it as cancelled, so that it disappears from the calendars that have it already.
    """
    from pressgen.actions.status import grid as action

    if first and last and last < first:
        raise UsageError("--to is before --from")
    now = datetime.now(UTC)
    found = resolve_workspace(workspace)
    start = first.date() if first else date.min if ics else None
    days = action.DayRange(start, last.date() if last else None, now)
    rows = action.select_rows_in_range(action.list_grid_rows(found, now, _show_progress_if_many), days)
    if ics:
        action.write_calendar(found, rows, ics)
        echo(f"{ics}: {len(rows)} releases")
        return
    shown = action.drop_withdrawn_before_lift(rows)
    if shape == "json":
        echo_json(json.dumps([_as_json(row) for row in shown], ensure_ascii=False, indent=2))
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDEST
        echo("\n".join(_format_grid(shown, days, width)) or "Nothing is planned.")


@click.command(
    name="breach-report",
    epilog="""\b
Examples:
  pressgen breach-report releases/river-survey
  pressgen breach-report releases/river-survey > report.txt""",
)
@click.argument("release", type=click.Path(path_type=Path), shell_complete=complete_release)
@workspace_option
def breach_report(release: Path, workspace: Path | None) -> None:
    """List who had RELEASE before it became public.

    This is for the report on a broken embargo: it gives the time and the embargo of each copy. Everything comes from
    the ledger; what the ledger cannot know is marked FILL IN.
    """
    from pressgen.actions.status import breach

    found = resolve_workspace(workspace, [release])
    echo(breach.format_breach_report(found, release, datetime.now(UTC)), nl=False)


def _show_progress_if_many(total: int) -> AbstractContextManager[Callable[[str], None]]:
    """Show a progress bar only where there are many files to read."""
    return show_progress(total if total > MANY else 0)


def _as_json(row: GridRow) -> dict[str, Any]:
    line = row.line
    times = {what: local.isoformat() for what, local in line.times}
    return {
        "reference": line.reference,
        "release": line.slug,
        "headline": line.headline,
        "state": line.state,
        "zone": line.zone,
        "issue": times.get("issue"),
        "embargo": times.get("embargo"),
        "publish": times.get("publish", times.get("embargo")),
        "ordered_issues": list(line.ordered),
        "overdue": line.overdue,
        "oddities": [each.text for each in row.oddities],
    }


def _format_grid(rows: Sequence[GridRow], days: DayRange, width: int) -> Iterator[str]:
    """Yield the grid as plain text.

    Each day has a heading, and each time a line.
    """
    inside = [
        (time.local.date(), time, row)
        for row in rows
        for time in row.line.times
        if not (time.what == "issue" and row.line.issued and days.first is None)
        if row.line.overdue or days.hold(time.local)
    ]
    name = max((len(row.line.slug) for row in rows), default=0)
    inside.sort(key=lambda each: (each[0], each[1].local.timestamp(), each[2].line.reference, each[1].what))
    shown = {(row.line.reference, time.what) for _, time, row in inside}
    references: set[str] = set()
    for day, run in groupby(inside, key=lambda each: each[0]):
        yield style(f"{day:%A} {day.day} {day:%B %Y}", bold=True)
        for _, time, row in run:
            yield _format_entry(time, row, (name, width))
            if time.what == "issue" and row.line.ordered:
                yield f"    a worker issues it to {', '.join(row.line.ordered)}"
            first = row.line.reference not in references
            references.add(row.line.reference)
            yield from _format_oddities(
                each
                for each in row.oddities
                if each.what == time.what or (first and (row.line.reference, each.what) not in shown)
            )
    if timeless := [row for row in rows if not row.line.times]:
        yield style("Without a time", bold=True)
        for row in timeless:
            yield f"  {row.line.slug}  {row.line.state}  {row.line.headline}".rstrip()
            yield from _format_oddities(row.oddities)


def _format_entry(time: PlannedTime, row: GridRow, widths: tuple[int, int]) -> str:
    line, (name, width) = row.line, widths
    zone = get_zone_name(Moment(time.local, line.zone))
    said = "issued" if time.what == "issue" and line.issued else SAID[time.what]
    start = f"  {time.local:%H:%M} {zone:<5} {said:<8}{line.state:<11}{line.slug:<{name}}  "
    room = max(width - len(start), 20)
    headline = " ".join(line.headline.split())
    return start + (headline if len(headline) <= room else f"{headline[: room - 1].rstrip()}…")


def _format_oddities(oddities: Iterable[Oddity]) -> Iterator[str]:
    return (style(f"    ! {each.text}", fg="yellow") for each in oddities)
