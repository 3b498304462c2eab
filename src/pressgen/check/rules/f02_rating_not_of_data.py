"""A rating in headline, summary or lead that none of the findings has.

A word of the scale, in marks or after “rated”, must be the rating of a finding; where the sentence names the finding's
subject, of that one.

Wrong: `headline: Hospital rated 'Inadequate'` where every finding is Good

Right: `headline: Hospital rated 'Good'`
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
    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject

TOP = {Kind.HEADLINE, Kind.SUBHEAD, Kind.SUMMARY}


@rule("F02", "rating-not-of-data", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find ratings in the headline or lead that no finding has."""
    findings = subject.release.findings
    if findings is None:
        return
    scale = "|".join(re.escape(word) for word in sorted(findings.scale, key=len, reverse=True))
    stated = re.compile(
        rf"[‘'“\"](?P<quoted>{scale})[’'”\"]|\b(?:rated|rating\sof|judged|graded)\s(?:as\s)?(?P<said>{scale})\b",
        re.IGNORECASE,
    )
    words = {word.lower(): word for word in findings.scale}
    for passage in _list_head_passages(subject):
        for match in stated.finditer(passage.text):
            group = "quoted" if match["quoted"] else "said"
            rating = words[match[group].lower()]
            if message := _explain_fault(subject, passage, rating):
                yield passage.finding(*match.span(group), message)


def _list_head_passages(subject: Subject) -> Iterator[Passage]:
    lead = next((each for each in subject.passages if each.path == "body[0]"), None)
    yield from (each for each in subject.own if each.kind in TOP)
    if lead:
        yield lead


def _explain_fault(subject: Subject, passage: Passage, rating: str) -> str:
    items = subject.release.findings.items if subject.release.findings else ()
    named = [each for each in items if re.search(rf"\b{re.escape(each.subject)}\b", passage.text, re.IGNORECASE)]
    if len(named) == 1 and named[0].rating != rating:
        return f"the text says {rating}; the finding on {named[0].subject} is {named[0].rating}"
    if rating not in {each.rating for each in items}:
        return f"the text says {rating}; no finding has that rating"
    return ""
