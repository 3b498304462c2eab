"""Matches of a search in a passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pressgen.search.question import SearchTerm
    from pressgen.search.words import SearchWord


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
