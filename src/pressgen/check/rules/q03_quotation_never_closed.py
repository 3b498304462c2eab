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
from pressgen.text.quoted_words import CLOSING, OPENING, STRAIGHT, pair_quotation_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject
    from pressgen.text.quoted_words import DoubleMarks

SINGLE = re.compile(
    r"(?<!\w)‘(?!\d|(?:em|n|til|tis|twas|cause|bout|round)\b)[^‘’]*(?:(?:‘(?=\d)|’(?=\w))[^‘’]*)*(?=‘(?!\d)|$)"
)
"""A single mark that opens and is never closed; before a figure it is an apostrophe."""

LETTERS = re.compile(r"[^\W\d_]")
FURNITURE = 3
"""With fewer letters a text is the furniture of a page: a number, a rule, a dot."""
SMALL = " .,·•*'’-–"
"""Signs before an opening mark, from a scan or a list."""


@rule("Q03", "quotation-never-closed", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find quotation marks that are never closed or never opened."""
    texts = [each for each in subject.own if len(LETTERS.findall(each.text)) >= FURNITURE]
    for index, passage in enumerate(texts):
        if match := SINGLE.search(passage.text):
            yield passage.finding(match.start(), match.start() + 1, "this single mark is never closed")
        if passage.kind in SPOKEN:
            continue
        found = pair_quotation_marks(passage.text)
        yield from _find_wrong_marks(passage, found)
        following = texts[index + 1] if index + 1 < len(texts) else None
        if found.quoted and not found.quoted[-1].closed and not _is_continued(passage, following):
            at = found.quoted[-1].start
            yield passage.finding(at, at + 1, "this quotation is never closed")
        before = texts[index - 1] if index else None
        opened = before is not None and any(not each.closed for each in pair_quotation_marks(before.text).quoted)
        for at in found.stray[1:] if opened else found.stray:
            yield passage.finding(at, at + 1, "this closes a quotation that was never opened")


def _find_wrong_marks(passage: Passage, found: DoubleMarks) -> Iterator[Finding]:
    """Yield marks of the wrong kind at one end of a quotation."""
    for at in found.crossed:
        yield passage.finding(at, at + 1, "this opens with a double mark, and a single one closes it: use one kind")
    for at in found.turned:
        yield passage.finding(at, at + 1, "an opening mark where the quotation ends: type ”", mend=CLOSING)


def _is_continued(passage: Passage, following: Passage | None) -> bool:
    """Return whether an open quotation continues in the next paragraph."""
    kinds = {Kind.PARAGRAPH, Kind.ITEM}
    if following is None or passage.kind is not Kind.PARAGRAPH or following.kind not in kinds:
        return False
    marked = following.text.lstrip(SMALL).startswith((OPENING, STRAIGHT))
    return marked or bool(pair_quotation_marks(following.text).stray)
