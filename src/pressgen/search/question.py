"""A search of the archive, and its matches in a passage.

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
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pressgen.search.words import SearchWord


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
        raise UsageError(f"that is more than {MOST} words to look for; give fewer")
    return wanted, unwanted


@dataclass(frozen=True, slots=True)
class TermMatches:
    """The places in a passage that match a search.

    Attributes:
        spans: the characters that were found, in order, none twice; spans with only a space between them are one.
        terms: how many of the question's terms are among them.
    """

    spans: Sequence[tuple[int, int]]
    terms: int


def find_terms(terms: Sequence[SearchTerm], there: Sequence[SearchWord], alike: Mapping[str, set[str]]) -> TermMatches:
    """Find search terms among the words of a passage.

    `alike` lists, for each word, other words that count as the same.
    """
    marked: set[int] = set()
    count = 0
    for term in terms:
        starts = [at for at in range(len(there) - len(term.words) + 1) if _has_term_at(term, there, at, alike)]
        count += bool(starts)
        marked |= {at + step for at in starts for step in range(len(term.words))}
    spans: list[tuple[int, int]] = []
    before = -2
    for at in sorted(marked):
        word = there[at]
        if at == before + 1 and spans:
            spans[-1] = (spans[-1][0], max(word.end, spans[-1][1]))
        else:
            spans.append((word.start, word.end))
        before = at
    return TermMatches(tuple(dict.fromkeys(spans)), count)


def _has_term_at(term: SearchTerm, there: Sequence[SearchWord], start: int, alike: Mapping[str, set[str]]) -> bool:
    """Return whether a term begins at a word of the passage."""
    last = len(term.words) - 1
    for at, wanted in enumerate(term.words):
        text = there[start + at].text
        begins = term.begins and at == last and text.startswith(wanted)
        if not begins and text != wanted and (text not in alike.get(wanted, ()) or (term.begins and at == last)):
            return False
    return True
