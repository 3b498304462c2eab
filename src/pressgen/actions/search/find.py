"""Find releases by their words.

Excerpts are read from the files, not from the index.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pressgen.actions.search.index_entry import read_passages
from pressgen.actions.search.printed_excerpt import print_values
from pressgen.actions.search.update_index import LARGEST, open_updated_index
from pressgen.actions.workspace.office import find_standing, has_ledger, open_ledger
from pressgen.errors import InputError, Place
from pressgen.files.within import read_within
from pressgen.model.standing import PUBLIC_STATES, State
from pressgen.search.entry import FIELDS
from pressgen.search.term_matches import TermMatches, find_terms
from pressgen.search.words import normalise_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from pressgen.actions.search.index_entry import SearchableRelease, SearchPassage
    from pressgen.actions.search.update_index import Watched
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.search.entry import FileMetadata
    from pressgen.search.index import SearchIndex
    from pressgen.search.question import SearchQuery, SearchTerm

    Alike = Callable[[Sequence[SearchTerm], SearchPassage], TermMatches]

RATING = "rating"
SPACES = str.maketrans("\n\r\t", "   ")
AROUND = 70
"""Characters to show before the first word found; three times as many are shown after it."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A release that matches a search, with an excerpt.

    Attributes:
        place: the place of the words in its file.
        path: of the data that has them.
        text: the words around them, on one line, with the values that they name.
        spans: the characters of `text` that were found.
        state: what the ledger says of a release whose stated embargo is still to come; None where it says nothing.
    """

    facts: FileMetadata
    place: Place
    path: str
    text: str
    spans: Sequence[tuple[int, int]]
    state: State | None = None

    def is_embargoed(self, now: datetime) -> bool:
        """Return whether the release is under embargo at `now`.

        The ledger knows of embargoes that ended early.
        """
        return self.facts.embargoed(now) and self.state not in PUBLIC_STATES


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The best matches of a search, with the total and unreadable files.

    `faulty` says what is wrong with each file that could not be read.
    """

    best: Sequence[SearchHit]
    total: int
    faulty: Sequence[str]


def search_releases(
    workspace: Workspace, question: SearchQuery, limit: int, watched: Watched, now: datetime
) -> SearchResults:
    """Search the releases of a workspace, and return the best matches.

    Args:
        workspace: whose releases.
        question: what is looked for.
        limit: how many matches to return.
        watched: shows the progress where many files are read.
        now: releases whose embargo is later are looked up in the ledger, which knows of embargoes that ended early.

    Raises:
        EnvironmentFailureError: the index cannot be opened or written.
        UsageError: PRESSGEN_DATABASE is not an address.
    """
    index = open_updated_index(workspace, watched)
    try:
        answer = index.find(question, limit)
        best = [_build_hit(workspace, index, question, _print_facts(workspace, facts)) for facts in answer.found]
        return SearchResults(_add_states(workspace, best, now), answer.total, index.faulty())
    finally:
        index.close()


def _print_facts(workspace: Workspace, facts: FileMetadata) -> FileMetadata:
    """Return the metadata with the headline as it is printed."""
    if "{{" not in facts.headline:
        return facts
    from pressgen.actions.workspace.printed_quotations import print_headline

    file = workspace.root / facts.file
    suffix = file.stem.removeprefix("release")
    return replace(facts, headline=print_headline(workspace, file.parent, facts.headline, suffix))


def _add_states(workspace: Workspace, hits: Sequence[SearchHit], now: datetime) -> list[SearchHit]:
    """Add the states of hits whose stated embargo is ahead."""
    ahead = {each.facts.slug for each in hits if each.facts.embargoed(now)}
    if not ahead or not has_ledger(workspace):
        return list(hits)
    with open_ledger(workspace) as ledger:
        found = {slug: find_standing(ledger, workspace.root / "releases" / slug) for slug in ahead}
    states = {slug: standing.state for slug, standing in found.items() if standing}
    return [replace(each, state=states.get(each.facts.slug)) for each in hits]


def _build_hit(workspace: Workspace, index: SearchIndex, question: SearchQuery, facts: FileMetadata) -> SearchHit:
    """Build a match: the place in the release that answers best."""
    try:
        passages = read_passages(read_within(workspace.root, workspace.root / facts.file, LARGEST), facts.file)
    except (OSError, InputError):  # it was changed while we looked
        return SearchHit(facts, Place(facts.file), "", facts.headline, ())
    wanted = [*question.terms, *question.person]
    alike = index.alike(
        facts.language,
        {word for term in wanted for word in term.words},
        {text for passage in passages.passages for text in passage.texts},
    )
    passage, marked = _choose_best_passage(question, passages, alike)
    first = marked.spans[0][0] if marked.spans else 0
    subject = (
        f"{passages.source.text_at(passage.path[: -len(RATING)] + 'subject')}: "
        if passage.path.endswith(f"].{RATING}")
        else ""
    )
    line = subject + passage.text.translate(SPACES)
    shifted = [(start + len(subject), end + len(subject)) for start, end in marked.spans]
    line, shifted = print_values(line, shifted, passages.source.typed, facts.language)
    text, spans = _cut_excerpt(line, shifted, shifted[0][0] if shifted else 0)
    return SearchHit(facts, passages.place(passage, first), passage.path, text, spans)


def _choose_best_passage(
    question: SearchQuery, passages: SearchableRelease, alike: Mapping[str, set[str]]
) -> tuple[SearchPassage, TermMatches]:
    """Choose the passage that contains most of the search terms.

    Of several, it chooses the one in the most important field, then the first.
    """
    chosen = (
        [each for each in passages.passages if each.field == question.within] if question.within else passages.passages
    )
    judged = [(each, find_terms(question.terms, each.words, alike)) for each in chosen]
    if not any(each.terms for _, each in judged):
        judged = [(each, _match_rating_or_person(question, each, alike)) for each in passages.passages]
    order = partial(_compute_rank, judged)
    return judged[max(range(len(judged)), key=order)]


def _compute_rank(judged: Sequence[tuple[SearchPassage, TermMatches]], at: int) -> tuple[int, int, int]:
    """Compute the sort key of a passage."""
    passage, marked = judged[at]
    return marked.terms, -FIELDS.index(passage.field), -at


def _match_rating_or_person(
    question: SearchQuery, passage: SearchPassage, alike: Mapping[str, set[str]]
) -> TermMatches:
    """Match a passage by rating or person, in a search without terms."""
    if question.rating:
        same = passage.path.endswith(f"].{RATING}") and normalise_text(passage.text) == question.rating
        return TermMatches(((0, len(passage.text)),), 1) if same else TermMatches((), 0)
    return find_terms(question.person, passage.words, alike) if passage.field == "people" else TermMatches((), 0)


def _cut_excerpt(line: str, spans: Sequence[tuple[int, int]], first: int) -> tuple[str, list[tuple[int, int]]]:
    """Cut an excerpt around a character, and shift its spans.

    Dots show where more text follows or precedes.
    """
    start = line.rfind(" ", 0, max(0, first - AROUND)) + 1
    end = len(line) if start + 4 * AROUND >= len(line) else line.rfind(" ", first + 1, start + 4 * AROUND)
    end = end if end > first else start + 4 * AROUND
    before, after = "… " * (start > 0), " …" * (end < len(line))
    shift = len(before) - start
    inside = [(a + shift, min(b, end) + shift) for a, b in spans if start <= a < end]
    return before + line[start:end] + after, inside
