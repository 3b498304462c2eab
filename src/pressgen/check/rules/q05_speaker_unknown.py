"""A quotation whose speaker the reader does not know.

Everybody who is quoted has a full name and a role, or a body that they speak for, the first time: among the people,
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
from pressgen.check.speech import SPEAKING, TITLES, find_people, is_introduced, is_work_title
from pressgen.errors import Severity
from pressgen.text.quoted_words import pair_quotation_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.check.subject import Subject
    from pressgen.text.quoted_words import QuotedText

LONG = 9
"""From so many words on, quoted words are speech and not a name or a phrase."""
SIGNED = re.compile(r"\s*[-–—]{1,2}\s?[A-Z]")
"""A dash and a name after the words."""


@rule("Q05", "speaker-unknown", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find speakers without full name or role, and unattributed speech."""
    people = subject.release.people
    for key in dict.fromkeys(each.speaker for each in subject.passages if each.kind is Kind.QUOTATION):
        person, path = people[key], f"people.{key}"
        if len([word for word in person.name.split() if word.strip(".") not in TITLES]) < 2:  # noqa: PLR2004 - a name
            yield Finding(f"{path}.name", f"{person.name} is quoted: give the full name", 0, len(person.name))
        if not (person.role or person.organisation or person.name[0].islower() or is_introduced(subject, person)):
            yield Finding(f"{path}.name", f"{person.name} is quoted: give a role", 0, len(person.name))
    if subject.language == "en":
        yield from _find_unattributed_speech(subject)


def _find_unattributed_speech(subject: Subject) -> Iterator[Finding]:
    """Yield speech in prose that has no speaker.

    There is no word of saying next to it, nor in the paragraphs that lead up to it.
    """
    known = False
    body = [each for each in subject.passages if each.path.startswith("body[")]
    for passage, following in zip_longest(body, body[1:]):
        if passage.kind is not Kind.PARAGRAPH:
            known = passage.kind is Kind.QUOTATION or (known and passage.kind is not Kind.HEADING)
            continue
        quoted, outside = pair_quotation_marks(passage.text), _remove_quotations(passage.text)
        spoken = [each for each in quoted.quoted if len(each.words.split()) >= LONG and not is_work_title(each.words)]
        attributed = bool(SPEAKING.search(outside)) or _is_attributed(passage.text, quoted.quoted)
        attributed = attributed or (following is not None and SPEAKING.match(following.text) is not None)
        if spoken and not (attributed or known or quoted.nested or find_people(subject, outside)):
            first = spoken[0]
            message = "this quotation has no speaker"
            yield passage.finding(first.start, first.start + 1, message, severity=Severity.STYLE)
        known = attributed or (known and not passage.text[:1].isupper())


def _is_attributed(text: str, quoted: Sequence[QuotedText]) -> bool:
    """Return whether quoted words follow a colon, or a name follows them.

    A colon at the end of the text counts too; the name must follow a dash.
    """
    led = any(text[: each.start].rstrip().endswith(":") for each in quoted)
    return led or text.endswith(":") or (bool(quoted) and SIGNED.match(text, quoted[-1].end) is not None)


def _remove_quotations(text: str) -> str:
    """Return a text without its quotations."""
    kept, at = [], 0
    for each in pair_quotation_marks(text).quoted:
        kept.append(text[at : each.start])
        at = each.end
    return "".join([*kept, text[at:]])
