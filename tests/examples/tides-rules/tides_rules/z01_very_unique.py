"""A thing that is very unique.

There is one of it or there is not.

Wrong: `The hall is very unique.`

Right: `The hall is unique.`
"""

import re
from collections.abc import Iterator

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.check.subject import Subject
from pressgen.errors import Severity

VERY = re.compile(r"\bvery unique\b")


@rule("Z01", "very-unique", Severity.WARNING, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find what is more than unique."""
    for passage in subject.own:
        for match in VERY.finditer(passage.text):
            yield passage.finding(*match.span(), "nothing is very unique: take “very” out", mend="unique")
