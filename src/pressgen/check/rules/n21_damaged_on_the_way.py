"""Characters that a program misread, or words that lost the space between them.

Text that was pasted from mail, a web page or a PDF brings `Ã©` for é, `?` for a letter with an accent, and sentences
run together. Some names are really written so, with a full stop inside, so it is a warning.

Wrong: `The Espa?ol edition is out.Readers like it.`

Right: `The Español edition is out. Readers like it.`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

MISREAD = re.compile(r"(?:[ÃÂâï][\xa0-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2})+|�+")
LOST = re.compile(r"(?<![\w/?&=.#:-])[^\W\d_]{2,}\?[a-z]+(?![\w/=&])")
GLUED = re.compile(
    r"(?<![\w/@.:#-])[^\W\d_]*[a-z]{2}[.!?][”\"]?[“\"]?[A-Z][a-z]+(?![\w.@/])|(?<![\w/@.:#-])[a-z]{3,}(?:[,;][A-Za-z]{2,}|:https?:)(?![@=])"
)


@rule("N21", "damaged-on-the-way", Severity.WARNING)
def check(subject: Subject) -> Iterator[Finding]:
    """Find characters and spaces that were damaged by pasting."""
    for passage in subject.own:
        if misread := MISREAD.search(passage.text):  # where one is, there are many
            message = f"“{misread[0]}” is a character that a program misread: type the right one"
            yield passage.finding(*misread.span(), message)
        for match in LOST.finditer(passage.text):
            yield passage.finding(*match.span(), f"“{match[0]}” has lost a letter: type it again")
        for match in GLUED.finditer(passage.text) if subject.language == "en" else ():
            yield passage.finding(*match.span(), f"“{match[0]}”: a space is missing")
