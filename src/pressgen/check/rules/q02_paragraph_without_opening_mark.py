"""A further paragraph of a quotation that does not open with a mark.

Every paragraph of a long quotation opens with a mark, so that a reader who comes in there knows that somebody speaks.

Wrong: `“It was a good year.` and in the next paragraph `We shall do better.”`

Right: `“It was a good year.` and in the next paragraph `“We shall do better.”`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.rule import rule
from pressgen.check.speech import ENDED, SAYING, pair_paragraphs
from pressgen.errors import Severity
from pressgen.text.quoted_words import CLOSING, OPENING, pair_quotation_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject


@rule("Q02", "paragraph-without-opening-mark", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find paragraphs that continue a quotation without an opening mark."""
    for passage, following in pair_paragraphs(subject):
        quoted = pair_quotation_marks(passage.text).quoted
        if following is None or not quoted or quoted[-1].closed or following.text.startswith((OPENING, '"')):
            continue
        if ENDED.search(passage.text) and is_continued_quotation(following.text):
            message = "the quotation continues here: begin the paragraph with an opening mark"
            yield following.finding(0, 1, message, mend=OPENING + following.text[:1])


def is_continued_quotation(text: str) -> bool:
    """Return whether a paragraph closes a quotation that it does not open.

    A paragraph that says who speaks before the mark has lost its own opening mark. One that begins with a small letter
    is a broken line.
    """
    stray = pair_quotation_marks(text).stray
    if not stray or text[stray[0]] != CLOSING or text[:1].islower():
        return False
    return not SAYING.search(text, 0, stray[0])
