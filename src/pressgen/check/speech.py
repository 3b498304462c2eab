"""Who speaks in prose: verbs of saying, people by name, and paragraphs that are nothing but speech."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.passage import Kind
from pressgen.text.quoted import marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject
    from pressgen.model.release import Person

SAYING = re.compile(
    r"\b(?:said|says|say|saying|added|adds|told|tells|explain(?:ed|s)|comment(?:ed|s|ing)|stated|states|continued|continues|warned|warns"
    r"|concluded|concludes|noted|notes|argued|argues|claimed|claims|announced|announces|insisted|insists|asked|asks"
    r"|replied|responded|wrote|writes|according\sto|declared|remarked|observed|promised|stressed|emphasi[sz]ed"
    r"|urged|urges|confirmed|recalled|admitted|acknowledged|described|describes|called|calls)\b",
    re.IGNORECASE,
)
TITLES = frozenset(
    (
        "Mr Mrs Ms Miss Mx Dr Prof Professor Sir Dame Lord Lady Baroness Rev Hon Cllr Councillor Judge Rt Captain"
        " Colonel"
    ).split()
)


def paragraphs(subject: Subject) -> Iterator[tuple[Passage, Passage | None]]:
    """Each paragraph of the body with the paragraph that follows it at once; None where something else does."""
    every = [each for each in subject.passages if each.path.startswith("body[")]
    for index, passage in enumerate(every):
        if passage.kind is Kind.PARAGRAPH:
            following = every[index + 1] if index + 1 < len(every) else None
            yield passage, following if following and following.kind is Kind.PARAGRAPH else None


def is_all_speech(text: str) -> bool:
    """Whether a paragraph is quoted from its first character to its last, with nobody named as the speaker."""
    found = marks(text).quoted
    return len(found) == 1 and found[0].start == 0 and found[0].end >= len(text.rstrip(" .,"))


def surname(person: Person) -> str:
    """The last word of a person's name, letters after it left out: `Okafor` for `Dr Ngozi Okafor OBE`."""
    words = [word.strip(",") for word in person.name.split()]
    while len(words) > 1 and (words[-1].isupper() or words[-1] in {"Jr", "Sr", "Jr.", "Sr."}) and len(words[-1]) > 1:
        words.pop()
    return words[-1] if words else ""


def first_names(person: Person) -> list[str]:
    """A person's names without title and surname."""
    last = surname(person)
    return [word.strip(",.") for word in person.name.split() if word.strip(",.") not in {*TITLES, last}]


def people_in(subject: Subject, text: str) -> list[str]:
    """The ids of the people who are named in a text."""
    found = []
    for key, person in subject.release.people.items():
        names = {person.name, person.later or person.name, surname(person)}
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names if name):
            found.append(key)
    return found
