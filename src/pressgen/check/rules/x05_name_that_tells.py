"""A file name that gives the news away before the lift.

Files are named after the release's folder. One with the rating in it was guessed and read before the hour. A name that
a stranger can guess is none of a secret either; nothing of a release is published under it before the lift, but files
go out by mail.

Wrong: `releases/thornmere-inadequate/`

Right: `releases/thornmere-march/`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject


@rule("X05", "name-that-tells", Severity.WARNING)
def check(subject: Subject) -> Iterator[Finding]:
    """Find folder names that reveal a rating or a figure."""
    if subject.moments.embargo is None:
        return
    words = re.split(r"[^a-z0-9]+", subject.slug.lower())
    findings = subject.release.findings
    given = {each.rating for each in findings.items} if findings else set()
    for rating in sorted(given):
        if re.split(r"[^a-z0-9]+", rating.lower()) == [each for each in words if each in rating.lower().split()]:
            message = f"the name {subject.slug} gives away the rating {rating}: give the folder another name"
            yield Finding("reference", message, 0, 0)
    for key, fact in subject.release.facts.items():
        if len(fact.value) > 1 and fact.value in words and fact.value not in subject.release.reference:
            message = f"the name {subject.slug} gives away the figure {fact.value}: give the folder another name"
            yield Finding(f"facts.{key}.value", message, 0, len(fact.value))
