"""How a release stands at an instant: under embargo, free to use, or overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.check.ledger_view import state
from pressgen.check.clocks import label_of
from pressgen.errors import Problem, Severity
from pressgen.model.moment import moments

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from pressgen.actions.workspace.folder import Desk, Workspace
    from pressgen.model.moment import Moment

CODE = "AT"
OVERDUE = ("approved", "issued", "failed")
"""States in the ledger of a release whose hour may have passed without a lift."""


def standing_at(workspace: Workspace, desk: Desk, at: datetime) -> Problem:
    """A note that says how a release stands at `at`; a warning where it should be out by then and is not."""
    times = moments(desk.release)
    name = "embargo" if times.embargo else "publish" if times.publish else "issue" if times.issue else "zone"
    place, path = desk.locate(f"times.{name}", 0), f"times.{name}"
    hour = times.embargo or times.publish
    if hour is not None and hour.instant <= at and (stands := state(workspace, desk)) in OVERDUE:
        message = f"overdue: {stands} in the ledger, but not lifted {_long(at - hour.instant)} after {label_of(hour)}"
        return Problem(code=CODE, message=message, place=place, path=path, severity=Severity.WARNING)
    message = _said(times.embargo, times.publish, at)
    return Problem(code=CODE, message=message, place=place, path=path, severity=Severity.STYLE)


def _said(embargo: Moment | None, publish: Moment | None, at: datetime) -> str:
    if embargo is None:
        later = publish is not None and publish.instant > at
        return f"for immediate release, to be published at {label_of(publish)}" if later and publish else "free to use"
    if at < embargo.instant:
        return f"under embargo for another {_long(embargo.instant - at)}, until {label_of(embargo)}"
    return f"free to use for {_long(at - embargo.instant)}, since {label_of(embargo)}"


def _long(gap: timedelta) -> str:
    minutes, seconds = divmod(int(gap.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [f"{count} {unit}" for count, unit in ((days, "d"), (hours, "h"), (minutes, "min")) if count]
    return " ".join(parts) or f"{seconds} s"
