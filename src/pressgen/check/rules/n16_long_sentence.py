"""A sentence, or a lead, that is too long to be read aloud.

Limits are the house's (`style.limits.sentence`, `style.limits.lead`), in words. What somebody said is left as it was,
and so is a line of figures, of which a third of the words or more are numbers.

Wrong: a lead of ninety words

Right: a lead of thirty: who, what, where, when
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.passage import Kind
from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

PART = 3
DIGIT = re.compile(r"\d")
TEXTS = {Kind.PARAGRAPH, Kind.ITEM, Kind.SUMMARY, Kind.SUBHEAD}


@rule("N16", "long-sentence", Severity.STYLE)
def check(subject: Subject) -> Iterator[Finding]:
    """Find sentences and leads over the house's limits."""
    limits = subject.house.style.limits
    for passage in subject.own:
        if passage.kind not in TEXTS:
            continue
        every = split_sentences(passage.text)
        for sentence in every:
            if sentence.words > int(limits.sentence) and not _is_mostly_figures(sentence.text):
                message = f"a sentence of {sentence.words} words; the house allows {limits.sentence}"
                yield passage.finding(sentence.start, sentence.end, message)
        total = sum(each.words for each in every)
        if passage.path == "body[0]" and total > int(limits.lead):
            yield passage.finding(0, len(passage.text), f"the lead has {total} words; the house allows {limits.lead}")


def _is_mostly_figures(text: str) -> bool:
    """Return whether a text is mostly figures, such as telephone numbers.

    It may also be a table that lost its lines.
    """
    words = text.split()
    return sum(DIGIT.search(word) is not None for word in words) * PART >= len(words)
