"""ENDS, ###, -30- or “more follows” typed into the text.

The end mark is added once, after the body and before the notes. A typed one repeats it, or ends the release
before its last quotation.

Wrong: `- ENDS` as a paragraph of the body

Right: nothing; the house prints its mark
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

MARK = re.compile(
    r"[\[(<*~–—-]*\s?(?:ends?|###+|#\s#\s#|-?\s?30\s?-|end\sof\s(?:press\s)?(?:release|statement)|more\sfollows|mf|diwedd|fin)"
    r"\s?[\])>*~–—-]*\.?",
    re.IGNORECASE,
)
AT_END = re.compile(r"\s[\[(<*~–—-]*(?:ENDS|Ends|###|-30-|MORE FOLLOWS)[\])>*~–—-]*$")
BODY = {Kind.PARAGRAPH, Kind.HEADING, Kind.ITEM, Kind.QUOTATION, Kind.NOTE}


@rule("N03", "end-mark-typed", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find end marks that were typed by hand."""
    for passage in [each for each in subject.own if each.kind in BODY]:
        text = passage.text
        whole, last = MARK.fullmatch(text.strip()), AT_END.search(text)
        if whole:
            typed, kind = text.strip(), passage.kind.value
            message = f"“{typed}” is typed here, but the end mark is added automatically: delete this {kind}"
            yield passage.finding(0, len(text), message)
        elif last and not passage.is_made(len(text) - 1):
            message = f"“{last[0].strip()}” is typed here, but the end mark is added automatically: delete it"
            yield passage.finding(*last.span(), message, mend="")
