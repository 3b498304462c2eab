"""`pressgen engine`: what the scheduler holds, how to repair it, and the queue of batches."""

from __future__ import annotations

import os
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressgen.actions.workspace.office import DATABASE
from pressgen.cli.lazy import SummaryGroup
from pressgen.cli.options import resolve_workspace, workspace_option
from pressgen.cli.progress import show_progress
from pressgen.cli.terminal import echo, echo_styled
from pressgen.errors import UsageError
from pressgen.model.artifact import Format
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    from pressgen.actions.build.build import BuildRequest
    from pressgen.scheduler.batches import Batch
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
    from pressgen.actions.publish.scheduler_access import open_scheduler_client

    with open_scheduler_client(resolve_workspace(workspace)) as client:
        jobs = client.status()
    counts = Counter(job.state.value for job in jobs)
    echo(", ".join(f"{number} {state}" for state, number in sorted(counts.items())) or "nothing to do")
    for job in jobs[:SHOWN]:
        echo_styled(_format_job(job), fg="red" if job.detail else None)
    if len(jobs) > SHOWN:
        echo(f"… and {len(jobs) - SHOWN} more")
    if os.environ.get(DATABASE):
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
    from pressgen.actions.publish.scheduler_access import open_scheduler_client

    with open_scheduler_client(resolve_workspace(workspace)) as client:
        for job in client.retry(datetime.now(UTC)):
            echo(f"{job.reference} {job.channel or job.kind}: started again")


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
    from pressgen.actions.publish import resync as action

    found = resolve_workspace(workspace)
    if file is not None:
        count = action.migrate_sqlite_ledger(file)
        echo(f"{count} {'entry was' if count == 1 else 'entries were'} copied, and the ledger is intact")
    done = action.sync_with_ledger(found, datetime.now(UTC))
    for due in done.missing:
        echo(f"{due.reference} will be lifted at {due.at.isoformat()}: it was missing from the scheduler")
    lifts, releases = format_count(done.owed, "lift"), format_count(done.public, "release")
    echo(f"The scheduler has {lifts}, and the newsroom has {releases}, as in the ledger.")


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
@click.option("--cancel", is_flag=True, help="Stop it: build no more of its releases.")
@click.pass_context
def batch(ctx: click.Context, name: str | None, wait: bool, cancel: bool) -> None:
    """Show the progress of a batch of `pressgen build --queue`, and why releases were refused."""
    ctx.exit(report_batch(name, wait=wait, cancel=cancel))


def _format_job(job: Job) -> str:
    at = f"  {job.due.isoformat(' ', 'seconds')}" if job.due else ""
    what = job.channel or job.kind
    return "  ".join(each for each in [f"{job.state.value:9}{at}", job.reference, what, job.worker, job.detail] if each)


GLANCE = 1.0
"""Seconds between two checks of a batch."""
SCRATCH = "PRESSGEN_SCRATCH"


def queue_build(requests: Sequence[BuildRequest], to: str, *, wait: bool) -> int:
    """Send releases to workers on other machines; return the exit code."""
    from pressgen.actions.batch.send_to_build_services import BatchSender
    from pressgen.actions.batch.work_package import BatchRequest
    from pressgen.channels.object_store import ObjectStore

    depot = ObjectStore(to)
    first = requests[0]  # they differ in the release alone
    request = BatchRequest(tuple(map(Format, first.formats)), tuple(first.variants), first.force)
    with show_progress(len(requests)) as advance:
        sender = BatchSender(first.workspace, depot, request)
        sent = sender.send([each.release for each in requests], datetime.now(UTC), advance)
    for _, refusal in sent.refused:
        _print_in_red(refusal.lines())
    same = f", {sent.same} are up to date" * bool(sent.same)
    if not sent.batch:
        echo(f"nothing needs to be built{same}", err=True)
        return 1 if sent.refused else 0
    echo(f"batch {sent.batch}: {sent.releases} releases in {sent.chunks} chunks{same}")
    if wait:
        return max(report_batch(sent.batch, wait=True), 1 if sent.refused else 0)
    echo("Next: pressgen worker --queue archive builds them; pressgen engine batch --wait shows progress", err=True)
    return 1 if sent.refused else 0


def run_archive_worker(
    name: str, jobs: int | None, say: Callable[[str], None], stopped: threading.Event, *, once: bool
) -> None:
    """Build releases that others send, until stopped.

    With `once`, end when nothing is left.
    """
    from pressgen.actions.batch.build_service import run_build_service

    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    run_build_service(
        name, Path(os.environ.get(SCRATCH) or Path(home) / "pressgen"), jobs, say, stopped, until_empty=once
    )


def report_batch(name: str | None, *, wait: bool = False, cancel: bool = False) -> int:
    """Print the state of a batch; return the exit code.

    With `wait`, follow it to its end. The code is 1 if anything was refused or not made.
    """
    from pressgen.actions.batch.refusals import read_refusals
    from pressgen.actions.batch.shared_database import find_batch, open_batches
    from pressgen.channels.object_store import ObjectStore

    with open_batches() as client:
        found = find_batch(client, name)
        if cancel:
            client.cancel(found)
            found = find_batch(client, found.name)
        if wait and found.under_way:
            with suppress(KeyboardInterrupt):  # the batch continues without us
                found = _follow_batch(found, lambda: find_batch(client, found.name))
    echo(_format_batch(found))
    for each in found.failed:
        _print_in_red(
            [(f"chunk {each.chunk.number}: {each.detail or 'was ended'}; its releases will be in the next batch")]
        )
    for reasons in read_refusals(ObjectStore(found.depot), found).values() if found.counted()["refused"] else ():
        _print_in_red(reasons)
    return 1 if found.failed or found.counted()["refused"] else 0


def list_latest_batches(latest: int) -> list[str]:
    """Return a line for each of the latest batches.

    There are none where the scheduler serves only this machine.
    """
    from pressgen.actions.batch.shared_database import open_batches

    with suppress(UsageError), open_batches() as client:
        return [_format_batch(each) for each in client.batches()[-latest:]]
    return []


def _follow_batch(found: Batch, look: Callable[[], Batch]) -> Batch:
    """Wait for the end of a batch, and return it.

    A terminal shows a progress bar.
    """
    reported = 0
    with show_progress(found.releases) as advance:
        while True:
            done = sum(found.counted().values())
            for _ in range(done - reported):
                advance(f"batch {found.name}")
            reported = done
            if not found.under_way:
                return found
            time.sleep(GLANCE)
            found = look()


def _format_batch(found: Batch) -> str:
    counted = {**found.counted()}
    left = found.releases - sum(counted.values())
    tally = [f"{number} {what}" for what, number in {**counted, "to be made": left}.items() if number]
    at_work = sorted({each.worker for each in found.sent if each.state.value == "running" and each.worker})
    chunks = found.sent[0].chunk.chunks
    parts = f"; only {len(found.sent)} of {chunks} chunks were sent" * (len(found.sent) < chunks)
    hands = f"; at work: {', '.join(at_work)}" * bool(at_work)
    return f"batch {found.name} into {found.depot}: {found.releases} releases: {', '.join(tally)}{hands}{parts}"


def _print_in_red(lines: Sequence[str]) -> None:
    for line in lines:
        echo_styled(line, err=True, fg="red")
