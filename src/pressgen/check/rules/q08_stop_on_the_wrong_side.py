"""A full stop on the wrong side of a closing mark.

British houses put it inside where a whole sentence is quoted, outside where only words are. American ones always put it
inside, so releases in `en-US` are left alone. Whether words are a whole sentence is not always clear, so it is a
warning.

Wrong: `Inspectors called the work “outstanding.”`

Right: `Inspectors called the work “outstanding”.`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.passage import SPOKEN
from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.text.quoted_words import pair_quotation_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

INTRODUCED = re.compile(r"(?:[:.!?—–]|\b(?:said|says|added|told\s\w+|that),?)\s$")
FEW = 15
"""Up to so many words, beginning with a small letter, are no sentence."""
MOST = 4


@rule("Q08", "stop-on-the-wrong-side", Severity.WARNING, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find full stops on the wrong side of a closing quotation mark."""
    if subject.is_american:
        return
    for passage in [each for each in subject.own if each.kind not in SPOKEN]:
        text = passage.text
        for each in pair_quotation_marks(text).quoted:
            before, words = passage.before(each.start), each.words
            if not each.closed or not words.strip():
                continue
            small = (
                words[0].islower() and len(words.split()) <= FEW and before.strip() and not INTRODUCED.search(before)
            )
            if words.endswith(".") and small and text[each.end : each.end + 1] in {"", " "}:
                stretch = (each.end - 2, each.end)
                yield passage.finding(
                    *stretch, "part of a sentence is quoted: move the full stop outside the quotation marks", mend="”."
                )
            elif _is_whole_sentence(words) and text[each.end : each.end + 1] == "." and before.endswith((": ", ", ")):
                stretch = (each.end - 1, each.end + 1)
                yield passage.finding(
                    *stretch, "a whole sentence is quoted: move the full stop inside the quotation marks", mend=".”"
                )


def _is_whole_sentence(words: str) -> bool:
    return words[0].isupper() and len(words.split()) > MOST and not words.endswith((".", "!", "?", "…"))
