"""A further paragraph of a quotation that does not open with a mark.

Every paragraph of a long quotation opens with a mark, so that a reader who comes in there knows that somebody speaks.

Wrong: `“It was a good year.` and in the next paragraph `We shall do better.”`

Right: `“It was a good year.` and in the next paragraph `“We shall do better.”`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.rule import rule
from pressgen.check.speech import SAYING, paragraphs
from pressgen.errors import Severity
from pressgen.text.quoted import CLOSING, OPENING, marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject


@rule("Q02", "paragraph-without-opening-mark", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find paragraphs in which a quotation goes on without its mark."""
    for passage, following in paragraphs(subject):
        quoted = marks(passage.text).quoted
        if following is None or not quoted or quoted[-1].closed or following.text.startswith((OPENING, '"')):
            continue
        if goes_on(following.text):
            message = "the quotation goes on here: begin the paragraph with an opening mark"
            yield following.finding(0, 1, message, mend=OPENING + following.text[:1])


def goes_on(text: str) -> bool:
    """Whether a paragraph closes a quotation that it does not open.

    One that says who speaks before the mark has lost its own opening one, and a small letter is a line that was broken.
    """
    stray = marks(text).stray
    if not stray or text[stray[0]] != CLOSING or text[:1].islower():
        return False
    return not SAYING.search(text, 0, stray[0])
