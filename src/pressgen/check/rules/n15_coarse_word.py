"""A word that no release says.

The house lists them under `style.coarse`. In a quotation it may be what was said, and have to stay: a warning there,
an error elsewhere.

Wrong: `A damned good year` in a house that lists `damned`

Right: `A very good year`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.passage import SPOKEN
from pressgen.check.rule import rule
from pressgen.check.wordlist import find_listed_words
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject


@rule("N15", "coarse-word", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find words on the house's list of coarse words."""
    for passage, match in find_listed_words(subject, subject.house.style.coarse, spoken=True):
        quoted = passage.kind in SPOKEN
        message = f"“{match[0]}” is on the house's list of coarse words" + (": must it be quoted?" if quoted else "")
        yield passage.finding(*match.span(), message, severity=Severity.WARNING if quoted else None)
