"""A headline or summary that is too long for where it goes, in capitals, or with a full stop.

Limits are the house's (`style.limits`); GOV.UK takes 65 characters of a title and 160 of a summary. Capitals are read
more slowly and lose the difference between `US` and `us`.

Wrong: `headline: NINE LIBRARIES OPEN ON SUNDAYS.`

Right: `headline: Nine libraries open on Sundays`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.passage import Kind
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject

FEWEST = 3
"""Headlines of fewer words may be a name in capitals."""


@rule("N08", "headline-out-of-form", Severity.WARNING)
def check(subject: Subject) -> Iterator[Finding]:
    """Find headlines and summaries that are too long or badly formed."""
    limits = subject.house.style.limits
    for passage in subject.own:
        if passage.kind is Kind.HEADLINE:
            yield from _check_length(passage, "headline", limits.headline)
            yield from _check_form(passage)
        elif passage.kind is Kind.SUMMARY:
            yield from _check_length(passage, "summary", limits.summary)


def _check_length(passage: Passage, name: str, limit: str | None) -> Iterator[Finding]:
    length = len(passage.text)
    if limit is not None and length > int(limit):
        yield passage.finding(int(limit), length, f"{name} is {length} characters; the house allows {limit}")


def _check_form(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    if text.isupper() and len(text.split()) >= FEWEST:
        yield passage.finding(0, len(text), "headline is in capitals: write it as a sentence")
    if text.endswith(".") and not text.endswith(("..", " Inc.", " Ltd.", " Co.", " St.", ".S.", ".K.")):
        message = "headline ends with a full stop: delete it"
        yield passage.finding(len(text) - 1, len(text), message, mend="")
