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

from pressgen.check.embargo_sentences import DatedSentence, find_embargo_sentences, find_publication_sentences
from pressgen.check.rule import rule
from pressgen.check.zone_labels import convert_to_zone, describe_moment
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject
    from pressgen.model.moment import Moment
    from pressgen.text.times_in_prose import PrintedTime

NEAR = timedelta(hours=1)
LAST_HOUR = 24


@rule("T02", "embargo-stated-otherwise", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find stated embargo times that differ from the release's embargo."""
    embargo = subject.moments.embargo
    if embargo is None:
        return
    for statement in find_embargo_sentences(subject):
        yield from _find_contradictions(statement, embargo)
    for statement in find_publication_sentences(subject):
        yield from _find_mistyped_times(statement, embargo)


def _find_contradictions(statement: DatedSentence, embargo: Moment) -> Iterator[Finding]:
    named = f"the embargo is {describe_moment(embargo)}"
    times = [each for each in statement.times if each.word != "midnight"]
    if times and not any(_is_embargo_time(embargo, each) for each in times):
        first = times[0]
        words = statement.passage.text[first.start : first.end]
        yield statement.passage.finding(first.start, first.end, f"the text says {words}; {named}")
    days = [each.on(embargo.local.date()) for each in statement.days]
    right = {embargo.local.date(), *(convert_to_zone(embargo, each.zone).date() for each in times)}
    if days and not right & set(days):
        first_day = statement.days[0]
        words = statement.passage.text[first_day.start : first_day.end]
        yield statement.passage.finding(first_day.start, first_day.end, f"the text says {words}; {named}")


def _find_mistyped_times(statement: DatedSentence, embargo: Moment) -> Iterator[Finding]:
    day = embargo.local.date()
    if [each.on(day) for each in statement.days] != [day]:
        return
    wall = embargo.local.replace(tzinfo=None)
    for each in statement.times:
        if each.hour == LAST_HOUR or each.word or _is_embargo_time(embargo, each):
            continue
        stated = datetime(day.year, day.month, day.day, each.hour, each.minute)  # noqa: DTZ001 - a wall time
        if abs(stated - wall) < NEAR and not each.zone:
            message = (
                f"the text says {statement.passage.text[each.start : each.end]}; the embargo is"
                f" {describe_moment(embargo)}"
            )
            yield statement.passage.finding(each.start, each.end, message)


def _is_embargo_time(embargo: Moment, time: PrintedTime) -> bool:
    """Return whether a time is the embargo's, in its own zone."""
    shown = convert_to_zone(embargo, time.zone)
    return (shown.hour, shown.minute) == (time.hour % LAST_HOUR, time.minute)
