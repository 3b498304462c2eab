"""Straight and curly marks in one text, or double marks in a headline.

Straight marks become curly where the house sets them so; where it leaves texts as typed, both may be printed side by
side. Headlines take single marks (GOV.UK A to Z), the text double ones.

Wrong: `headline: Hospital rated “Good” as 'Requires improvement' lifts`

Right: `headline: Hospital rated 'Good' as 'Requires improvement' lifts`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.passage import Kind
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

STRAIGHT, CURLY = re.compile("[\"']"), re.compile("[“”‘’]")
HEADLINES = {Kind.HEADLINE, Kind.SUBHEAD}


@rule("Q10", "marks-of-two-kinds", Severity.STYLE, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find quotation marks of different kinds in one text."""
    for passage in subject.own:
        straight, curly = STRAIGHT.search(passage.text), CURLY.search(passage.text)
        if straight and curly:
            yield passage.finding(*straight.span(), "straight and curly marks in one text: use one kind")
        if passage.kind in HEADLINES:
            for match in re.finditer('[“”"]', passage.text):
                yield passage.finding(*match.span(), "house style: single marks in a headline")
                break
