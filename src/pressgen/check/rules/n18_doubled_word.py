"""A word that stands twice, or a space before a mark.

“The the” survives every reading by its author. “Had had” and “that that” may be right, and are passed over.

Wrong: `Doors open at the the side .`

Right: `Doors open at the side.`
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

DOUBLED = re.compile(r"(?<![\w’'-])([a-z]+)\s\1(?![\w’'-])", re.IGNORECASE)
RIGHT = {
    "had",
    "that",
    "is",
    "her",
    "bye",
    "ha",
    "no",
    "very",
    "now",
    "so",
    "knock",
    "hear",
    "tut",
    "vous",
    "nous",
    "sie",
}
SPACED = re.compile(r"(?<=\w) (?=[,;.!?](?:\s|$))")


@rule("N18", "doubled-word", Severity.WARNING, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find words that stand twice, and spaces before marks."""
    for passage in subject.own:
        for match in DOUBLED.finditer(passage.text):
            if match[1].lower() not in RIGHT and not match[1].istitle() and passage.kind is not Kind.CELL:
                yield passage.finding(*match.span(), f"“{match[0]}”: the word stands twice", mend=match[1])
        for match in SPACED.finditer(passage.text):
            yield passage.finding(*match.span(), "a space before a mark: take it out", mend="")
