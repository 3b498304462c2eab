"""A quotation whose speaker the reader does not know.

Whoever is quoted has a full name and an office, or a body that he or she speaks for, the first time. For a quotation
typed in prose nobody can be certain who speaks, so one that stands without any word of saying is a warning.

Wrong: `people: {moss: {name: Moss}}`, quoted

Right: `people: {moss: {name: Ada Moss, role: County Librarian}}`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.passage import Kind
from pressgen.check.rule import rule
from pressgen.check.speech import SAYING, TITLES, paragraphs
from pressgen.errors import Severity
from pressgen.text.quoted import marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject

LONG = 9
"""From so many words on, quoted words are speech and not a name or a phrase."""


@rule("Q05", "speaker-unknown", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find speakers without a full name or a role, and speech without a speaker."""
    people = subject.release.people
    for key in dict.fromkeys(each.speaker for each in subject.passages if each.kind is Kind.QUOTATION):
        person, path = people[key], f"people.{key}"
        if len([word for word in person.name.split() if word.strip(".") not in TITLES]) < 2:  # noqa: PLR2004 - a name
            yield Finding(f"{path}.name", f"{person.name} is quoted: give the full name", 0, len(person.name))
        if not (person.role or person.organisation):
            yield Finding(f"{path}.name", f"{person.name} is quoted: give a role", 0, len(person.name))
    if subject.language == "en":
        yield from _nobody(subject)


def _nobody(subject: Subject) -> Iterator[Finding]:
    """Speech in prose with no word of saying in its paragraph or the one before."""
    before = ""
    for passage, _ in paragraphs(subject):
        quoted = [each for each in marks(passage.text).quoted if len(each.words.split()) >= LONG]
        if quoted and not SAYING.search(before) and not SAYING.search(_outside(passage.text)):
            first = quoted[0]
            message = "this quotation has no speaker"
            yield passage.finding(first.start, first.start + 1, message, severity=Severity.WARNING)
        before = _outside(passage.text)


def _outside(text: str) -> str:
    """A text without what is quoted in it."""
    kept, at = [], 0
    for each in marks(text).quoted:
        kept.append(text[at : each.start])
        at = each.end
    return "".join([*kept, text[at:]])
