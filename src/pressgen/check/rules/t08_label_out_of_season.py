"""The name of a zone that is not the one of that time of the year.

In London May is BST and December is GMT; New York has EDT in summer. A time labelled otherwise is an hour off for
everybody who believes the label. The date is the one in the same sentence, else the day of the release.

Two clocks for one instant, `12:30 p.m. CT/1:30 p.m. ET`, must agree; both may be meant as hours of their own, so that
is a warning.

Wrong: `The line reopens at 00:01 GMT on 8 May 2019.`

Right: `The line reopens at 00:01 BST on 8 May 2019.`
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.check.embargo_sentences import find_dated_sentences
from pressgen.check.rule import rule
from pressgen.check.zone_labels import CLOCKS, get_zone_abbreviation, is_seasonal, resolve_zone_label
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pressgen.check.embargo_sentences import DatedSentence
    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject
    from pressgen.text.times_in_prose import PrintedTime

BETWEEN = re.compile(r"\s?[/(]\s?")


@rule("T08", "label-out-of-season", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find zone abbreviations that are wrong for the season."""
    own = subject.release.times.zone
    for statement in find_dated_sentences(subject):
        days = {each.on(subject.lift) for each in statement.days} or {subject.lift}
        day = days.pop()
        for each in statement.times:
            if day is None or days or not is_seasonal(each.zone, own) or (each.zone == "GMT" and own != CLOCKS["GMT"]):
                continue
            right = get_zone_abbreviation(resolve_zone_label(each.zone, own), day, each.hour)
            if right != each.zone and is_seasonal(right, own):
                message = (
                    f"{day.day} {day:%b} is {right}, not {each.zone}: {each.shown} {each.zone} would be another time;"
                    f" write {each.shown} {right}, or the time you mean"
                )
                yield statement.passage.finding(each.start, each.end, message)
        yield from _check_pairs(statement, day, own)


def _check_pairs(statement: DatedSentence, day: date | None, own: str) -> Iterator[Finding]:
    """Yield two times for one instant that do not agree.

    They are separated by a stroke or a bracket.
    """
    text = statement.passage.text
    for one, other in pairwise(statement.times):
        if day is None or not (one.zone and other.zone) or not BETWEEN.fullmatch(text[one.end : other.start]):
            continue
        if _compute_utc_minutes(day, one, own) != _compute_utc_minutes(day, other, own):
            message = f"{text[one.start : one.end]} and {text[other.start : other.end]} are not the same time"
            yield statement.passage.finding(other.start, other.end, message, severity=Severity.WARNING)


def _compute_utc_minutes(day: date, time: PrintedTime, own: str) -> int:
    """Return the minutes of the day in UTC.

    The day itself is ignored: one clock may be past midnight.
    """
    zone = UTC if time.zone == "GMT" else ZoneInfo(resolve_zone_label(time.zone, own))
    there = datetime(day.year, day.month, day.day, time.hour % 24, time.minute, tzinfo=zone).astimezone(UTC)
    return there.hour * 60 + there.minute
