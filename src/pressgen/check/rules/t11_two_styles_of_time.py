"""Times written in more than one way in one release.

Banner, notes and sentences on the embargo may use the 24-hour clock where the text uses the other; within the text a
reader expects one. The house says which under `style.clock`; without it, the way that is used first counts.

Wrong: `Doors open at 9:30am and close at 17:00.`

Right: `Doors open at 9:30am and close at 5pm.`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.embargo_sentences import EMBARGO, find_dated_sentences
from pressgen.check.passage import Kind
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject
    from pressgen.text.times_in_prose import PrintedTime

NAMES = {"12": "the 12-hour clock", "24": "the 24-hour clock"}


@rule("T11", "two-styles-of-time", Severity.STYLE, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find times that are written in more than one style."""
    wanted: str | None = subject.house.style.clock
    source = "house style" if wanted else "the times before it"
    for statement in find_dated_sentences(subject):
        if statement.passage.kind is Kind.NOTE or EMBARGO.search(statement.sentence.text):
            continue
        for each in statement.times:
            clock = _get_clock(each)
            if not clock or statement.passage.is_made(each.start):
                continue
            wanted = wanted or clock
            if clock != wanted:
                words = statement.passage.text[each.start : each.end]
                message = f"{words} is on {NAMES[clock]}; {source} {'is' if source == 'house style' else 'are on'} "
                yield statement.passage.finding(each.start, each.end, message + NAMES[wanted])


def _get_clock(time: PrintedTime) -> str:
    if time.word:
        return ""
    return "12" if time.half else "24"
