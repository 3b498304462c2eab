"""A word that may defame somebody.

The house lists such words under `style.careful`. Said by the office or by a person it quotes, it is a publication of
the office's: a warning, to be acknowledged by somebody who has asked.

Wrong: `The firm’s fraud cost the town a year.` in a house that lists `fraud`

Right: the same, acknowledged: `{rule: N14, where: "body[2]", because: the court found so on 3 May}`
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


@rule("N14", "word-for-the-lawyer", Severity.WARNING)
def check(subject: Subject) -> Iterator[Finding]:
    """Find words that the house wants a lawyer to see."""
    for passage, match in find_listed_words(subject, subject.house.style.careful, spoken=True):
        yield passage.finding(
            *match.span(),
            f"“{match[0]}” may defame somebody: ask your lawyer before it is sent, and record who was asked",
        )
