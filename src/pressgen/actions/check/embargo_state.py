"""The embargo state of a release at an instant.

It is under embargo, free to use, or overdue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.check.ledger_view import read_state
from pressgen.check.zone_labels import describe_moment
from pressgen.errors import Problem, Severity
from pressgen.model.moment import read_moments
from pressgen.text.durations import format_duration

if TYPE_CHECKING:
    from datetime import datetime

    from pressgen.actions.workspace.folder import LoadedRelease, Workspace
    from pressgen.model.moment import Moment

CODE = "AT"
OVERDUE = ("approved", "issued", "failed")
"""States in the ledger of a release whose hour may have passed without a lift."""


def check_embargo_state(workspace: Workspace, loaded: LoadedRelease, at: datetime) -> Problem:
    """Report the embargo state of a release at a time.

    It is a warning if the release is overdue then, else a note.
    """
    times = read_moments(loaded.release)
    name = "embargo" if times.embargo else "publish" if times.publish else "issue" if times.issue else "zone"
    place, path = loaded.locate(f"times.{name}", 0), f"times.{name}"
    hour = times.embargo or times.publish
    if hour is not None and hour.instant <= at and (stands := read_state(workspace, loaded)) in OVERDUE:
        message = (
            f"overdue: {stands} in the ledger, but not lifted {format_duration(at - hour.instant)} after"
            f" {describe_moment(hour)}"
        )
        return Problem(code=CODE, message=message, place=place, path=path, severity=Severity.WARNING)
    message = _format_embargo_state(times.embargo, times.publish, at)
    return Problem(code=CODE, message=message, place=place, path=path, severity=Severity.STYLE)


def _format_embargo_state(embargo: Moment | None, publish: Moment | None, at: datetime) -> str:
    """Format the embargo state as a sentence."""
    if embargo is None:
        later = publish is not None and publish.instant > at
        return (
            f"for immediate release, to be published at {describe_moment(publish)}"
            if later and publish
            else "free to use"
        )
    if at < embargo.instant:
        return f"under embargo for {format_duration(embargo.instant - at)}, until {describe_moment(embargo)}"
    return f"free to use for {format_duration(at - embargo.instant)}, since {describe_moment(embargo)}"
