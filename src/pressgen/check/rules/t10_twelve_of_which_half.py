"""12am, 12pm, and 12.01pm where 00:01 is meant.

12.01pm is a minute after noon; a release has gone out twelve hours late for it. A time of the embargo's own minutes in
the wrong half of the day is an error. A bare 12am or 12pm is a warning: half of the readers take it the other way.

Wrong: `It may be used from 12.01pm.` where the embargo is at 00:01

Right: `It may be used from 12.01am.`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.embargo_sentences import EMBARGO, find_dated_sentences
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

NOON = 12


@rule("T10", "twelve-of-which-half", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find twelves that may mean noon or midnight."""
    embargo = subject.moments.embargo
    for statement in find_dated_sentences(subject):
        for each in statement.times:
            if not each.half or each.hour % NOON:
                continue
            words = statement.passage.text[each.start : each.end]
            if embargo and _is_in_wrong_half(each.hour, each.minute, embargo.local.hour, embargo.local.minute):
                message = (
                    f"{words} is just after {'noon' if each.hour else 'midnight'}; did you mean {embargo.local:%H:%M}?"
                )
                yield statement.passage.finding(each.start, each.end, message)
            elif each.minute == 0 and not EMBARGO.search(statement.sentence.text):
                message = (
                    f"{words} can be understood in two ways: write"
                    f" {'noon' if each.hour else 'midnight, or better 11:59pm'}"
                )
                yield statement.passage.finding(each.start, each.end, message, severity=Severity.WARNING)
            elif each.minute == 0:
                yield statement.passage.finding(
                    each.start, each.end, f"{words} can be understood in two ways: write 00:01 or noon"
                )


def _is_in_wrong_half(hour: int, minute: int, embargo_hour: int, embargo_minute: int) -> bool:
    return minute == embargo_minute and hour != embargo_hour and hour % NOON == embargo_hour % NOON and minute > 0
