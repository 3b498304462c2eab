"""An embargo line, or “for immediate release”, that was typed into the text.

Banners are made, in each variant the right one. One that was typed stays when the embargo has lifted, or says the
opposite of the one above it.

Wrong: `headline: EMBARGOED UNTIL 8 MAY – Nine libraries open on Sundays`

Right: `headline: Nine libraries open on Sundays`
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

LINE = re.compile(
    r"\b(?:STRICTLY\s+)?EMBARGO(?:ED)?\b(?:\s*:|\s+(?:UNTIL|TILL|FOR|TO)\b)|\bFOR\s+(?:IMMEDIATE|GENERAL)\s+RELEASE\b"
    r"|\bNOT\s+FOR\s+(?:PUBLICATION|RELEASE|BROADCAST)\b(?:\s+OR\s+\w+)?\s+(?:BEFORE|UNTIL)\b"
    r"|^(?:(?:Strictly\s+)?Embargoed\s+(?:until|till|for)|For\s+immediate\s+release|Embargo:)",
)
PLACES = {Kind.HEADLINE, Kind.SUBHEAD, Kind.PARAGRAPH, Kind.HEADING, Kind.SUMMARY}


@rule("T18", "banner-typed-by-hand", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find embargo lines that were typed into the text."""
    for passage in subject.own:
        if passage.kind not in PLACES:
            continue
        for match in LINE.finditer(passage.text):
            says = "the embargo" if subject.moments.embargo else "that it is for immediate release"
            message = f"“{match[0].strip()}” is typed here, but the banner says {says}: delete it"
            yield passage.finding(*match.span(), message)
