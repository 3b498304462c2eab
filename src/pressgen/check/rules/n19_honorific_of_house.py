"""A courtesy title where the house has none, or none where it has one.

`style.honorifics: always` wants Mr, Ms or Dr before a surname on its own after the first time; `never` wants
the surname alone. A house that says neither is left alone, and so is what somebody said.

Wrong: `Okafor opened the hall.` in a house with `honorifics: always`

Right: `Dr Okafor opened the hall.`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.passage import Kind
from pressgen.check.rule import rule
from pressgen.check.speech import TITLES, get_first_names, get_surname
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject
    from pressgen.model.release import Person

COURTESY = {"Mr", "Mrs", "Ms", "Miss", "Mx"}
TEXTS = {Kind.PARAGRAPH, Kind.ITEM, Kind.NOTE}


@rule("N19", "honorific-of-house", Severity.STYLE, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find surnames with or without a title against house style."""
    way = subject.house.style.honorifics
    if way is None:
        return
    for passage in [each for each in subject.own if each.kind in TEXTS]:
        for person in subject.release.people.values():
            yield from _check_surnames(passage, person, way)


def _check_surnames(passage: Passage, person: Person, way: str) -> Iterator[Finding]:
    last = get_surname(person)
    if not last:
        return
    for match in re.finditer(rf"(?<![\w’'-]){re.escape(last)}(?!\w)", passage.text):
        if passage.is_made(match.start()):
            continue
        before = passage.before(match.start()).split()[-1:]
        word = before[0].rstrip(".") if before else ""
        if way == "never" and word in COURTESY:
            start = match.start() - len(before[0]) - 1
            message = f"house style: {last}, not {word} {last}"
            yield passage.finding(start, match.end(), message, mend=last)
        elif way == "always" and word not in {*TITLES, *get_first_names(person)}:
            later = person.later if person.later and person.later.endswith(last) and person.later != last else ""
            message = f"house style: {later or f'a title before {last}'}, not {last} alone"
            yield passage.finding(*match.span(), message, mend=later or None)
