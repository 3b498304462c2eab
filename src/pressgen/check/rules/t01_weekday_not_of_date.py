"""A weekday that its date does not fall on.

The commonest thing that wire editors send back. A date without a year is taken to be the one nearest to the release's
own day. A date that no calendar has, such as 31 June, is found too.

Wrong: `The hearing opens on Tuesday 8 May 2019.`

Right: `The hearing opens on Wednesday 8 May 2019.`
"""

from __future__ import annotations

from calendar import day_name, month_name
from typing import TYPE_CHECKING

from pressgen.check.embargo_sentences import find_passage_dates
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject


@rule("T01", "weekday-not-of-date", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find weekdays that do not match their dates."""
    for passage in subject.own:
        for printed in find_passage_dates(subject, passage):
            found = printed.on(subject.lift)
            named = f"{printed.day} {month_name[printed.month]}" + (f" {printed.year}" if printed.year else "")
            if found is None and (printed.year is not None or printed.day > count_days_of_month(printed.month)):
                yield passage.finding(printed.start, printed.end, f"there is no {named}")
            elif found is not None and printed.weekday is not None and found.weekday() != printed.weekday:
                year = "" if printed.year else f" {found.year}"
                message = f"{named}{year} is a {day_name[found.weekday()]}, not a {day_name[printed.weekday]}"
                yield passage.finding(printed.start, printed.end, message)


def count_days_of_month(month: int) -> int:
    """Return how many days a month has at most."""
    return {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31)
