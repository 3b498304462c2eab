"""A report that a text says is out earlier or later than the embargo lifts.

Journalists link to the report the second that they may write. One that is out before breaks the embargo itself; one
that comes hours later leaves every story without its source. The release's own `links` are refused on reading where
they come later; this finds the same in a sentence.

Wrong: `The report is published at 09:30 on 8 May 2019.` where the embargo lifts at 00:01

Right: `The report is published at {{ times.embargo }}.`
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.check.embargo_sentences import find_publication_sentences
from pressgen.check.rule import rule
from pressgen.check.zone_labels import describe_moment, resolve_zone_label
from pressgen.errors import Severity
from pressgen.text.durations import format_duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.embargo_sentences import DatedSentence
    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

NEAR = timedelta(hours=1)
"""Within an hour it is the embargo mistyped: T02."""
SOON = timedelta(days=2)
"""What is further away is another publication."""


@rule("T12", "report-out-at-another-hour", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find publication times close to the embargo that differ from it."""
    embargo = subject.moments.embargo
    if embargo is None:
        return
    for statement in find_publication_sentences(subject):
        out = _find_stated_instant(statement, subject)
        if out is None or not NEAR <= abs(out - embargo.instant) < SOON:
            continue
        each = statement.times[0]
        side = "after" if out > embargo.instant else "before"
        message = (
            f"this is out {format_duration(abs(out - embargo.instant))} {side} the embargo lifts"
            f" ({describe_moment(embargo)})"
        )
        yield statement.passage.finding(each.start, each.end, message)


def _find_stated_instant(statement: DatedSentence, subject: Subject) -> datetime | None:
    """Return the instant that a sentence states; None for none, or several."""
    if len(statement.days) != 1 or len(statement.times) != 1:
        return None
    day, time = statement.days[0].on(subject.lift), statement.times[0]
    if day is None or time.hour == 24 or time.word == "midnight":  # noqa: PLR2004 - the end of a day
        return None
    zone = ZoneInfo(resolve_zone_label(time.zone, subject.release.times.zone))
    return datetime(day.year, day.month, day.day, time.hour, time.minute, tzinfo=zone)
