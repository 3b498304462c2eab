"""`pressgen due`: what is to be lifted, what is overdue, and what is wrong beside the lifts."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from pressgen.cli.options import Span, workspace_of, workspace_option
from pressgen.cli.terminal import echo, echo_json, secho
from pressgen.errors import StateForbids

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pressgen.actions.publish.due import Owed
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
@click.option("--within", type=Span(), default="1d", show_default=True, help="How far ahead.")
@click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Lines to read, or an array of objects.",
)  # fmt: skip
@workspace_option
def due(within: timedelta, shape: str, workspace: Path | None) -> None:
    """What is to be lifted, the earliest first, and what should have been.

    Second looks that are owed stand among it, by the time since when they are.
    """
    from pressgen.actions.publish.due import due as owed  # noqa: PLC0415 - heavy
    from pressgen.actions.workspace.clock import see_clock  # noqa: PLC0415

    office, now = workspace_of(workspace), datetime.now(UTC)
    found = owed(office, now, within)
    if shape == "json":
        echo_json(json.dumps([_plain(each) for each in found], indent=2, ensure_ascii=False))
    for each in found if shape == "text" else []:
        secho(_line(each), fg="red" if each.late else None)
    if not found and shape == "text":
        echo("nothing is due, and nothing overdue; pressgen grid shows what comes later", err=True)
    see_to_it(office, [each for each in found if each.late], see_clock(office, now))


def see_to_it(workspace: Workspace, late: Sequence[Owed], *more: str) -> None:
    """See that nothing is late, and nothing wrong beside the lifts; `more` is what else is, empty where nothing is.

    What is wrong is printed where scripts that read the output do not meet it.

    Raises:
        StateForbids: something is; with what to do.
    """
    from pressgen.actions.publish.due import find_concerns  # noqa: PLC0415 - heavy

    wrong = find_concerns(workspace)
    for line in wrong.lines:
        secho(line, fg="red", err=True)
    names = ", ".join(dict.fromkeys(each.reference for each in late))
    overdue = f"overdue: {names}; is a worker running? see: pressgen engine status" if late else ""
    if text := "\n".join(filter(None, (overdue, *wrong.advice(), *more))):
        raise StateForbids(text)


def _line(owed: Owed) -> str:
    from pressgen.actions.approve.allowed import shown  # noqa: PLC0415 - heavy

    detail = f"  {owed.detail}" if owed.detail else ""
    return f"{shown(owed.at, owed.zone)}  {owed.reference}  releases/{owed.slug}  {owed.how}{detail}"


def _plain(owed: Owed) -> dict[str, object]:
    return {**asdict(owed), "at": owed.at.isoformat()}
