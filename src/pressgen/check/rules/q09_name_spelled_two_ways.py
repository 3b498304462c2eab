"""A person whose name or title is not spelled as among the release's people.

One letter out in a surname, beside the right first name or a title; or another title than the person has. Two people
may really be called Stacey and Stacy, so it is a warning.

Wrong: `Dame Ada Mosse welcomed the plan.` where the people have Dame Ada Moss

Right: `Dame Ada Moss welcomed the plan.`
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.check.speech import TITLES, get_first_names, get_surname
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject
    from pressgen.model.release import Person

PAIR = re.compile(r"(?<![\w’'-])(?=([A-Z][\w’'-]*)\.?\s([A-Z][\w’'-]{2,}))")
"""Two names in a row; looked for ahead, so that the second of one pair may be the first of the next."""
WORD = re.compile(r"[^\W\d_][\w’'-]*")
SHORTEST = 4
"""Shorter surnames are one letter from many words."""


@rule("Q09", "name-spelled-two-ways", Severity.WARNING)
def check(subject: Subject) -> Iterator[Finding]:
    """Find names that are nearly those of the release's people."""
    people = _PeopleIndex.of(subject.release.people.values())
    for passage in subject.own:
        for match in PAIR.finditer(passage.text):
            before, name = match[1], re.sub("[’']s$", "", match[2])
            if name not in people.words:
                yield from _check_surname(passage, match, name, people.beside.get(before, ()))
            yield from _check_first_name(passage, match, name, people)
            if before in TITLES and len(holders := people.surnames.get(name, [])) == 1:
                yield from _check_title(passage, match, name, holders[0])
    for key, person in subject.release.people.items():
        yield from _check_later_name(key, person)


@dataclass(frozen=True, slots=True)
class _PeopleIndex:
    """The people of a release, indexed by surname and by other names."""

    surnames: dict[str, list[Person]]
    beside: dict[str, list[Person]]
    words: set[str]

    @classmethod
    def of(cls, people: Iterable[Person]) -> _PeopleIndex:
        """Sort people by the words of their names."""
        known = cls({}, {}, set())
        for person in people:
            known.surnames.setdefault(get_surname(person), []).append(person)
            for word in {*get_first_names(person), *(TITLES & set(person.name.split()))}:
                known.beside.setdefault(word, []).append(person)
            known.words.update(re.findall(r"[\w’'-]+", person.name))
        return known


def _check_later_name(key: str, person: Person) -> Iterator[Finding]:
    """Find words of a person's later name that are nearly those of the name."""
    own = WORD.findall(person.name)
    for match in WORD.finditer(person.later or ""):
        near = [each for each in own if is_one_letter_apart(match[0], each)]
        if match[0] not in own and len(match[0]) >= SHORTEST and near:
            message = f"{match[0]} is spelled {near[0]} in the name: {person.name}"
            yield Finding(f"people.{key}.later", message, match.start(), match.end())


def _check_surname(passage: Passage, match: re.Match[str], name: str, people: Iterable[Person]) -> Iterator[Finding]:
    for person in people:
        last = get_surname(person)
        if len(last) >= SHORTEST and is_one_letter_apart(name, last):
            message = f"{name} is spelled {last} among the people: {person.name}"
            yield passage.finding(match.start(2), match.start(2) + len(name), message, mend=last)


def _check_first_name(passage: Passage, match: re.Match[str], name: str, people: _PeopleIndex) -> Iterator[Finding]:
    before = match[1]
    if before in people.words or before in TITLES:
        return
    for person in people.surnames.get(name, ()):
        if any(is_one_letter_apart(before, each) for each in get_first_names(person) if len(each) >= SHORTEST):
            message = f"{before} {name} is spelled {person.name} among the people"
            yield passage.finding(match.start(1), match.start(2) + len(name), message)


def _check_title(passage: Passage, match: re.Match[str], name: str, person: Person) -> Iterator[Finding]:
    own = TITLES & set(f"{person.name} {person.later or ''}".split())
    if own and match[1] not in own:
        message = f"{match[1]} {name} is {person.name} among the people"
        yield passage.finding(match.start(), match.start(2) + len(name), message)


def is_one_letter_apart(one: str, other: str) -> bool:
    """Return whether two words differ in one letter.

    One letter is different, added or missing, or two have changed places.
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, rest_other = one[start:], other[start:]
    swapped = rest[:2] == rest_other[1::-1] and rest[2:] == rest_other[2:] and len(rest) > 1
    return swapped or rest[1:] == rest_other[1:] or rest[1:] == rest_other or rest == rest_other[1:]
