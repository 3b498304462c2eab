"""A time in prose that occurs twice, because clocks go back, and does not say which is meant.

The release's own times want `fold` there; a sentence wants the name of the zone.

Wrong: `Trains stop at 01:30 on 27 October 2019.` in London

Right: `Trains stop at 01:30 GMT on 27 October 2019.`
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.check.embargo_talk import statements
from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.model.moment import occurs_twice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject


@rule("T06", "time-that-occurs-twice", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find wall times that the clocks of the release's zone show twice."""
    zone = subject.release.times.zone
    for statement in statements(subject):
        if len(statement.days) != 1:
            continue
        day = statement.days[0].on(subject.lift)
        for each in statement.times:
            if day is None or each.zone or not occurs_twice(f"{day} {each.shown}", zone):
                continue
            if statement.passage.is_made(each.start):
                continue  # the release's own embargo, whose `fold` says which
            labels = " or ".join(_labels(day.year, day.month, day.day, each.hour, zone))
            message = f"{each.shown} happens twice on that day in {zone}: write {each.shown} {labels}"
            yield statement.passage.finding(each.start, each.end, message)


def _labels(year: int, month: int, day: int, hour: int, zone: str) -> Iterator[str]:
    for fold in (0, 1):
        yield datetime(year, month, day, hour, fold=fold, tzinfo=ZoneInfo(zone)).tzname() or ""
