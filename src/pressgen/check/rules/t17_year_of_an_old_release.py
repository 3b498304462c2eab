"""A date a year or two before the release, to the week: left over from an old one.

Releases that come out every year are made from last year's. Whether a date is meant as the past cannot be decided, so
it is a warning; a date in a sentence about the past (“was”, “last year”, “since”) is passed over.

Wrong: `The fair opens on 8 May 2018.` in a release of May 2019

Right: `The fair opens on 8 May 2019.`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.embargo_sentences import find_dated_sentences
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

PAST = re.compile(
    r"\b(?:was|were|had|did|took|began|begun|became|led|came|went|gave|made|saw|fell|rose|since|ago|previous|previously"
    r"|earlier|last|compared|former|between|from|ended|ending|founded|[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
FUTURE = re.compile(r"\b(?:will|opens?|begins?|starts?|closes?|runs?|takes?\splace|is\sdue|from\snow)\b", re.IGNORECASE)
YEARS, DAYS = 2, 21


@rule("T17", "year-of-an-old-release", Severity.WARNING, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find dates that probably come from last year's release."""
    lift = subject.lift
    if lift is None:
        return
    for statement in find_dated_sentences(subject):
        text = statement.sentence.text
        if PAST.search(text) and not FUTURE.search(text):
            continue
        for printed in statement.days:
            day = printed.on(lift)
            if printed.year is None or day is None or not 1 <= lift.year - day.year <= YEARS:
                continue
            apart = (lift - day).days
            gap = min(abs(apart - 365 * years) for years in range(1, YEARS + 1))
            if gap <= DAYS:
                years = "a year" if lift.year - day.year == 1 else "two years"
                message = f"this date is {years} before the release; is it left over from an old one?"
                yield statement.passage.finding(printed.start, printed.end, message)
