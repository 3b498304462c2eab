"""A quotation within a quotation in the same marks.

Marks alternate: double outside, single inside. Those round the words of a `quote` block are made and double, so what
is quoted within them is typed in single marks.

Wrong: `“He told me “no” twice.”`

Right: `“He told me ‘no’ twice.”`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.passage import SPOKEN
from pressgen.check.rule import rule
from pressgen.check.speech import find_outer_marks
from pressgen.errors import Severity
from pressgen.text.quoted_words import CLOSING, OPENING, pair_quotation_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

TURNED = "this mark opens at the end, and nothing follows: delete it"
MESSAGE = "use single marks inside double ones"


@rule("Q04", "same-marks-within", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find double quotation marks inside double quotation marks."""
    for passage in subject.own:
        if passage.kind in SPOKEN:
            typed = [(at, char) for at, char in enumerate(passage.text) if not passage.is_made(at)]
            text = "".join(char for _, char in typed)
            outer = find_outer_marks(text)  # Q01 has them taken out
            last = len(text.rstrip(" .,")) - 1
            for index, (at, char) in enumerate(typed):
                if index == last and char == OPENING:
                    yield passage.finding(at, at + 1, TURNED, mend="")
                elif char in OPENING + CLOSING and char not in (outer or ()):
                    yield passage.finding(at, at + 1, MESSAGE, mend="‘" if char == OPENING else "’")
            continue
        for at in pair_quotation_marks(passage.text).nested:
            yield passage.finding(at, at + 1, MESSAGE)
