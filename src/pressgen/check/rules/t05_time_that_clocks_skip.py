"""A time in prose that does not exist, because clocks go forward over it.

The release's own times are refused on reading where they do not exist; this finds the same in a sentence.

Wrong: `The service is back at 01:30 on 31 March 2019.` in London

Right: `The service is back at 02:30 on 31 March 2019.`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.embargo_sentences import find_dated_sentences
from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.model.moment import WallTimeError, read_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject


@rule("T05", "time-that-clocks-skip", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find times that do not exist, because the clocks go forward."""
    zone = subject.release.times.zone
    for statement in find_dated_sentences(subject):
        if len(statement.days) != 1:
            continue
        day = statement.days[0].on(subject.lift)
        for each in statement.times if day else ():
            if not each.zone and (fault := _explain_fault(f"{day} {each.shown}", zone)):
                yield statement.passage.finding(each.start, each.end, fault)


def _explain_fault(wall: str, zone: str) -> str:
    """Return why the zone has no such time; empty otherwise."""
    try:
        read_moment(wall, zone)
    except WallTimeError as fault:
        return "" if fault.doubled or "does not exist on" not in str(fault) else str(fault)
    return ""
