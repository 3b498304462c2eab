"""A number that announces a list of another length.

“Four areas” and three bullets. Looked for where a sentence ends in a colon before a list, and within a sentence that
lists after a colon.

Wrong: `Inspectors named four areas:` before a list of three

Right: `Inspectors named three areas:`
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.model.document import Listing, Paragraph
from pressgen.text.number_words import PrintedNumber, find_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

MOST = 20
REACH = 40
"""How many characters may be between a number and the colon after which the list begins."""
NOUN = re.compile(
    r"\s(?:[a-z-]+\s){0,3}?(?:[a-z]+s|people|men|women|children|criteria)\b(?!\s(?:of|out\sof|per|in)\s(?:the\s)?\d)"
)
UNITS = re.compile(
    r"\s(?:[a-z-]+\s)?(?:years?|months?|weeks?|days?|hours?|minutes?|times|points?|people|men|women|children|metres?|miles?"
    r"|pounds|dollars|euros|percent|per\scent)\b"
)
MEASURED = re.compile(
    r"\b(?:about|around|some|over|under|nearly|almost|least|most|than|include[sd]?|including|of|in)\s$"
)


@rule("F01", "count-not-of-list", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find lists that are longer or shorter than the text says."""
    body = subject.document.body
    texts = {each.path: each for each in subject.passages}
    for block, following in pairwise(body):
        if not isinstance(block, Paragraph) or not isinstance(following, Listing) or not str(block).endswith(":"):
            continue
        passage, length = texts[block.path], len(following.items)
        announced = _find_announced_number(passage.text, max(passage.text.rfind(". "), 0))
        if announced and announced.value != length:
            message = f"the text says {announced.text}, the list has {length}"
            yield passage.finding(announced.start, announced.end, message)
    for passage in subject.prose:
        yield from (
            passage.finding(each.start, each.end, message) for each, message in _find_inline_lists(passage.text)
        )


def _find_announced_number(text: str, start: int) -> PrintedNumber | None:
    """Return the last number from `start` on that counts things.

    It is returned only where it is the only one.
    """
    found = [
        each
        for each in find_numbers(text)
        if each.start >= start
        and 1 < each.value <= MOST
        and NOUN.match(text, each.end)
        and not UNITS.match(text, each.end)
        and not MEASURED.search(text[max(0, each.start - 20) : each.start])
    ]
    return found[0] if len(found) == 1 else None


def _find_inline_lists(text: str) -> Iterator[tuple[PrintedNumber, str]]:
    """Yield sentences with a list after a colon: “three parts: a, b”."""
    for match in re.finditer(r":\s([^:.;!?“”]+[^:.;!?“”\s])[.;](?:\s|$)", text):
        begin = max(text.rfind(mark, 0, match.start()) for mark in ".!?;:") + 1
        announced = _find_announced_number(text[begin : match.start()], 0)
        if announced is None or match.start() - begin - announced.end > REACH:
            continue
        announced = replace(announced, start=announced.start + begin, end=announced.end + begin)
        items = re.split(r",\s(?:and\s|or\s)?|\s(?:and|or)\s", match[1])
        at_least = len(re.split(r",\s", match[1])) + bool(re.search(r"\s(?:and|or)\s(?!.*,\s)", match[1]))
        if len(items) != announced.value and at_least != announced.value and len(items) > 1 and len(items) == at_least:
            yield announced, f"the text says {announced.text}, the list has {len(items)}"
