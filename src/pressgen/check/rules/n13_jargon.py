"""A word that readers outside the office do not know.

The house lists its own under `style.jargon`.

Wrong: `Stakeholders were onboarded.` in a house that lists both as jargon

Right: `Parents and teachers were told how it works.`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.rule import rule
from pressgen.check.wordlist import find_listed_words
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject


@rule("N13", "jargon", Severity.STYLE)
def check(subject: Subject) -> Iterator[Finding]:
    """Find words on the house's list of jargon."""
    for passage, match in find_listed_words(subject, subject.house.style.jargon):
        yield passage.finding(*match.span(), f"“{match[0]}” is jargon: say what it means")
