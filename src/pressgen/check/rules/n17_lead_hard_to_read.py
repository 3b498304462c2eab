"""A lead that is harder to read than the house wants.

By the reading age that Flesch and Kincaid's formula gives (US Navy report 8-75, 1975: grade plus five years). It
counts syllables by the places where a word may be hyphenated, so it is an estimate, and looked at only where the house
sets `style.limits.reading_age`.

Wrong: `Multidisciplinary stakeholder collaboration facilitated organisational transformation.`

Right: `Nurses, teachers and parents worked together, and the school got better.`
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyphen import Pyphen

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
FEWEST = 8
YEARS_BEFORE_SCHOOL = 5


@rule("N17", "lead-hard-to-read", Severity.STYLE, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find a lead that is harder to read than the house allows."""
    limit = subject.house.style.limits.reading_age
    lead = next((each for each in subject.passages if each.path == "body[0]"), None)
    if limit is None or lead is None:
        return
    words, count = WORD.findall(lead.text), len(split_sentences(lead.text))
    if len(words) < FEWEST:
        return
    syllables = sum(_count_syllables(word) for word in words)
    grade = 0.39 * len(words) / count + 11.8 * syllables / len(words) - 15.59
    age = round(grade + YEARS_BEFORE_SCHOOL)
    if age > int(limit):
        yield lead.finding(0, len(lead.text), f"the lead reads easily from age {age} on; the house's limit is {limit}")


def _count_syllables(word: str) -> int:
    return len(_load_hyphenation().positions(word.lower())) + 1


@cache
def _load_hyphenation() -> Pyphen:
    from pyphen import Pyphen

    return Pyphen(lang="en_GB", left=1, right=1)
