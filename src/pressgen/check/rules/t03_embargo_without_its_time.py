"""An embargo in prose that names no time, no date or no zone.

“For Thursday a.m.” has been read as midnight, as six and as nine. A date elsewhere in the paragraph will do,
and so will another sentence with that time and a date. The release's own times cannot be incomplete; a sentence can.

Wrong: `Embargoed for Thursday a.m. publication.`

Right: `Embargoed until {{ times.embargo }} {{ times.embargo | zone }}.`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.embargo_sentences import (
    EMBARGO,
    find_dated_sentences,
    find_embargo_sentences,
    find_passage_dates,
)
from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.text.dates_in_prose import find_weekdays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.embargo_sentences import DatedSentence
    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

UNTIL = re.compile(r"\b(?:until|till|before|for|lifts?(?:\s(?:at|on))?|ends?(?:\s(?:at|on))?)\b", re.IGNORECASE)
HALF = re.compile(r"\b(?:(?:am|pm|morning|afternoon|evening|tonight)\b|[ap]\.m\.)", re.IGNORECASE)


@rule("T03", "embargo-without-its-time", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find sentences that state an embargo without time, date or zone."""
    for statement in find_embargo_sentences(subject):
        text = statement.sentence.text
        match = EMBARGO.search(text)
        if match is None or not UNTIL.search(text, match.start()):
            continue
        start, end = statement.sentence.start + match.start(), statement.sentence.start + match.end()
        dated = bool(statement.days) or any(True for _ in find_weekdays(text, "en"))
        if dated and not statement.times:
            half = HALF.search(text)
            named = f" “{half[0]}” is not a clock time:" if half else ""
            yield statement.passage.finding(start, end, f"the embargo has no clock time;{named} write it as 00:01")
        elif statement.times and not dated and not _is_dated(subject, statement):
            yield statement.passage.finding(start, end, "the embargo has no date; write its day, month and year")


def _is_dated(subject: Subject, statement: DatedSentence) -> bool:
    """Return whether the paragraph or another sentence with its time has a date."""
    if find_passage_dates(subject, statement.passage):
        return True
    stated = {each.shown for each in statement.times}
    return any(each.days and stated & {time.shown for time in each.times} for each in find_dated_sentences(subject))
