"""A release that goes out after its own embargo: a “retrobargo”.

Judged at the present while nobody has the release, or `--at` an instant. Once the embargo has passed, what was not sent
before is for immediate release; the banner would make the office a laughing stock. A release without a time of issue
may have been sent: a warning. If the embargo ended years ago, it is a release of the archive: a note on style.

Wrong: `embargo: 2019-05-08 00:01`, checked `--at 2019-05-08T03:00+01:00`, still to be issued

Right: the same release without `embargo`: for immediate release
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.check.zone_labels import describe_moment
from pressgen.errors import Severity
from pressgen.text.durations import format_duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject

ARCHIVED = timedelta(days=2 * 365)
"""So long ago nobody means to issue the release today; a year that was mistyped in January is nearer."""


@rule("T13", "issue-after-lift", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find an embargo that ends before the release is issued."""
    embargo, now = subject.moments.embargo, subject.now or subject.present
    if embargo is None or now is None or now < embargo.instant:
        return
    if subject.moments.issue is None:  # else it is before the embargo (R19)
        ended = f"the embargo ended at {describe_moment(embargo)} ({format_duration(now - embargo.instant)} ago)"
        message = f"{ended}: unless it was sent before, issue it as FOR IMMEDIATE RELEASE"
        severity = Severity.STYLE if now - embargo.instant > ARCHIVED else Severity.WARNING
        yield Finding("times.embargo", message, 0, len(subject.release.times.embargo or ""), severity=severity)
