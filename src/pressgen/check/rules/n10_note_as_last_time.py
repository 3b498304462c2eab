"""A note that is word for word that of an earlier release, and speaks of a date, a year or a post.

Standing notes are copied from release to release, and with them last year's dates and the names of people who have
left. A note without any of these may stay as it is for years; one with them wants a look: a warning. Compared with the
releases of the workspace that come before this one.

Wrong: `The next report will be published in March 2018.`, as in the release of 2017

Right: `The next report will be published in March 2020.`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject

AGES = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:currently|this\s(?:year|month|spring|summer|autumn|winter)|at\spresent|chaired\sby"
    r"|led\sby|headed\sby|(?:Mr|Mrs|Ms|Dr|Sir|Dame|Professor|Lord|Lady)\s[A-Z])"
)
SPACES = re.compile(r"\s+")
LONG = 25
"""Shorter notes may well be the same by chance."""


@rule("N10", "note-as-last-time", Severity.WARNING)
def check(subject: Subject) -> Iterator[Finding]:
    """Find copied notes with something in them that goes out of date."""
    for note in subject.release.notes:
        path = f"notes[{note.id}].text"
        match = AGES.search(note.text)
        words = SPACES.sub(" ", note.text).strip()
        if match is None or len(words) < LONG:
            continue
        same = [each for each in subject.earlier if words in each.text]
        if same:
            first = min(same, key=lambda each: each.day)
            message = f"this note is unchanged since {first.slug} ({first.day}): is “{match[0]}” still right?"
            yield Finding(path, message, *match.span(), match[0])
