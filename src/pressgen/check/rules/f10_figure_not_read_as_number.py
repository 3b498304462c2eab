"""A fact's value that looks like a number, but is read as words.

`value: 1,234` is printed as typed: nothing can round it, calculate with it or draw it, and no rule compares it. A value
that is words on purpose may be accepted, with the reason.

Wrong: `answers: {value: "1,234"}`

Right: `answers: {value: 1234}`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.text.figures import explain_unread_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject


@rule("F10", "figure-not-read-as-number", Severity.WARNING)
def check(subject: Subject) -> Iterator[Finding]:
    """Find facts with a number that is not in plain digits."""
    for key, fact in subject.release.facts.items():
        if advice := explain_unread_number(fact):
            message = f"“{fact.value}” is read as words, not as a number: {advice}"
            yield Finding(f"facts.{key}.value", message, 0, len(fact.value))
