"""The name of a zone that is not the one of that time of the year.

In London May is BST and December is GMT; New York has EDT in summer. A time labelled otherwise is an hour off for
everybody who believes the label. The date is the one in the same sentence, else the day of the release.

Wrong: `The line reopens at 00:01 GMT on 8 May 2019.`

Right: `The line reopens at 00:01 BST on 8 May 2019.`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.clocks import CLOCKS, is_seasonal, label_on, zone_of
from pressgen.check.embargo_talk import statements
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject


@rule("T08", "label-out-of-season", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find labels that the season belies."""
    own = subject.release.times.zone
    for statement in statements(subject):
        days = {each.on(subject.lift) for each in statement.days} or {subject.lift}
        day = days.pop()
        for each in statement.times:
            if day is None or days or not is_seasonal(each.zone, own) or (each.zone == "GMT" and own != CLOCKS["GMT"]):
                continue
            right = label_on(zone_of(each.zone, own), day, each.hour)
            if right != each.zone and is_seasonal(right, own):
                message = (
                    f"{day.day} {day:%b} is {right}, not {each.zone}: {each.shown} {each.zone} would be another hour;"
                    f" write {each.shown} {right}, or the hour you mean"
                )
                yield statement.passage.finding(each.start, each.end, message)
