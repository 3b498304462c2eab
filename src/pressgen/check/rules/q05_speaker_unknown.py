"""A quotation whose speaker the reader does not know.

Whoever is quoted has a full name and an office, or a body that he or she speaks for, the first time: among the people,
or in a text before it, as in “the Mayor, Ada Moss”. For a quotation typed in prose nobody can be certain who speaks, so
one that stands without any word of saying, in its paragraph or in those that lead up to it, is a note on style.

Wrong: `people: {moss: {name: Moss}}`, quoted

Right: `people: {moss: {name: Ada Moss, role: County Librarian}}`
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.passage import Kind
from pressgen.check.rule import rule
from pressgen.check.speech import SPEAKING, TITLES, is_introduced, is_title, people_in
from pressgen.errors import Severity
from pressgen.text.quoted import marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.check.subject import Subject
    from pressgen.text.quoted import Quoted

LONG = 9
"""From so many words on, quoted words are speech and not a name or a phrase."""
SIGNED = re.compile(r"\s*[-–—]{1,2}\s?[A-Z]")
"""A dash and a name after the words."""


@rule("Q05", "speaker-unknown", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find speakers without a full name or a role, and speech without a speaker."""
    people = subject.release.people
    for key in dict.fromkeys(each.speaker for each in subject.passages if each.kind is Kind.QUOTATION):
        person, path = people[key], f"people.{key}"
        if len([word for word in person.name.split() if word.strip(".") not in TITLES]) < 2:  # noqa: PLR2004 - a name
            yield Finding(f"{path}.name", f"{person.name} is quoted: give the full name", 0, len(person.name))
        if not (person.role or person.organisation or person.name[0].islower() or is_introduced(subject, person)):
            yield Finding(f"{path}.name", f"{person.name} is quoted: give a role", 0, len(person.name))
    if subject.language == "en":
        yield from _nobody(subject)


def _nobody(subject: Subject) -> Iterator[Finding]:
    """Speech in prose with no word of saying beside it, nor in the paragraphs that lead up to it."""
    known = False
    body = [each for each in subject.passages if each.path.startswith("body[")]
    for passage, following in zip_longest(body, body[1:]):
        if passage.kind is not Kind.PARAGRAPH:
            known = passage.kind is Kind.QUOTATION or (known and passage.kind is not Kind.HEADING)
            continue
        quoted, outside = marks(passage.text), _outside(passage.text)
        spoken = [each for each in quoted.quoted if len(each.words.split()) >= LONG and not is_title(each.words)]
        told = bool(SPEAKING.search(outside)) or _named(passage.text, quoted.quoted)
        told = told or (following is not None and SPEAKING.match(following.text) is not None)
        if spoken and not (told or known or quoted.nested or people_in(subject, outside)):
            first = spoken[0]
            message = "this quotation has no speaker"
            yield passage.finding(first.start, first.start + 1, message, severity=Severity.STYLE)
        known = told or (known and not passage.text[:1].isupper())


def _named(text: str, quoted: Sequence[Quoted]) -> bool:
    """Whether a colon leads to quoted words, here or at the end, or a dash and a name follow them."""
    led = any(text[: each.start].rstrip().endswith(":") for each in quoted)
    return led or text.endswith(":") or (bool(quoted) and SIGNED.match(text, quoted[-1].end) is not None)


def _outside(text: str) -> str:
    """A text without what is quoted in it."""
    kept, at = [], 0
    for each in marks(text).quoted:
        kept.append(text[at : each.start])
        at = each.end
    return "".join([*kept, text[at:]])
