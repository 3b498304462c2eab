"""Text that says what a change has done, and what comes next.

The change is a move, a correction or a withdrawal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.approve.standing_checks import find_time_zone, format_instant
from pressgen.actions.workspace.office import open_ledger, require_standing
from pressgen.model.event import Corrected, Moved, Withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Sent
    from pressgen.model.standing import Standing


def describe_change(workspace: Workspace, path: Path, done: Sequence[Sent]) -> list[str]:
    """Describe what the last move, correction or withdrawal did.

    Args:
        workspace: the release's.
        path: of the release.
        done: the outcome of each mail of this run.

    Raises:
        StateError, EnvironmentFailureError: as `require_standing` and `open_ledger`.
    """
    with open_ledger(workspace) as ledger:
        standing = require_standing(ledger, path)
        changes = [each.event for each in ledger.entries(standing.reference)
                   if isinstance(each.event, Moved | Corrected | Withdrawn)]  # fmt: skip
    return [*_describe_event(standing, changes[-1]), _describe_mails(standing, done)] if changes else []


def _describe_event(standing: Standing, event: Moved | Corrected | Withdrawn) -> Iterator[str]:
    name, slug, zone = standing.reference, standing.slug, find_time_zone(standing)
    match event:
        case Moved():
            yield (
                f"{name}: the embargo ends on {format_instant(event.lift_at, zone)} now, and not on"
                f" {format_instant(event.was, zone)}."
            )
            if standing.lift_at:
                yield f"It will be lifted on {format_instant(standing.lift_at, zone)}, if a worker is running then."
            else:
                yield f"Its lift is not scheduled. Next: pressgen schedule {slug}"
        case Corrected():
            yield f"{name} is corrected ({event.correction}): {event.line}"
            yield (
                "The newsroom shows the new version."
                if standing.public_since
                else "It is not public yet: the lift will publish the new version."
            )
        case Withdrawn():
            yield f"{name} is withdrawn: {event.reason}"
            yield "A withdrawal notice has replaced its page." if standing.public_since else "It will not be lifted."
            yield "Its reference cannot be used again: give a new release one of its own."


def _describe_mails(standing: Standing, done: Sequence[Sent]) -> str:
    arrived = sum(each.outcome == "ok" for each in done)
    if done:
        people = "1 recipient was" if arrived == 1 else f"{arrived} recipients were"
        return f"{people} told{'' if arrived == len(done) else f', {len(done) - arrived} could not be'}."
    if standing.issued_at:
        return "Everybody who has it had already been told."
    return "Nobody has it by mail or any other channel of at_issue, so nothing was sent."
