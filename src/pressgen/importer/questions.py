"""What a person should look at: doubts beside their fields, words that no field holds, and how sure each part is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.importer.accounting import left_of_attribution, left_of_contacts
from pressgen.importer.draft import Doubt, Picture, Quotation, Sure
from pressgen.text.embargo.reading import Embargo, Open

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pressgen.importer.draft import Block, Someone, Taken
    from pressgen.importer.front import Front
    from pressgen.importer.tail import Tail
    from pressgen.importer.timing import Timing

INNER = re.compile(r"[“”„«»\"]")
SENTENCE_ENDS = (".", "!", "?")


@dataclass(frozen=True, slots=True)
class Found:
    """The parts of a release; `contacts` are ids of `people`."""

    front: Front
    tail: Tail
    timing: Timing
    blocks: Sequence[Block]
    contacts: Sequence[str]
    people: Mapping[str, Someone]

    @property
    def quotations(self) -> list[tuple[int, Quotation]]:
        """The quotations with their places in the body."""
        return [(index, block) for index, block in enumerate(self.blocks) if isinstance(block, Quotation)]


def doubts_of(found: Found, of_file: Iterable[str], *, placed: bool) -> Iterator[Doubt]:
    """The doubts about a release.

    Args:
        found: its parts.
        of_file: what was odd about the file.
        placed: whether the text gives a sign of where its office is.
    """
    for message in of_file:
        yield Doubt("", "the file", message)
    yield from _of_headline(found.front)
    for message in found.timing.doubts:
        yield Doubt("times.embargo", "embargo", message, found.timing.line)
    if isinstance(found.timing.reading, Embargo | Open) and not placed:
        message = "nothing says where the office is: the zone of the house, or of the language, is taken"
        yield Doubt("times.zone", "zone", message)
    for index, quotation in found.quotations:
        if any(INNER.search(text) for text in quotation.words):
            message = "double quotation marks stand within it: make them single, or see whether it ends earlier"
            yield Doubt(f"body[{index}]", "marks within a quotation", message, quotation.line)
        if left := left_of_attribution(quotation, found.people[quotation.by]):
            message = "its attribution says more than the data: the words are in `unplaced`"
            yield Doubt(f"body[{index}]", "attribution with more in it", message, left[0].line)
    for index, block in enumerate(found.blocks):
        if isinstance(block, Picture) and not block.alt:
            message = "nothing says what the picture shows: write `alt`, or `decorative` with the reason"
            yield Doubt(f"body[{index}]", "picture without a description", message, block.line)


def left_over(found: Found, contacts: Sequence[Taken]) -> list[Taken]:
    """The attributions, and the lines of contacts, that say more than the data."""
    left = [taken for _, each in found.quotations for taken in left_of_attribution(each, found.people[each.by])]
    return [*left, *left_of_contacts(contacts, found.people.values())]


def sureness_of(found: Found, of_quotations: Sequence[Doubt]) -> dict[str, Sure]:
    """How sure each part is."""
    front, tail = found.front, found.tail
    quoted = Sure.LIKELY if of_quotations else Sure.SURE
    noted = Sure.SURE if tail.heading else Sure.LIKELY
    return {
        "headline": front.sure if front.headline else Sure.ABSENT,
        "embargo": found.timing.sure,
        "quotations": quoted if found.quotations else Sure.ABSENT,
        "notes": noted if tail.noted else Sure.ABSENT,
        "contacts": Sure.SURE if found.contacts else Sure.ABSENT,
        "end mark": Sure.SURE if tail.end else Sure.ABSENT,
    }


def _of_headline(front: Front) -> Iterator[Doubt]:
    if not front.headline:
        yield Doubt("headline", "no headline", "no line above the text is a headline; write one")
    elif front.sure is Sure.DOUBTFUL:
        yield Doubt("headline", "headline", "other lines above the text could be it", front.headline[0].line)
    if front.second.endswith(SENTENCE_ENDS):
        yield Doubt("headline", "subhead", "the subhead is a whole sentence: it could be the lead")
