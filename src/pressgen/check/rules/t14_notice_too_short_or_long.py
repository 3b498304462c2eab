"""Too little time for journalists to write, or so much that the embargo will not hold.

From `issue` to `embargo`; the house says under `style.notice` how many hours and days it wants. Without a time of
issue it is counted from the instant given with `--at`.

Wrong: issue 23:20, embargo 00:01

Right: issue 10:00 the day before, embargo 00:01
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.text.durations import format_duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject


@rule("T14", "notice-too-short-or-long", Severity.WARNING)
def check(subject: Subject) -> Iterator[Finding]:
    """Find embargoes that leave too little or too much time."""
    embargo, issue, limits = subject.moments.embargo, subject.moments.issue, subject.house.style.notice
    start = issue.instant if issue else subject.now
    if embargo is None or start is None or start >= embargo.instant:
        return
    notice = embargo.instant - start
    path, typed = ("times.issue", subject.release.times.issue) if issue else ("times.embargo", None)
    end = len(typed or subject.release.times.embargo or "")
    severity = None if issue else Severity.STYLE
    if notice < timedelta(hours=int(limits.shortest)):
        shortest = format_duration(timedelta(hours=int(limits.shortest)))
        message = f"journalists get {format_duration(notice)}; the house's minimum is {shortest}"
        yield Finding(path, message, 0, end, severity=severity)
    elif notice > timedelta(days=int(limits.longest)):
        message = f"journalists must hold this for {notice.days} days; the house's maximum is {limits.longest} days"
        yield Finding(path, message, 0, end, severity=severity)
