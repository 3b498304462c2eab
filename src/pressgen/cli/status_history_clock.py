"""`pressgen status`, `history` and `clock`.

What the ledger knows, and by which clock.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from pressgen.cli.due import require_nothing_overdue
from pressgen.cli.options import as_option, complete_release, resolve_workspace, workspace_option
from pressgen.cli.terminal import echo, echo_json, style
from pressgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.actions.status.history import LedgerVerification
    from pressgen.actions.status.report import StatusReport
    from pressgen.model.event import Stamp

shape_option = click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Lines to read, or an array of objects.",
)  # fmt: skip


@click.command(
    epilog="""\b
Examples:
  pressgen status                              every release, as recorded
  pressgen status releases/river-survey        who signed it, and what has changed since
  pressgen status --format json | jq -r '.[] | select(.overdue) | .reference'
  pressgen status --format json | jq -r '.[] | select(.waiting > 0) | .release'     where editors' proposals wait

\b
Exit codes: 0 done; 1 a release cannot be read: it is listed with its faults, and so are all others; 2 there is no such
release; 4 one of those shown is overdue, as pressgen due has it, the newsroom is not what the ledger says, or
releases/pressgen.yaml is at fault: that is told on standard error."""
)
@click.argument(
    "releases", nargs=-1, metavar="[RELEASE]...", type=click.Path(path_type=Path), shell_complete=complete_release
)
@shape_option
@workspace_option
def status(releases: tuple[Path, ...], shape: str, workspace: Path | None) -> None:
    """Show the state of each RELEASE, or of all releases.

    For a RELEASE that you name: who submitted and approved it and when, and what has changed since, word by word;
    which speakers have cleared their words; which review copies are out and back, and how many changes wait; second
    looks that are owed, and what failed.
    """
    from pressgen.actions.publish.due import select_due_items
    from pressgen.actions.status import status as action

    found, now = resolve_workspace(workspace, releases), datetime.now(UTC)
    reports = action.list_status_reports(found, releases, now)
    _print_reports(reports, shape, in_full=bool(releases))
    failures = {each.standing.reference: each.failures for each in reports}
    due = select_due_items((each.standing for each in reports), failures, now, timedelta(0))
    require_nothing_overdue(found, [each for each in due if each.late])
    if any(each.problems for each in reports):
        click.get_current_context().exit(1)


def _print_reports(reports: Sequence[StatusReport], shape: str, *, in_full: bool) -> None:
    from pressgen.actions.status.format_status import format_status_report, format_status_table, serialise_status_report

    if shape == "json":
        echo_json(json.dumps([serialise_status_report(each) for each in reports], ensure_ascii=False, indent=2))
        return
    lines = (
        (line for each in reports for line in format_status_report(each)) if in_full else format_status_table(reports)
    )
    if told := "\n".join(style(line, fg="red") if alarm else line for line, alarm in lines):
        echo(told)  # at once: ten thousand calls take as long as everything else


@click.command(
    epilog="""\b
Examples:
  pressgen history                             everything that happened
  pressgen history releases/river-survey
  pressgen history --verify                    show that the ledger is consistent with itself
  pressgen history --verify --head 3f1c…       and that it is the one of which this digest was kept elsewhere

\b
Exit codes: 0 done; 1 the ledger is not consistent, or not the one that the digest is of; 2 wrong use;
4 nothing happened to that release."""
)
@click.argument("release", required=False, type=click.Path(path_type=Path), shell_complete=complete_release)
@click.option(
    "--verify",
    "proving",
    is_flag=True,
    help="Check the chain of entries, the state of each release and the kept files; print no entries.",
)
@click.option("--head", metavar="DIGEST", help="With --verify: the digest that it printed earlier, kept elsewhere.")
@shape_option
@workspace_option
def history(release: Path | None, proving: bool, head: str | None, shape: str, workspace: Path | None) -> None:
    """Show who did what with a release, when and why.

    With --verify, pressgen checks that the ledger is consistent with itself: no single entry was changed, removed or
    inserted. It cannot show that nobody rewrote the whole database. Against that, keep the digest that it prints in
    another place, and give it later with --head.
    """
    from pressgen.actions.status import history as action

    found = resolve_workspace(workspace, [release] if release else [])
    if head is not None and not proving:
        raise UsageError("--head works only with --verify")
    if proving:
        for line in _format_proof(action.verify_ledger(found, head)):
            echo(line)
        return
    stamps = action.read_history(found, release)
    if shape == "json":
        echo("[" + ",\n".join(stamp.to_json().decode() for stamp in stamps) + "]")
    else:
        for line in _format_history(stamps):
            echo(line)


@click.command(
    epilog="""\b
Example:
  pressgen clock --because "the server had been a day ahead since its restart" --as head

\b
Exit codes: 0 recorded; 4 no entry is ahead of the clock."""
)
@click.option("--because", required=True, metavar="TEXT", help="What was wrong, for the ledger.")
@as_option
@workspace_option
def clock(because: str, who: str | None, workspace: Path | None) -> None:
    """Confirm that this machine's clock is right again.

    While the clock is behind the last entry of the ledger, pressgen refuses what people do; it still publishes what is
    scheduled and records what was sent. Set the clock first, and check it: timedatectl status.
    """
    from pressgen.actions.workspace.clock_confirmation import confirm_clock

    stamp = confirm_clock(resolve_workspace(workspace), who, because, datetime.now(UTC))
    echo(f"Recorded: the clock is right at {stamp.at:%Y-%m-%d %H:%M:%S %Z}. All commands work again.")


def _format_proof(proof: LedgerVerification) -> Iterator[str]:
    if not proof.head:
        yield "the ledger has no entries yet"
        return
    yield f"{proof.entries} entries, consistent with each other and with the stored files"
    if proof.same_up_to is None:
        yield (
            "anybody who can write to the database could have rewritten all of them; to notice that, keep"
            " this digest in another place"
        )
    else:
        yield f"entries 1 to {proof.same_up_to} match the digest that you gave"
    yield f"the latest digest is {proof.head}. To compare later: pressgen history --verify --head {proof.head}"


def _format_history(stamps: list[Stamp]) -> Iterator[str]:
    from pressgen.actions.publish.newsroom_folder import WORKER_ACTOR
    from pressgen.actions.status.history import describe_event, find_lift_deciders, list_time_zones

    zones, deciders = list_time_zones(stamps), find_lift_deciders(stamps)
    ended = [each for each in stamps if each.event.kind == "embargo ended"]
    for stamp in stamps:
        zone = zones.get(stamp.reference, "UTC")
        when = f"{stamp.at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S %Z}"
        actor = deciders.get(stamp.number, stamp.actor)
        who = "a worker" if actor == WORKER_ACTOR else actor
        words = describe_event(stamp.event, zone, [each for each in ended if each.reference == stamp.reference])
        yield f"{stamp.number:>5}  {when}  {stamp.reference}  {who} {words}"
