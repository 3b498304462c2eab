"""A clock change between the issue of a release and its lift.

Recipients abroad, and calendars that keep UTC, are an hour out for that release alone. It cannot be decided whether
everybody knows, so it is a warning: say so in the covering note, then acknowledge it.

Wrong: issued on 24 October 2019 for 28 October, without a word that clocks go back on the 27th

Right: the same, acknowledged: `{rule: T07, where: times.embargo, because: the covering mail gives UTC}`
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.check.zone_labels import describe_moment
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject
    from pressgen.model.moment import Moment

LONGEST = 400
"""The most days that are checked."""


@rule("T07", "clocks-change-before-lift", Severity.WARNING)
def check(subject: Subject) -> Iterator[Finding]:
    """Find a change of the clocks while the release is under embargo."""
    issue, embargo = subject.moments.issue, subject.moments.embargo
    if issue is None or embargo is None or issue.local.utcoffset() == embargo.local.utcoffset():
        return
    way = "forward" if (embargo.local.utcoffset() or timedelta()) > (issue.local.utcoffset() or timedelta()) else "back"
    message = (
        f"clocks go {way} on {_find_change_day(issue, embargo)} between issue and lift; the embargo stays"
        f" {describe_moment(embargo)}:"
        " tell the recipients"
    )
    yield Finding("times.embargo", message, 0, len(subject.release.times.embargo or ""))


def _find_change_day(issue: Moment, embargo: Moment) -> str:
    """Return the day on which the clocks change."""
    local, before = issue.local, issue.local.utcoffset()
    for _ in range(LONGEST):
        following = (local + timedelta(days=1)).astimezone(embargo.local.tzinfo)
        if following.utcoffset() != before or following >= embargo.local:
            break
        local = following
    day = local + timedelta(days=1) if local.date() < embargo.local.date() else local
    return f"{day.day} {day:%b}"
