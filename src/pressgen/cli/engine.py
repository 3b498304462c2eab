"""`pressgen engine`: what the scheduler holds, and how to repair it."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressgen.actions.workspace.office import DATABASE
from pressgen.cli.lazy import SummaryGroup
from pressgen.cli.options import resolve_workspace, workspace_option
from pressgen.cli.terminal import echo, echo_styled

if TYPE_CHECKING:
    from pressgen.scheduler.client import Job

SHOWN, BATCHES = 20, 3


@click.group(cls=SummaryGroup)
def engine() -> None:
    """Inspect and repair the scheduler.

    The scheduler publishes releases at their time. The ledger says what is to be published; the scheduler only
    remembers it, and how far each job has come.
    """


@engine.command(
    epilog="""\b
Examples:
  pressgen engine status"""
)
@workspace_option
def status(workspace: Path | None) -> None:
    """Show how many jobs wait, run and have failed, the next ones, and the latest batches."""
    from pressgen.actions.publish.waking import open_scheduler_client  # noqa: PLC0415 - heavy

    with open_scheduler_client(resolve_workspace(workspace)) as held:
        jobs = held.status()
    counts = Counter(job.state.value for job in jobs)
    echo(", ".join(f"{number} {state}" for state, number in sorted(counts.items())) or "nothing to do")
    for job in jobs[:SHOWN]:
        echo_styled(_format_job(job), fg="red" if job.detail else None)
    if len(jobs) > SHOWN:
        echo(f"… and {len(jobs) - SHOWN} more")
    if os.environ.get(DATABASE):
        from pressgen.cli.shared_queue import list_latest_batches  # noqa: PLC0415 - as above

        for line in list_latest_batches(BATCHES):
            echo(line)


@engine.command(
    epilog="""\b
Examples:
  pressgen engine retry"""
)
@workspace_option
def retry(workspace: Path | None) -> None:
    """Retry jobs that failed for good, after you have removed the cause; a worker must run."""
    from pressgen.actions.publish.waking import open_scheduler_client  # noqa: PLC0415 - heavy

    with open_scheduler_client(resolve_workspace(workspace)) as held:
        for job in held.retry(datetime.now(UTC)):
            echo(f"{job.reference} {job.channel or job.kind}: begun anew")


@engine.command(
    epilog="""\b
Examples:
  pressgen engine resync                                       after a restore
  pressgen engine resync --from .pressgen/ledger.sqlite        from SQLite to the database of PRESSGEN_DATABASE"""
)
@click.option(
    "--from", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="First carry the ledger in this SQLite file over to the empty PostgreSQL that PRESSGEN_DATABASE names.",
)  # fmt: skip
@workspace_option
def resync(file: Path | None, workspace: Path | None) -> None:
    """Restore every scheduled lift and every page of the newsroom from the ledger."""
    from pressgen.actions.publish import resync as action  # noqa: PLC0415 - heavy

    found = resolve_workspace(workspace)
    if file is not None:
        echo(f"{action.migrate_sqlite_ledger(file)} entries were carried over, and the chain holds")
    done = action.sync_with_ledger(found, datetime.now(UTC))
    for due in done.missing:
        echo(f"{due.reference} will be lifted at {due.at.isoformat()}: the engine had forgotten it")
    echo(f"the engine holds {done.owed} lifts; the newsroom has {done.public} releases")


@engine.command(
    epilog="""\b
Examples:
  pressgen engine batch                              the latest
  pressgen engine batch 20261123-194512-3f9a1c --wait

\b
Exit codes: 0 nothing of it was refused so far; 1 releases were refused or not made; 2 there is no such batch;
3 the database or the depot cannot be reached."""
)
@click.argument("name", required=False, metavar="[BATCH]")
@click.option("--wait", is_flag=True, help="Follow it to its end.")
@click.option("--cancel", is_flag=True, help="Have nothing more of it made.")
@click.pass_context
def batch(ctx: click.Context, name: str | None, wait: bool, cancel: bool) -> None:
    """Show the progress of a batch of `pressgen build --queue`, and why releases were refused."""
    from pressgen.cli.shared_queue import report_batch as tell  # noqa: PLC0415 - heavy

    ctx.exit(tell(name, wait=wait, cancel=cancel))


def _format_job(job: Job) -> str:
    at = f"  {job.due.isoformat(' ', 'seconds')}" if job.due else ""
    what = job.channel or job.kind
    return "  ".join(each for each in [f"{job.state.value:9}{at}", job.reference, what, job.worker, job.detail] if each)
