"""A closing mark at the end of a paragraph, though the same quotation goes on in the next.

In a quotation of several paragraphs every one opens with a mark and only the last closes. `quote` blocks have their
marks made; this finds quotations that were typed, and marks typed round the words of a `quote`.

Wrong: `“It was a good year.”` and in the next paragraph `“We shall do better.”`, by the same speaker

Right: `“It was a good year.` and in the next paragraph `“We shall do better.”`, or better a `quote` block
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.check.speech import find_outer_marks, is_all_speech, pair_paragraphs
from pressgen.errors import Severity
from pressgen.text.quoted_words import pair_quotation_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject

SOMEBODY = re.compile(r",[”\"]$")
"""Speech that ends in a comma is followed by its own speaker."""


@rule("Q01", "quotation-closed-too-early", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find quotations that close before the speaker ends."""
    for passage, following in pair_paragraphs(subject):
        quoted = pair_quotation_marks(passage.text).quoted
        if not quoted or following is None or not is_all_speech(following.text) or SOMEBODY.search(following.text):
            continue
        last = quoted[-1]
        if last.closed and last.end == len(passage.text) and len(last.words.split()) > 1:
            message = "the quotation continues in the next paragraph: delete this closing mark, or use a quote block"
            yield passage.finding(last.end - 1, last.end, message, mend="")
    for path, text in subject.typed.items():
        if ".quote.words" in path and (pair := find_outer_marks(text)):
            message = (
                f"the marks {pair[0]} {pair[1]} are added by pressgen: type the words without quotation"
                " marks around them"
            )
            yield Finding(path, message, 0, 1, text[:1])
