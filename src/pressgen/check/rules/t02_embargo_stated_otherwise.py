"""An embargo that a text states otherwise than the release's times do.

Banner and file properties are made from one instant; a sentence that was typed, in a note or for another edition, is
not. Where the sentence names a zone, its time is read on that zone's clock. A time within the hour of the embargo, in
a sentence on when a report is out that day, is held to be the same time mistyped.

Wrong: `Copies are under embargo until 00.10 on Wednesday 8 May 2019.` where the embargo is at 00:01

Right: `Copies are under embargo until {{ times.embargo }}.`
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pressgen.check.clocks import label_of, on_clock
from pressgen.check.embargo_talk import Statement, of_embargo, of_publication
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject
    from pressgen.model.moment import Moment
    from pressgen.text.hours import PrintedTime

NEAR = timedelta(hours=1)
LAST_HOUR = 24


@rule("T02", "embargo-stated-otherwise", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find times and dates of the embargo that are not the embargo's."""
    embargo = subject.moments.embargo
    if embargo is None:
        return
    for statement in of_embargo(subject):
        yield from _contradictions(statement, embargo)
    for statement in of_publication(subject):
        yield from _mistyped(statement, embargo)


def _contradictions(statement: Statement, embargo: Moment) -> Iterator[Finding]:
    named = f"the embargo is {label_of(embargo)}"
    times = [each for each in statement.times if each.word != "midnight"]
    if times and not any(_is(embargo, each) for each in times):
        first = times[0]
        words = statement.passage.text[first.start : first.end]
        yield statement.passage.finding(first.start, first.end, f"the text says {words}; {named}")
    days = [each.on(embargo.local.date()) for each in statement.days]
    right = {embargo.local.date(), *(on_clock(embargo, each.zone).date() for each in times)}
    if days and not right & set(days):
        first_day = statement.days[0]
        words = statement.passage.text[first_day.start : first_day.end]
        yield statement.passage.finding(first_day.start, first_day.end, f"the text says {words}; {named}")


def _mistyped(statement: Statement, embargo: Moment) -> Iterator[Finding]:
    day = embargo.local.date()
    if [each.on(day) for each in statement.days] != [day]:
        return
    wall = embargo.local.replace(tzinfo=None)
    for each in statement.times:
        if each.hour == LAST_HOUR or each.word or _is(embargo, each):
            continue
        stated = datetime(day.year, day.month, day.day, each.hour, each.minute)  # noqa: DTZ001 - a wall time
        if abs(stated - wall) < NEAR and not each.zone:
            message = (
                f"the text says {statement.passage.text[each.start : each.end]}; the embargo is {label_of(embargo)}"
            )
            yield statement.passage.finding(each.start, each.end, message)


def _is(embargo: Moment, time: PrintedTime) -> bool:
    """Whether a time is the embargo's, on the clock that it names."""
    shown = on_clock(embargo, time.zone)
    return (shown.hour, shown.minute) == (time.hour % LAST_HOUR, time.minute)
