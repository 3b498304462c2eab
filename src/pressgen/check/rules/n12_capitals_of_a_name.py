"""A name or word without its capitals, or with others.

The house lists names as they are written under `style.capitalise`; `check --fix` mends them.

Wrong: `Members of parliament use Github.` in a house that lists `Parliament` and `GitHub`

Right: `Members of Parliament use GitHub.`
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


@rule("N12", "capitals-of-a-name", Severity.STYLE)
def check(subject: Subject) -> Iterator[Finding]:
    """Find names with capitals that differ from house style."""
    listed = {each.lower(): each for each in subject.house.style.capitalise}
    for passage, match in find_listed_words(subject, list(listed), spoken=True):
        right = listed[match[0].lower()]
        if match[0] != right and not (match[0].isupper() and passage.text.isupper()):
            yield passage.finding(*match.span(), f"house style: {right}, not {match[0]}", mend=right)
