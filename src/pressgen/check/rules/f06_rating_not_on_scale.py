"""A rating in prose that is not a word of the scale.

In marks after “rated”, “judged” or “graded”, or before “rating”. The findings' own ratings cannot be others: they are
refused on reading.

Wrong: `The school was rated ‘Needs improvement’.` on a scale with Requires improvement

Right: `The school was rated ‘Requires improvement’.`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

WORDS = r"(?:[A-Z][\w-]*(?:\s[\w-]+){0,3}?)"
STATED = re.compile(
    rf"\b(?:rated|judged|graded)\s(?:as\s|it\s|them\s)?[‘'“\"](?P<after>[\w\s-]{{3,40}})[’'”\"]"
    rf"|\brated\s(?:[\w’-]+\s){{1,6}}?[‘'“\"](?P<object>[A-Z][\w\s-]{{2,40}})[’'”\"]"
    rf"|[‘'“\"](?P<before>[\w\s-]{{3,40}})[’'”\"]\srating\b"
    rf"|\b(?:rated|graded)\s(?:as\s)?(?P<bare>{WORDS})(?=[.,;]|\s(?:for|in|by|overall|and)\b)"
)


@rule("F06", "rating-not-on-scale", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find ratings that are not on the scale."""
    findings = subject.release.findings
    if findings is None:
        return
    scale = {word.lower() for word in findings.scale}
    for passage in subject.own:
        for match in STATED.finditer(passage.text):
            group = match.lastgroup or "bare"
            said = match[group]
            if said.lower() not in scale and not any(said.lower().startswith(f"{word} ") for word in scale):
                message = f"“{said}” is not one of {', '.join(findings.scale)}{suggest_name(said, findings.scale)}"
                yield passage.finding(*match.span(group), message)
