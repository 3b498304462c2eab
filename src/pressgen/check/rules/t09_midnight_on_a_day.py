"""“Midnight” with a day: the first minute of that day, or its last?

GOV.UK's style guide calls midnight the first minute of the day; most readers take it for the last. In a sentence on
the embargo it is an error, elsewhere a warning; the end of opening hours, “6pm to midnight”, is clear.

Wrong: `Entries close at midnight on Tuesday.`

Right: `Entries close at 11:59pm on Tuesday.`
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from pressgen.check.embargo_sentences import EMBARGO, find_dated_sentences
from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.text.dates_in_prose import find_weekdays

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pressgen.check.embargo_sentences import DatedSentence
    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

REACH = 30
"""How many characters may be between “midnight” and its day."""
HOURS = re.compile(r"(?:\d|[ap]\.?m\.?|noon|midday)\s?(?:–|—|-|to|until|till)\s?$", re.IGNORECASE)
"""Text that makes a midnight the end of opening hours, which everybody reads alike."""
DAY = timedelta(days=1)


@rule("T09", "midnight-on-a-day", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find “midnight” with a day that may begin or end there."""
    for statement in find_dated_sentences(subject):
        meant = None if EMBARGO.search(statement.sentence.text) else Severity.WARNING
        for each in statement.times:
            if each.word != "midnight" or HOURS.search(statement.passage.before(each.start)):
                continue
            if named := _suggest_times(statement, each.start, each.end, subject.lift):
                message = f"midnight is ambiguous: {named}"
                yield statement.passage.finding(each.start, each.end, message, severity=meant)


def _suggest_times(statement: DatedSentence, start: int, end: int, lift: date | None) -> str:
    """Return what to write instead, by the day nearby; empty without one."""
    for printed in statement.days:
        if printed.start - end < REACH and start - printed.end < REACH and (day := printed.on(lift)):
            return f"write 00:01 on {day.day} {day:%B}, or 23:59 on {day.day} {day:%B}, whichever is meant"
    text = statement.sentence.text
    at = statement.sentence.start
    for match in find_weekdays(text, "en"):
        if match.start() + at - end < REACH and start - match.end() - at < REACH:
            return f"write 00:01 {match[0]} or 23:59 {match[0]}, whichever is meant"
    return ""
