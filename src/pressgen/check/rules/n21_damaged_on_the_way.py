"""Characters that a program misread, or words that lost the space between them.

Text that was pasted from mail, a web page or a PDF brings `Ã©` for é, `?` for a letter with an accent, and sentences
run together. A scan brings a quotation mark for a dash or a bullet. Some names are really written so, with a full stop
inside, so it is a warning; a name that stands in two places passes.

Wrong: `The Espa?ol edition is out.Readers like it.`

Right: `The Español edition is out. Readers like it.`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.text.quoted_words import pair_quotation_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

MISREAD = re.compile(r"(?:[ÃÂâï][\xa0-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2})+|�+")
LOST = re.compile(r"(?<![\w/?&=.#:-])[^\W\d_]{2,}\?[a-z]+(?![\w/=&])")
GLUED = re.compile(
    r"(?<![\w/@.:#-])[^\W\d_]*[a-z]{2}[.!?][”\"]?[“\"]?[A-Z][a-z]+(?![\w.@/])|(?<![\w/@.:#-])[a-z]{3,}(?:[,;][A-Za-z]{2,}|:https?:)(?![@=])"
)
ALONE = "this quotation mark stands alone: a program put it for another character"
BEFORE = 12
"""So many characters before a word tell one place from another."""


@rule("N21", "damaged-on-the-way", Severity.WARNING)
def check(subject: Subject) -> Iterator[Finding]:
    """Find characters and spaces that were damaged by pasting."""
    english = subject.language == "en"
    text = "\n".join(subject.typed.values()).lower()
    for passage in subject.own:
        if misread := MISREAD.search(passage.text):  # where one is, there are many
            message = f"“{misread[0]}” is a character that a program misread: type the right one"
            yield passage.finding(*misread.span(), message)
        for match in LOST.finditer(passage.text):
            yield passage.finding(*match.span(), f"“{match[0]}” has lost a letter: type it again")
        for at in pair_quotation_marks(passage.text).lone if english else ():
            yield passage.finding(at, at + 1, ALONE)
        for match in GLUED.finditer(passage.text) if english else ():
            if not _is_name(match[0].lower(), text):
                yield passage.finding(*match.span(), f"“{match[0]}”: a space is missing")


def _is_name(word: str, text: str) -> bool:
    """Return whether a name is written so.

    Then it has other words before it elsewhere, or is an address as well.
    """
    before = {text[max(0, match.start() - BEFORE) : match.start()] for match in re.finditer(re.escape(word), text)}
    return len(before) > 1
