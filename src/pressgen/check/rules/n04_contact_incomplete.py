"""Nobody for journalists to ask, or no way to reach them.

A release has a contact with a name, a telephone and an e-mail address. A contact with one of the two is a warning. An
out-of-hours number is a note on style, and an error in houses with `style.out_of_hours: true`: embargoes lift at 00:01.

Wrong: `contacts: []`

Right: `contacts: [lind]` with `phone`, `email` and `out_of_hours` among the people
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject


@rule("N04", "contact-incomplete", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find contacts that cannot be reached."""
    release = subject.release
    if not release.contacts:
        yield Finding("contacts", "no contact for journalists: name one of the people under `contacts`")
    for index, key in enumerate(release.contacts):
        person, path = release.people[key], f"contacts[{index}]"
        if not person.phone and not person.email:
            yield Finding(
                path, f"{person.name} has neither phone nor email: journalists cannot reach them", 0, len(key)
            )
        elif not person.phone or not person.email:
            lacks = "email" if person.phone else "phone"
            message = f"{person.name} has no {lacks}"
            yield Finding(path, message, 0, len(key), severity=Severity.WARNING)
    people = [release.people[key] for key in release.contacts]
    if people and not any(person.out_of_hours for person in people):
        severity = None if subject.house.style.out_of_hours else Severity.STYLE
        yield Finding(
            "contacts[0]", "no contact has an out-of-hours number", 0, len(release.contacts[0]), severity=severity
        )
