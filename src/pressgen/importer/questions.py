"""Collect what a person should check in an imported release.

These are doubts about fields, words that no field holds, and the confidence in each part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.importer.accounting import find_unused_attribution, find_unused_contact_lines
from pressgen.importer.draft import Confidence, DraftDoubt, DraftPicture, DraftQuotation
from pressgen.text.embargo.reading import Embargo, UnsettledEmbargo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pressgen.importer.draft import Block, DraftPerson, SourceExcerpt
    from pressgen.importer.front import FrontMatter
    from pressgen.importer.tail import BackMatter
    from pressgen.importer.timing import EmbargoTiming

INNER = re.compile(r"[“”„«»\"]")
SENTENCE_ENDS = (".", "!", "?")


@dataclass(frozen=True, slots=True)
class ReleaseParts:
    """The parts of a release that were read.

    `contacts` are ids of `people`.
    """

    front: FrontMatter
    tail: BackMatter
    timing: EmbargoTiming
    blocks: Sequence[Block]
    contacts: Sequence[str]
    people: Mapping[str, DraftPerson]

    @property
    def quotations(self) -> list[tuple[int, DraftQuotation]]:
        """The quotations with their places in the body."""
        return [(index, block) for index, block in enumerate(self.blocks) if isinstance(block, DraftQuotation)]


def collect_doubts(found: ReleaseParts, of_file: Iterable[str], *, placed: bool) -> Iterator[DraftDoubt]:
    """Collect the doubts about a release.

    Args:
        found: its parts.
        of_file: what was odd about the file.
        placed: whether the text shows where its office is.
    """
    for message in of_file:
        yield DraftDoubt("", "the file", message)
    yield from _check_headline(found.front)
    for message in found.timing.doubts:
        yield DraftDoubt("times.embargo", "embargo", message, found.timing.line)
    if isinstance(found.timing.reading, Embargo | UnsettledEmbargo) and not placed:
        message = "nothing says where the office is: the zone of the house, or of the language, is taken"
        yield DraftDoubt("times.zone", "zone", message)
    for index, quotation in found.quotations:
        if any(INNER.search(text) for text in quotation.words):
            message = "double quotation marks stand within it: make them single, or see whether it ends earlier"
            yield DraftDoubt(f"body[{index}]", "marks within a quotation", message, quotation.line)
        if left := find_unused_attribution(quotation, found.people[quotation.by]):
            message = "its attribution says more than the data: the words are in `unplaced`"
            yield DraftDoubt(f"body[{index}]", "attribution with more in it", message, left[0].line)
    for index, block in enumerate(found.blocks):
        if isinstance(block, DraftPicture) and not block.alt:
            message = "nothing says what the picture shows: write `alt`, or `decorative` with the reason"
            yield DraftDoubt(f"body[{index}]", "picture without a description", message, block.line)


def find_unused_words(found: ReleaseParts, contacts: Sequence[SourceExcerpt]) -> list[SourceExcerpt]:
    """Find attributions and contact lines that say more than the data."""
    left = [taken for _, each in found.quotations for taken in find_unused_attribution(each, found.people[each.by])]
    return [*left, *find_unused_contact_lines(contacts, found.people.values())]


def estimate_confidence(found: ReleaseParts, of_quotations: Sequence[DraftDoubt]) -> dict[str, Confidence]:
    """Estimate how certain each part of a release is."""
    front, tail = found.front, found.tail
    quoted = Confidence.LIKELY if of_quotations else Confidence.SURE
    noted = Confidence.SURE if tail.heading else Confidence.LIKELY
    return {
        "headline": front.sure if front.headline else Confidence.ABSENT,
        "embargo": found.timing.sure,
        "quotations": quoted if found.quotations else Confidence.ABSENT,
        "notes": noted if tail.noted else Confidence.ABSENT,
        "contacts": Confidence.SURE if found.contacts else Confidence.ABSENT,
        "end mark": Confidence.SURE if tail.end else Confidence.ABSENT,
    }


def _check_headline(front: FrontMatter) -> Iterator[DraftDoubt]:
    if not front.headline:
        yield DraftDoubt("headline", "no headline", "no line above the text is a headline; write one")
    elif front.sure is Confidence.DOUBTFUL:
        yield DraftDoubt("headline", "headline", "other lines above the text could be it", front.headline[0].line)
    if front.second.endswith(SENTENCE_ENDS):
        yield DraftDoubt("headline", "subhead", "the subhead is a whole sentence: it could be the lead")
