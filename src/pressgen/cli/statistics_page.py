"""`pressgen statistics`: figures on all releases."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from pressgen.cli.find import show_progress_if_many
from pressgen.cli.grid_breach_report import day_option
from pressgen.cli.options import format_path, resolve_workspace, workspace_option
from pressgen.cli.terminal import echo
from pressgen.errors import UsageError


@click.command(
    epilog="""\b
Examples:
  pressgen statistics                          dist/statistics/index.html, of everything
  pressgen statistics --from 2024-01-01 --to 2024-12-31 --out report

\b
Exit codes: 0 written; 3 matplotlib is missing: pip install 'pressgen[statistics]'."""
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Where to write index.html; otherwise dist/statistics in the workspace.",
)  # fmt: skip
@click.option(
    "--from", "first", type=day_option, metavar="DATE", help="The first day on which a release became public."
)
@click.option("--to", "last", type=day_option, metavar="DATE", help="The last day of it.")
@workspace_option
def statistics(out: Path | None, first: datetime | None, last: datetime | None, workspace: Path | None) -> None:
    """Write a page of figures and plots about all releases.

    It shows releases a month, findings by rating, time from approval to publication, weekdays and hours, embargoes,
    corrections and withdrawals. Releases that are not public yet are neither counted nor named; the page only says how
    many there are.
    """
    from pressgen.actions.search.statistics_report import write_statistics as action  # noqa: PLC0415 - slow to import

    if first and last and last < first:
        raise UsageError("--to is a day before --from")
    found = resolve_workspace(workspace)
    folder = out or found.root / "dist" / "statistics"
    period = (first.date() if first else None, last.date() if last else None)
    file, counted = action(found, folder, period, datetime.now(UTC), show_progress_if_many)
    many = len(counted.published)
    echo(f"{format_path(file)}: {many:,} {'release' if many == 1 else 'releases'}")
