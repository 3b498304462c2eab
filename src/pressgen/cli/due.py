"""`pressgen due`: what to lift, what is overdue, and other faults."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from pressgen.cli.options import DurationType, resolve_workspace, workspace_option
from pressgen.cli.terminal import echo, echo_json, echo_styled
from pressgen.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pressgen.actions.publish.due import DueItem
    from pressgen.actions.workspace.folder import Workspace


@click.command(
    epilog="""\b
Examples:
  pressgen due                        what is lifted within a day, and what is overdue
  pressgen due --within 7d
  pressgen due || mail -s "A lift is overdue" desk@example.org

\b
Exit codes: 0 nothing is overdue; 4 something is overdue, has failed, or was never scheduled though its hour came; the
newsroom is not what the ledger says; releases/pressgen.yaml is at fault; or the ledger is ahead of the clock."""
)
@click.option("--within", type=DurationType(), default="1d", show_default=True, help="How far ahead.")
@click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Lines to read, or an array of objects.",
)  # fmt: skip
@workspace_option
def due(within: timedelta, shape: str, workspace: Path | None) -> None:
    """List what is due soon, is overdue, or needs a second look.

    The earliest comes first; --within says how far ahead to look.
    """
    from pressgen.actions.publish.due import list_due_items
    from pressgen.actions.workspace.clock_confirmation import find_clock_conflict

    office, now = resolve_workspace(workspace), datetime.now(UTC)
    found = list_due_items(office, now, within)
    if shape == "json":
        echo_json(json.dumps([_to_json_object(each) for each in found], indent=2, ensure_ascii=False))
    for each in found if shape == "text" else []:
        echo_styled(_format_line(each), fg="red" if each.late else None)
    if not found and shape == "text":
        echo("Nothing is due or overdue. What comes later: pressgen grid", err=True)
    require_nothing_overdue(office, [each for each in found if each.late], find_clock_conflict(office, now))


def require_nothing_overdue(workspace: Workspace, late: Sequence[DueItem], *more: str) -> None:
    """Raise an error if a lift is late or anything is wrong.

    `more` lists further faults; empty texts are ignored. Faults go to standard error, so that scripts can read the
    output.

    Raises:
        StateError: a lift is late or something is wrong; the message says what to do.
    """
    from pressgen.actions.publish.due import check_workspace_health

    wrong = check_workspace_health(workspace)
    for line in wrong.lines:
        echo_styled(line, fg="red", err=True)
    names = ", ".join(dict.fromkeys(each.reference for each in late))
    overdue = f"overdue: {names}; is a worker running? To see: pressgen engine status" if late else ""
    if text := "\n".join(filter(None, (overdue, *wrong.advice(), *more))):
        raise StateError(text)


def _format_line(owed: DueItem) -> str:
    from pressgen.actions.approve.standing_checks import format_instant

    detail = f"  {owed.detail}" if owed.detail else ""
    return f"{format_instant(owed.at, owed.zone)}  {owed.reference}  releases/{owed.slug}  {owed.how}{detail}"


def _to_json_object(owed: DueItem) -> dict[str, object]:
    return {**asdict(owed), "at": owed.at.isoformat()}
