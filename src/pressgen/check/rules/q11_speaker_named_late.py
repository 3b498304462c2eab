"""Several sentences of a quotation before the reader learns who is speaking.

Introduce the speaker before the quotation or after its first sentence. The house says how many sentences it bears
under `style.limits.before_attribution`. `quote` blocks name their speaker first; this looks at speech typed in prose.

Wrong: `“One. Two. Three. Four,” said Ada Moss.`

Right: `“One,” said Ada Moss. “Two. Three. Four.”`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.rule import rule
from pressgen.check.speech import SAYING, pair_paragraphs
from pressgen.errors import Severity
from pressgen.text.quoted_words import pair_quotation_marks
from pressgen.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject


@rule("Q11", "speaker-named-late", Severity.WARNING, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find quotations that name their speaker too late."""
    most = int(subject.house.style.limits.before_attribution)
    before = ""
    for passage, _ in pair_paragraphs(subject):
        quoted = pair_quotation_marks(passage.text).quoted
        if quoted and quoted[0].start == 0 and not before.endswith(":") and not SAYING.search(before[-80:]):
            first = quoted[0]
            waits = len(split_sentences(first.words))
            if waits > most and SAYING.search(passage.text[first.end : first.end + 60]):
                message = f"the reader waits {waits} sentences to learn who is speaking: name them earlier"
                yield passage.finding(0, 1, message)
        before = passage.text
