"""A word that the house does not use.

The house lists such words under `style.avoid`, with what to write instead; `check --fix` puts that in. Quotations are
left as they were spoken.

Wrong: `The team will utilise the new hall.` in a house that avoids `utilise`

Right: `The team will use the new hall.`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.rule import rule
from pressgen.check.wordlist import find_listed_words, match_case
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject


@rule("N11", "word-to-avoid", Severity.STYLE)
def check(subject: Subject) -> Iterator[Finding]:
    """Find words that the house avoids."""
    listed = {each.words.lower(): each for each in subject.house.style.avoid}
    for passage, match in find_listed_words(subject, list(listed)):
        entry = listed[match[0].lower()]
        because = f" ({entry.because})" if entry.because else ""
        if entry.instead is None:
            yield passage.finding(*match.span(), f"house style: not “{match[0]}”{because}")
        else:
            right = match_case(match[0], entry.instead)
            message = f"house style: {right}, not “{match[0]}”{because}"
            yield passage.finding(*match.span(), message, mend=right)
