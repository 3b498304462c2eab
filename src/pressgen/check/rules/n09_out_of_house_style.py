"""Dates with ordinals or in the other order, and ampersands for “and”.

GOV.UK and most British houses write 8 May 2019, not 8th May or May 8, 2019; American ones May 8, 2019. A house that
wants ordinals says `style.ordinals: true`. `&` stays in names and in `R&D`. Quotations are left as they were spoken.

Wrong: `The shop opens on 8th May for tea & cakes.`

Right: `The shop opens on 8 May for tea and cakes.`
"""

from __future__ import annotations

import re
from calendar import month_name
from typing import TYPE_CHECKING

from pressgen.check.embargo_sentences import find_passage_dates
from pressgen.check.passage import SPOKEN
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject
    from pressgen.text.dates_in_prose import PrintedDay

AMPERSAND = re.compile(r"(?<=[a-z]{2}\s)&(?=\s[a-z]{2})")
MONTH_FIRST = re.compile(r"^(?:[A-Z][a-z]+,?\s)?[A-Z]")


@rule("N09", "out-of-house-style", Severity.STYLE, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find dates and ampersands that are not in house style."""
    for passage in [each for each in subject.own if each.kind not in SPOKEN]:
        for printed in find_passage_dates(subject, passage):
            if not passage.is_made(printed.start):
                yield from _check_date(subject, passage, printed)
        for match in AMPERSAND.finditer(passage.text):
            yield passage.finding(*match.span(), "house style: and, not &", mend="and")


def _check_date(subject: Subject, passage: Passage, printed: PrintedDay) -> Iterator[Finding]:
    text = passage.text[printed.start : printed.end]
    american = subject.is_american
    month = month_name[printed.month]
    if printed.ordinal.isalpha() and not subject.house.style.ordinals:
        at = printed.ordinal_at
        right = f"{month} {printed.day}" if american else f"{printed.day} {month}"
        yield passage.finding(at, at + len(printed.ordinal), f"house style: {right}, not {text}", mend="")
    elif printed.year and printed.clear and month[:3] in text:
        month_first = text.rfind(month[:3]) < text.rfind(str(printed.day), 0, text.rfind(str(printed.year)))
        if month_first != american:
            right = f"{month} {printed.day}, {printed.year}" if american else f"{printed.day} {month} {printed.year}"
            yield passage.finding(printed.start, printed.end, f"house style: {right}, not {text}")
