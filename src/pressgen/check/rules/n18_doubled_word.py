"""A repeated word, or a space before a punctuation mark.

“The the” survives every reading by its author. “Had had” and “that that” may be right, and “a long long time” is
meant; they are passed over, and so is an acronym after its like: “the THE ranking”.

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

DOUBLED = re.compile(r"(?<![\w’'-])([a-z]+)\s(\1)(?![\w’'-])", re.IGNORECASE)
RIGHT = frozenset(
    "had that is her bye ha no very now so knock hear tut vous nous sie long many far much really too".split()
)
SENTENCE = 4
"""In a table, fewer words are a name or a value."""
SPACED = re.compile(r"(?<=[\w%°)\]”’\"'])[ \u00a0\u2009\u202f]+(?=[,;](?!\d)|[.!?](?:[\s”’\"')\]]|$))")
"""One space or more after a word, a sign or a closing mark; a full stop may begin a name, such as .uk."""


@rule("N18", "doubled-word", Severity.WARNING, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find words typed twice, and spaces before punctuation marks."""
    for passage in subject.own:
        for match in DOUBLED.finditer(passage.text):
            label = passage.kind is Kind.CELL and len(passage.text.split()) < SENTENCE
            if _is_typed_twice(match) and not label:
                yield passage.finding(*match.span(), f"“{match[0]}”: the word is repeated", mend=match[1])
        for match in SPACED.finditer(passage.text):
            yield passage.finding(*match.span(), "a space before a punctuation mark: delete it", mend="")


def _is_typed_twice(match: re.Match[str]) -> bool:
    """Return whether two equal words are one word typed twice."""
    acronym = match[2].isupper() and not match[1].isupper()
    return match[1].lower() not in RIGHT and not match[0].istitle() and not acronym
