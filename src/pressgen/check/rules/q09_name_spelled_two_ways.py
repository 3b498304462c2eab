"""A person whose name or title is not spelled as among the release's people.

One letter out in a surname, beside the right first name or a title; or another title than the person has. Two people
may really be called Stacey and Stacy, so it is a warning.

Wrong: `Dame Ada Mosse welcomed the plan.` where the people have Dame Ada Moss

Right: `Dame Ada Moss welcomed the plan.`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.rule import rule
from pressgen.check.speech import TITLES, first_names, surname
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject
    from pressgen.model.release import Person

PAIR = re.compile(r"(?<![\w’'-])(?=([A-Z][\w’'-]*)\.?\s([A-Z][\w’'-]{2,}))")
"""Two names in a row; looked for ahead, so that the second of one pair may be the first of the next."""
SHORTEST = 4
"""Shorter surnames are one letter from many words."""


@rule("Q09", "name-spelled-two-ways", Severity.WARNING)
def check(subject: Subject) -> Iterator[Finding]:
    """Find names that are nearly those of the release's people."""
    people = subject.release.people
    known = {word for person in people.values() for word in re.findall(r"[\w’'-]+", person.name)}
    for passage in subject.own:
        for match in PAIR.finditer(passage.text):
            for person in people.values():
                yield from _misspelled(passage, match, person, known)
                yield from _wrong_title(passage, match, person, subject)


def _misspelled(passage: Passage, match: re.Match[str], person: Person, known: set[str]) -> Iterator[Finding]:
    before, name, last = match[1], re.sub("[’']s$", "", match[2]), surname(person)
    end = match.start(2) + len(name)
    beside = {*first_names(person), *(TITLES & set(person.name.split()))}
    if before in beside and name not in known and len(last) >= SHORTEST and one_apart(name, last):
        message = f"{name} is spelled {last} among the people: {person.name}"
        yield passage.finding(match.start(2), end, message, mend=last)
    firsts = [each for each in first_names(person) if len(each) >= SHORTEST]
    if name == last and before not in known | TITLES and any(one_apart(before, each) for each in firsts):
        message = f"{before} {last} is spelled {person.name} among the people"
        yield passage.finding(match.start(1), end, message)


def _wrong_title(passage: Passage, match: re.Match[str], person: Person, subject: Subject) -> Iterator[Finding]:
    title, name = match[1], re.sub("[’']s$", "", match[2])
    holders = [each for each in subject.release.people.values() if surname(each) == name]
    if title not in TITLES or holders != [person]:
        return
    own = TITLES & set(f"{person.name} {person.later or ''}".split())
    if own and title not in own:
        message = f"{title} {name} is {person.name} among the people"
        yield passage.finding(match.start(), match.start(2) + len(name), message)


def one_apart(one: str, other: str) -> bool:
    """Whether two words differ in one letter: another, one more, one fewer, or two changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, rest_other = one[start:], other[start:]
    swapped = rest[:2] == rest_other[1::-1] and rest[2:] == rest_other[2:] and len(rest) > 1
    return swapped or rest[1:] == rest_other[1:] or rest[1:] == rest_other or rest == rest_other[1:]
