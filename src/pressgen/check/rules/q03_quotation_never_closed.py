"""A quotation that is never closed, or one that is closed and was never opened.

The reader cannot tell where the speaker ends and the office begins. A paragraph whose quotation goes on in the next
one is right without a closing mark.

Wrong: `She called it “a good year.`

Right: `She called it “a good year”.`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.passage import SPOKEN, Kind
from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.text.quoted_words import OPENING, pair_quotation_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject


SINGLE = re.compile(
    r"(?<!\w)‘(?!\d|(?:em|n|til|tis|twas|cause|bout|round)\b)[^‘’]*(?:(?:‘(?=\d)|’(?=\w))[^‘’]*)*(?=‘(?!\d)|$)"
)
"""A single mark that opens and is never closed; before a figure it is an apostrophe."""


@rule("Q03", "quotation-never-closed", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find quotation marks that are never closed or never opened."""
    texts = subject.own
    for index, passage in enumerate(texts):
        if match := SINGLE.search(passage.text):
            yield passage.finding(match.start(), match.start() + 1, "this single mark is never closed")
        if passage.kind in SPOKEN:
            continue
        found = pair_quotation_marks(passage.text)
        following = texts[index + 1] if index + 1 < len(texts) else None
        if found.quoted and not found.quoted[-1].closed and not _is_continued(passage, following):
            at = found.quoted[-1].start
            yield passage.finding(at, at + 1, "this quotation is never closed")
        before = texts[index - 1] if index else None
        opened = before is not None and any(not each.closed for each in pair_quotation_marks(before.text).quoted)
        for at in found.stray[1:] if opened else found.stray:
            yield passage.finding(at, at + 1, "this closes a quotation that was never opened")


def _is_continued(passage: Passage, following: Passage | None) -> bool:
    """Return whether an open quotation continues in the next paragraph."""
    if following is None or passage.kind is not Kind.PARAGRAPH or following.kind is not Kind.PARAGRAPH:
        return False
    return following.text.startswith((OPENING, '"')) or bool(pair_quotation_marks(following.text).stray)
