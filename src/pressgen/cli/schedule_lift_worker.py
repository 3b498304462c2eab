"""`pressgen schedule`, `unschedule`, `lift` and `worker`.

They publish approved files at the right second.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from pressgen.cli.issue_trace import cancel_order
from pressgen.cli.options import (
    DurationType,
    as_option,
    complete_list,
    complete_release,
    resolve_workspace,
    suggest_actor,
    workspace_option,
)
from pressgen.cli.refusal_advice import explain_refusal
from pressgen.cli.terminal import echo
from pressgen.errors import UsageError

if TYPE_CHECKING:
    from pressgen.actions.workspace.folder import Workspace

release_argument = click.argument("release", type=click.Path(path_type=Path), shell_complete=complete_release)


@click.command(
    epilog="""\b
Examples:
  pressgen schedule releases/river-survey --as head

\b
Exit codes: 0 scheduled; 1 an approved file is not what it was; 2 wrong use;
4 it is not approved, has changed since, is scheduled already, or its hour has passed."""
)
@release_argument
@as_option
@workspace_option
def schedule(release: Path, who: str | None, workspace: Path | None) -> None:
    """Schedule RELEASE to be published when its embargo ends.

    A release with a `publish` time is published then instead. From now on nothing of it may change. A worker publishes
    it, or `pressgen lift --due` from a timer.
    """
    from pressgen.actions.approve.standing_checks import find_time_zone, format_instant
    from pressgen.actions.publish.schedule import schedule_lift

    found = resolve_workspace(workspace, [release])
    with explain_refusal("Not scheduled", found, release):
        standing = schedule_lift(found, release, who, datetime.now(UTC))
    if standing.lift_at is not None:
        at = format_instant(standing.lift_at, find_time_zone(standing))
        echo(
            f"{standing.reference} is scheduled: it will be lifted on {at}, if a worker is running then"
            " (pressgen worker)"
        )


@click.command(
    epilog="""\b
Examples:
  pressgen unschedule releases/river-survey --because "A figure is wrong" --as head
  pressgen unschedule river-survey --list national --because "The list is wrong" --as head

\b
Exit codes: 0 taken off; 2 wrong use; 4 it is not scheduled."""
)
@release_argument
@click.option("--because", required=True, metavar="TEXT", help="The reason, for the ledger.")
@click.option("--list", "list_", metavar="NAME", shell_complete=complete_list, help="Take back its issue to this list.")
@as_option
@workspace_option
def unschedule(release: Path, because: str, list_: str | None, who: str | None, workspace: Path | None) -> None:
    """Cancel the scheduled publication of RELEASE."""
    if list_ is not None:
        cancel_order(resolve_workspace(workspace, [release]), release, list_, who, because)
        return
    from pressgen.actions.publish.schedule import unschedule_lift

    found = resolve_workspace(workspace, [release])
    with explain_refusal("Not cancelled: the lift is still scheduled", found, release):
        standing = unschedule_lift(found, release, who, because, datetime.now(UTC))
    again = f"pressgen schedule {standing.slug}{suggest_actor(found, 'head', who=who)}"
    echo(f"{standing.reference} is no longer scheduled. To schedule it again: {again}")


@click.command(
    epilog="""\b
Examples:
  pressgen lift releases/river-survey --as head     now: it has no embargo, or its hour has come
  pressgen lift river-survey --before-embargo --because "A paper has published it" --as head
  pressgen lift --due --horizon 90s                 from a timer, each minute

\b
Exit codes: 0 done; 1 an approved file is not what it was, or somebody could not be told yet; 2 wrong use;
4 it is not approved, its hour has not come, or the lift failed."""
)
@click.argument("release", required=False, type=click.Path(path_type=Path), shell_complete=complete_release)
@click.option("--due", is_flag=True, help="Everything that is due, and what falls due within the horizon.")
@click.option(
    "--horizon", type=DurationType(), default="90s", show_default=True, help="With --due: how far ahead; it waits."
)
@click.option(
    "--before-embargo", is_flag=True,
    help="End the embargo now, by decision of a head: it was broken, or the news is out. A second look is owed.",
)  # fmt: skip
@click.option("--because", metavar="TEXT", help="With --before-embargo: the reason, for the ledger alone.")
@click.option("--notice", metavar="TEXT", help="With --before-embargo: a line for those who have the release.")
@as_option
@workspace_option
def lift(  # noqa: PLR0913, PLR0917 - one option each
    release: Path | None,
    due: bool,
    horizon: timedelta,
    before_embargo: bool,
    because: str | None,
    notice: str | None,
    who: str | None,
    workspace: Path | None,
) -> None:
    """Publish RELEASE now, or with --due all whose time has come.

    A scheduled release is published at its time and never before; one that is late, at once. With --due you need not
    say who you are: pressgen publishes, issues what was ordered and reads returned mail, as a worker does, and ends.
    With --before-embargo, the approved files become public now, and everybody who has the release is told that its
    embargo has ended.
    """
    from pressgen.actions.amend.resend_deferred import run_worker_once
    from pressgen.actions.publish import lift_worker as action

    if due == (release is not None):
        raise UsageError("give a release, or --due")
    if before_embargo != (because is not None) or (notice is not None and not before_embargo):
        raise UsageError("--before-embargo and --because TEXT go together, and --notice with them")
    if due and before_embargo:
        raise UsageError("--before-embargo ends the embargo of one release: name the release instead of --due")
    found = resolve_workspace(workspace, [release] if release else [])
    if release is None:
        run_worker_once(found, horizon, _print_with_time)
    elif because is not None:
        _lift_early(found, release, who, because, notice)
    else:
        from pressgen.actions.approve.standing_checks import find_time_zone, format_instant

        now = datetime.now(UTC)
        with explain_refusal("Not lifted", found, release):
            standing = action.lift_release(found, release, who, _print_with_time, now)
        echo(
            f"{standing.reference} was published on"
            f" {format_instant(standing.public_since or now, find_time_zone(standing))}. Next: pressgen"
            f" status {standing.slug}"
        )
    _exit_now()


def _lift_early(workspace: Workspace, release: Path, who: str | None, because: str, notice: str | None) -> None:
    """End an embargo early, lift the release, and print what comes next.

    Raises:
        InputError: somebody who has the release, or a channel, could not be notified yet.
    """
    from pressgen.actions.approve.standing_checks import find_time_zone, format_instant
    from pressgen.actions.publish import end_embargo as action
    from pressgen.actions.publish.lift_worker import lift_scheduled_release

    decision = action.EndEmbargoRequest(because=because, notice=notice)
    with explain_refusal("The embargo was not ended, and nothing was published", workspace, release):
        ended = action.end_embargo(workspace, release, who, decision, datetime.now(UTC))
    hour = format_instant(ended.was, find_time_zone(ended.standing)) if ended.was else ""
    if ended.outcome is action.EndEmbargoOutcome.NO_EMBARGO:
        why = f"the embargo of {ended.standing.reference}, {hour}, has already ended" if hour else "it has no embargo"
        echo(
            f"{why}: it was published like any other release; the reason was not recorded, and no second look is needed"
        )
    standing = lift_scheduled_release(workspace, ended.standing, _print_with_time)
    since = f"on {format_instant(standing.public_since, find_time_zone(standing))}" if standing.public_since else "now"
    echo(f"{standing.reference} was published {since}")
    if ended.outcome is not action.EndEmbargoOutcome.NO_EMBARGO:
        for line in action.describe_next_steps(workspace, ended, standing):
            echo(line)
    action.require_lift_announced(workspace, standing)


@click.command(
    epilog="""\b
Examples:
  pressgen worker                    until it is stopped; the manual has a unit for systemd
  pressgen worker --id reserve       a second one on the same machine
  pressgen worker --queue archive    makes releases, on as many machines as there are

\b
Exit codes: 0 stopped; 3 the database cannot be reached; 4 a worker of this name is running already."""
)
@click.option("--id", "name", default="", metavar="NAME", help="Its name, of its own; otherwise the machine's.")
@click.option(
    "--queue", type=click.Choice(["lifts", "archive"]), default="lifts", show_default=True,
    help="What it does: lift, or make what `pressgen build --queue` sends; for that it needs no workspace.",
)  # fmt: skip
@click.option("--jobs", type=click.IntRange(1, 64), help="With --queue archive: processes; otherwise one a core.")
@click.option("--once", is_flag=True, help="With --queue archive: end when nothing is left to be made.")
@workspace_option
def worker(name: str, queue: str, jobs: int | None, once: bool, workspace: Path | None) -> None:
    """Run until stopped, and publish each release at its time.

    With --queue archive, build the releases that `pressgen build --queue` sends. You may kill a worker and start it
    again at any time: it takes up its work where it was, or another worker over the same database does, and nothing is
    published or announced twice.
    """
    stopped = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stopped.set())
    if queue == "archive":
        from pressgen.cli.engine import run_archive_worker

        run_archive_worker(name, jobs, _print_with_time, stopped, once=once)
        _exit_now()
    if jobs or once:
        raise UsageError("--jobs and --once go with --queue archive")
    from pressgen.actions.amend.resend_deferred import run_worker

    run_worker(resolve_workspace(workspace), name, _print_with_time, stopped)
    _exit_now()


def _print_with_time(line: str) -> None:
    echo(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {line}")


def _exit_now() -> NoReturn:
    """End the process at once.

    Threads that wait for a lift cannot be stopped, and need not be stopped: the next worker takes over their work, as
    after a crash.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
