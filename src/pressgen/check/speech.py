"""Find who speaks in prose.

It knows verbs of saying, people by name, and paragraphs that are only speech.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.passage import Kind
from pressgen.text.quoted_words import pair_quotation_marks

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
SPEAKING = re.compile(
    rf"{SAYING.pattern}|\b(?:say|add|tell|write|explain|conclude|argue|warn|insist|reply|respond|declare|remark|observe"
    r"|emphasi[sz]e|urge|confirm|recall|admit|acknowledg(?:e|es|ing)|believes?d?|suggest(?:s|ed|ing)?|agree[sd]?|reflect(?:s|ed|ing)"
    r"|shared|commended|reported|reveal(?:s|ed)|thank(?:s|ed)|pledged|vowed|predict(?:s|ed)|caution(?:s|ed)|testified"
    r"|recounted|outlined|highlight(?:s|ed)|pointed\sout|expressed|quoted|reads?)\b",
    re.IGNORECASE,
)
"""Words of saying in the widest sense: speech next to one has a speaker."""
TOLD_AFTER = re.compile(
    r"(?:\s[A-Z]{2,5})*(?:,\s(?!(?:said|says|who\ssaid|and|but)\b)|\s\(|\s(?:at|of|from|is|was|who|heads|leads|chairs)\b)"
)
TOLD_BEFORE = re.compile(
    r"(?:[\w’'],|\b(?:minister|secretary|senator|director|chair(?:man|woman|person)?|president|executive|CEO|officer|head"
    r"|spokes(?:man|woman|person)|commissioner|attorney|mayor|leader|manager|inspector|superintendent|founder|author"
    r"|researcher|curator|editor|captain|governor|ambassador))\s(?:[A-Z][a-z]+\.?\s)?$",
    re.IGNORECASE,
)
"""Text next to a name that says who it is: an office, a place, a clause."""
ENDED = re.compile(r"[.!?:;…”\"’')\]]\s*$")
"""The end of a paragraph; without it, a program may have broken a line there."""
TITLES = frozenset(
    (
        "Mr Mrs Ms Miss Mx Dr Prof Professor Sir Dame Lord Lady Baroness Rev Hon Cllr Councillor Judge Rt Captain"
        " Colonel"
    ).split()
)


def pair_paragraphs(subject: Subject) -> Iterator[tuple[Passage, Passage | None]]:
    """Yield each paragraph of the body with the paragraph that follows it.

    The second is None where something other than a paragraph follows.
    """
    every = [each for each in subject.passages if each.path.startswith("body[")]
    for index, passage in enumerate(every):
        if passage.kind is Kind.PARAGRAPH:
            following = every[index + 1] if index + 1 < len(every) else None
            yield passage, following if following and following.kind is Kind.PARAGRAPH else None


def is_all_speech(text: str) -> bool:
    """Return whether a paragraph is one quotation that names no speaker."""
    found = pair_quotation_marks(text).quoted
    return len(found) == 1 and found[0].start == 0 and found[0].end >= len(text.rstrip(" .,"))


def get_surname(person: Person) -> str:
    """Return the surname of a person: `Okafor` for `Dr Ngozi Okafor OBE`.

    It is the last word of the person's short name, if that is part of the name: `Lin` for `Lin Zhiyuan (林志远)` and
    `Tremaine` for `Lord Tremaine of Bodmin`. Else it is the last word of the name, without the letters after it.
    """
    words = [word.strip(",") for word in person.name.split() if not word.startswith("(")]
    called = (person.later or "").split()[-1:]
    if called and called[0] in words:
        return called[0]
    while len(words) > 1 and (words[-1].isupper() or words[-1] in {"Jr", "Sr", "Jr.", "Sr."}) and len(words[-1]) > 1:
        words.pop()
    return words[-1] if words else ""


def get_first_names(person: Person) -> list[str]:
    """Return a person's names without title and surname."""
    last = get_surname(person)
    return [word.strip(",.") for word in person.name.split() if word.strip(",.") not in {*TITLES, last}]


def is_introduced(subject: Subject, person: Person) -> bool:
    """Return whether a text introduces a person before their first quotation.

    Examples: `the Mayor, Ada Moss`, `Ada Moss of Leeds`.
    """
    given = get_first_names(person)
    if not given:
        return False
    first, last = re.escape(given[0]), re.escape(get_surname(person))
    name = re.compile(rf"(?<!\w)(?i:{first})(?:\s[A-Z][\w.]*){{0,2}}\s(?i:{last})(?!\w)")
    for passage in subject.own:
        if passage.kind is Kind.QUOTATION and subject.release.people.get(passage.speaker) == person:
            return False
        for match in name.finditer(passage.text) if passage.kind is not Kind.QUOTATION else ():
            if TOLD_AFTER.match(passage.text, match.end()) or TOLD_BEFORE.search(passage.before(match.start())):
                return True
    return False


def find_people(subject: Subject, text: str) -> list[str]:
    """Return the ids of the people who are named in a text."""
    found = []
    for key, person in subject.release.people.items():
        names = {person.name, person.later or person.name, get_surname(person)}
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names if name):
            found.append(key)
    return found


SHORT_WORD = 4
"""Shorter words of a title may be small: `of`, `and`, `the`."""


ROUND = (("“", "”"), ('"', '"'), ("‘", "’"))


def is_work_title(words: str) -> bool:
    """Return whether quoted words are a title, such as `Low Tide`.

    A title has several words, all with capitals.
    """
    found = re.findall(r"[^\W\d_]+", words)
    long = [word for word in found if len(word) >= SHORT_WORD]
    return len(found) > 1 and found[0][0].isupper() and all(word[0].isupper() for word in long)


def find_outer_marks(text: str) -> tuple[str, str] | None:
    """Return the quotation marks around a whole text, or None."""
    inner = text.strip()
    for opening, closing in ROUND:
        whole = len(inner) > 1 and inner.startswith(opening) and inner.endswith(closing)
        if whole and opening not in inner[1:-1] and closing not in inner[1:-1].replace("’", ""):
            return opening, closing
    return None
