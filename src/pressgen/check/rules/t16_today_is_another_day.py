"""“Today”, “yesterday” or “tomorrow” with a date or a weekday that it is not on the day of the lift.

A release is read when it may be used, not when it is written: on that day, by the clock of the embargo's zone, “today”
is the day of the lift.

Wrong: `The report published today (7 May) is the first.` in a release embargoed until 00:01 on 8 May

Right: `The report published today (8 May) is the first.`
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from pressgen.check.embargo_sentences import find_passage_dates
from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.text.embargo.names import parse_weekday

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pressgen.check.finding import Finding
    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject

RELATIVE = re.compile(r"\b(today|tonight|tomorrow|yesterday)\b(?![’']s\s+\w+s\b)", re.IGNORECASE)
FOLLOWS = re.compile(r"\s?[(,–—-]{0,2}\s?(?:on\s)?$")
NAMED = re.compile(r"\s?[(,]\s?(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b(?!\s+\d)", re.IGNORECASE)
STEPS = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
DAY = timedelta(days=1)


@rule("T16", "today-is-another-day", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find words such as “today” that contradict the day of the lift."""
    lift = subject.lift
    if lift is None:
        return
    for passage in subject.own:
        for match in RELATIVE.finditer(passage.text):
            word = match[1].lower()
            meant = lift + STEPS[word] * DAY
            if found := _find_other_day(subject, passage, match, meant):
                named = f"{word} is {meant.day} {meant:%B}, a {meant:%A}, when this lifts"
                yield passage.finding(match.start(), found, named)


def _find_other_day(subject: Subject, passage: Passage, match: re.Match[str], meant: date) -> int:
    """Return where a date that contradicts the word ends; 0 for none."""
    for printed in find_passage_dates(subject, passage):
        between = passage.text[match.end() : printed.start]
        if printed.start >= match.end() and FOLLOWS.fullmatch(between) and printed.on(meant) != meant:
            return printed.end
    named = NAMED.match(passage.text, match.end())
    return named.end() if named and parse_weekday(named[1]) != meant.weekday() else 0
