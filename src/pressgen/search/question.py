"""A search of the archive, read from a command line.

`warm river` needs both words, `"warm river"` the phrase, `warm*` any word with that beginning, and `-warm` excludes the
word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.errors import UsageError
from pressgen.search.words import split_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


TERM = re.compile(r'(?P<without>-)?(?:["“„«](?P<phrase>[^"”“»]*)["”“»]?|(?P<bare>[^\s"“„«]+))(?P<begin>\*)?')
MOST = 60
"""The most words of a search: more than anybody types, and few enough for any database."""


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """Words that must follow each other directly.

    With `begins`, the last word may be only the beginning of a word.
    """

    words: Sequence[str]
    begins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """A search query.

    Attributes:
        terms: a release must have all of them.
        without: a release must have none of them.
        within: the one field to search; empty for all.
        person: words that its people must have.
        rating: one of its findings must have it, folded; empty for any.
        first, last: its day must be between these.
    """

    terms: Sequence[SearchTerm] = ()
    without: Sequence[SearchTerm] = ()
    within: str = ""
    person: Sequence[SearchTerm] = field(default=())
    rating: str = ""
    house: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def narrowed(self) -> bool:
        """Whether the search has other conditions than words."""
        return bool(self.person or self.rating or self.house or self.first or self.last)


def parse_terms(text: str) -> tuple[list[SearchTerm], list[SearchTerm]]:
    """Parse the wanted and the unwanted terms of a search.

    Raises:
        UsageError: there are too many terms for one search.
    """
    wanted: list[SearchTerm] = []
    unwanted: list[SearchTerm] = []
    for match in TERM.finditer(text):
        typed = match["bare"] if match["phrase"] is None else match["phrase"]
        found = tuple(each.text for each in split_words(typed.replace("{", " ")))
        if found:
            begins = bool(match["begin"]) or (match["bare"] or "").endswith("*")
            (unwanted if match["without"] else wanted).append(SearchTerm(found, begins))
    if sum(len(each.words) for each in (*wanted, *unwanted)) > MOST:
        raise UsageError(f"more than {MOST} words to look for; give fewer")
    return wanted, unwanted
