"""A time in prose that occurs twice, because clocks go back, and does not say which is meant.

The release's own times want `fold` there; a sentence wants the name of the zone.

Wrong: `Trains stop at 01:30 on 27 October 2019.` in London

Right: `Trains stop at 01:30 GMT on 27 October 2019.`
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.check.embargo_sentences import find_dated_sentences
from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.model.moment import is_ambiguous_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject


@rule("T06", "time-that-occurs-twice", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find times that occur twice, because the clocks go back."""
    zone = subject.release.times.zone
    for statement in find_dated_sentences(subject):
        if len(statement.days) != 1:
            continue
        day = statement.days[0].on(subject.lift)
        for each in statement.times:
            if day is None or each.zone or not is_ambiguous_time(f"{day} {each.shown}", zone):
                continue
            if statement.passage.is_made(each.start):
                continue  # the release's own embargo, whose `fold` says which
            labels = " or ".join(_list_zone_abbreviations(day.year, day.month, day.day, each.hour, zone))
            message = f"{each.shown} happens twice on that day in {zone}: write {each.shown} {labels}"
            yield statement.passage.finding(each.start, each.end, message)


def _list_zone_abbreviations(year: int, month: int, day: int, hour: int, zone: str) -> Iterator[str]:
    for fold in (0, 1):
        yield datetime(year, month, day, hour, fold=fold, tzinfo=ZoneInfo(zone)).tzname() or ""
