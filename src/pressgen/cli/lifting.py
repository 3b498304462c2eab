"""`pressgen schedule`, `unschedule`, `lift`, `worker`: from approved bytes to the right second."""

from __future__ import annotations

import os
import signal
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from pressgen.cli.issuing import cancel_order
from pressgen.cli.options import Span, as_option, complete_list, complete_release, workspace_of, workspace_option
from pressgen.cli.refusing import conclude_refusal
from pressgen.cli.terminal import echo
from pressgen.errors import WrongUse

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
    """Have RELEASE lifted at the instant its embargo ends, or at its own `publish` time.

    From then on nothing of it may change. A worker lifts it, or `pressgen lift --due` from a timer.
    """
    from pressgen.actions.approve.allowed import shown, zone_of  # noqa: PLC0415 - heavy
    from pressgen.actions.publish.schedule import schedule as set_hour  # noqa: PLC0415

    found = workspace_of(workspace, [release])
    with conclude_refusal("Not scheduled", found, release):
        standing = set_hour(found, release, who, datetime.now(UTC))
    if standing.lift_at is not None:
        at = shown(standing.lift_at, zone_of(standing))
        echo(f"{standing.reference} is scheduled: it will be lifted on {at}, if a worker runs then (pressgen worker)")


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
    """Take the lift of RELEASE off, so that it may change; it must be scheduled anew."""
    if list_ is not None:
        cancel_order(workspace_of(workspace, [release]), release, list_, who, because)
        return
    from pressgen.actions.publish.schedule import unschedule as take_off  # noqa: PLC0415 - heavy

    found = workspace_of(workspace, [release])
    with conclude_refusal("Not taken off the schedule", found, release):
        standing = take_off(found, release, who, because, datetime.now(UTC))
    echo(f"{standing.reference} is not scheduled any more")


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
@click.option("--horizon", type=Span(), default="90s", show_default=True, help="With --due: how far ahead; it waits.")
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
    """Publish RELEASE now and announce it, or with --due everything whose hour has come.

    What is scheduled is lifted at its instant, never before; what is late, at once. With --due nobody acts: it lifts,
    issues what was ordered and reads mails that came back, as a worker does, and ends. With --before-embargo, what was
    approved becomes public now, and everybody who has the release is told that its embargo has ended.
    """
    from pressgen.actions.amend.deferred import work_due  # noqa: PLC0415 - heavy
    from pressgen.actions.publish import worker as desk  # noqa: PLC0415 - as above

    if due == (release is not None):
        raise WrongUse("give a release, or --due")
    if before_embargo != (because is not None) or (notice is not None and not before_embargo):
        raise WrongUse("--before-embargo and --because TEXT go together, and --notice with them")
    if due and before_embargo:
        raise WrongUse("--before-embargo ends the embargo of one release: give it instead of --due")
    found = workspace_of(workspace, [release] if release else [])
    if release is None:
        work_due(found, horizon, _say)
    elif because is not None:
        _lift_early(found, release, who, because, notice)
    else:
        from pressgen.actions.approve.allowed import shown, zone_of  # noqa: PLC0415 - as above

        now = datetime.now(UTC)
        with conclude_refusal("Not lifted", found, release):
            standing = desk.lift(found, release, who, _say, now)
        echo(f"{standing.reference} is public since {shown(standing.public_since or now, zone_of(standing))}")
    _end()


def _lift_early(workspace: Workspace, release: Path, who: str | None, because: str, notice: str | None) -> None:
    """End an embargo before its hour, lift the release, and say what comes next.

    Raises:
        Refused: somebody who has the release, or a channel, could not be told yet.
    """
    from pressgen.actions.approve.allowed import shown, zone_of  # noqa: PLC0415
    from pressgen.actions.publish import end_embargo as desk  # noqa: PLC0415 - heavy
    from pressgen.actions.publish.worker import lift_due_now  # noqa: PLC0415

    decision = desk.Decision(because=because, notice=notice)
    with conclude_refusal("The embargo was not ended, and nothing was published", workspace, release):
        ended = desk.end_embargo(workspace, release, who, decision, datetime.now(UTC))
    hour = shown(ended.was, zone_of(ended.standing)) if ended.was else ""
    if ended.outcome is desk.Outcome.NO_EMBARGO:
        why = f"the hour of {ended.standing.reference}, {hour}, has passed" if hour else "it has no embargo"
        echo(f"{why}: it is lifted as any other, the reason is not recorded, and no second look is owed")
    standing = lift_due_now(workspace, ended.standing, _say)
    since = shown(standing.public_since, zone_of(standing)) if standing.public_since else "now"
    echo(f"{standing.reference} is public since {since}")
    if ended.outcome is not desk.Outcome.NO_EMBARGO:
        for line in desk.next_steps(workspace, ended, standing):
            echo(line)
    desk.see_told(workspace, standing)


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
    """Lift what falls due, at its instant, until stopped; or make releases that others send.

    It may be killed and started again at any time: what it had begun is taken up where it was, by itself or by another
    worker over the same database, and nothing is published or announced twice.
    """
    stopped = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stopped.set())
    if queue == "archive":
        from pressgen.cli.sharing import work as make  # noqa: PLC0415 - heavy

        make(name, jobs, _say, stopped, once=once)
        _end()
    if jobs or once:
        raise WrongUse("--jobs and --once go with --queue archive")
    from pressgen.actions.amend.deferred import work  # noqa: PLC0415 - heavy

    work(workspace_of(workspace), name, _say, stopped)
    _end()


def _say(line: str) -> None:
    echo(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {line}")


def _end() -> NoReturn:
    """End the process at once: threads that hold a lift until its hour cannot be called back, and need not be.

    What they hold is taken up by the next worker, as after any crash.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
