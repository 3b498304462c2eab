"""Find releases by their words; what is shown of them is read from their files, not from the index."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pressgen.actions.search.reading import read
from pressgen.actions.search.renewing import LARGEST, renewed_index
from pressgen.errors import Place, Refused
from pressgen.files.within import read_within
from pressgen.search.entry import FIELDS
from pressgen.search.marking import Found, found
from pressgen.search.words import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pressgen.actions.search.reading import Passage, Read
    from pressgen.actions.search.renewing import Watched
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.search.entry import Facts
    from pressgen.search.index import Index
    from pressgen.search.question import Question, Term

    Alike = Callable[[Sequence[Term], Passage], Found]

RATING = "rating"
SPACES = str.maketrans("\n\r\t", "   ")
AROUND = 70
"""Characters that are shown before the first word found, and three times as many after."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A release that answers a question.

    Attributes:
        place: where in its file the words stand.
        path: of the data that has them.
        text: the words around them, on one line, as typed.
        spans: the characters of `text` that were found.
    """

    facts: Facts
    place: Place
    path: str
    text: str
    spans: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Hits:
    """The best hits, how many there are in all, and what is wrong with the files that could not be read."""

    best: Sequence[Hit]
    total: int
    faulty: Sequence[str]


def find(workspace: Workspace, question: Question, limit: int, watched: Watched) -> Hits:
    """What answers a question, the best first.

    Raises:
        MachineLacks: the index cannot be opened or written.
        WrongUse: PRESSGEN_DATABASE is no address.
    """
    index = renewed_index(workspace, watched)
    try:
        answer = index.find(question, limit)
        best = [_hit(workspace, index, question, facts) for facts in answer.found]
        return Hits(best, answer.total, index.faulty())
    finally:
        index.close()


def _hit(workspace: Workspace, index: Index, question: Question, facts: Facts) -> Hit:
    """Where in its file a release answers the question best."""
    try:
        held = read(read_within(workspace.root, workspace.root / facts.file, LARGEST), facts.file)
    except (OSError, Refused):  # it was changed while we looked
        return Hit(facts, Place(facts.file), "", facts.headline, ())
    wanted = [*question.terms, *question.person]
    alike = index.alike(
        facts.language,
        {word for term in wanted for word in term.words},
        {text for passage in held.passages for text in passage.texts},
    )
    passage, marked = _best(question, held, alike)
    first = marked.spans[0][0] if marked.spans else 0
    subject = (
        f"{held.source.text_at(passage.path[: -len(RATING)] + 'subject')}: "
        if passage.path.endswith(f"].{RATING}")
        else ""
    )
    line = subject + passage.text.translate(SPACES)
    shifted = [(start + len(subject), end + len(subject)) for start, end in marked.spans]
    text, spans = _excerpt(line, shifted, first)
    return Hit(facts, held.place(passage, first), passage.path, text, spans)


def _best(question: Question, held: Read, alike: Mapping[str, set[str]]) -> tuple[Passage, Found]:
    """The passage that has most of what was asked for; of several, the one in the weightiest field, then the first."""
    chosen = [each for each in held.passages if each.field == question.within] if question.within else held.passages
    judged = [(each, found(question.terms, each.words, alike)) for each in chosen]
    if not any(each.terms for _, each in judged):
        judged = [(each, _otherwise(question, each, alike)) for each in held.passages]
    order = partial(_order, judged)
    return judged[max(range(len(judged)), key=order)]


def _order(judged: Sequence[tuple[Passage, Found]], at: int) -> tuple[int, int, int]:
    passage, marked = judged[at]
    return marked.terms, -FIELDS.index(passage.field), -at


def _otherwise(question: Question, passage: Passage, alike: Mapping[str, set[str]]) -> Found:
    """What a passage has of a question that asks for no words: the rating, else the person."""
    if question.rating:
        same = passage.path.endswith(f"].{RATING}") and folded(passage.text) == question.rating
        return Found(((0, len(passage.text)),), 1) if same else Found((), 0)
    return found(question.person, passage.words, alike) if passage.field == "people" else Found((), 0)


def _excerpt(line: str, spans: Sequence[tuple[int, int]], first: int) -> tuple[str, list[tuple[int, int]]]:
    """The words around the character `first`, with dots where more stands; and the spans in them."""
    start = line.rfind(" ", 0, max(0, first - AROUND)) + 1
    end = len(line) if start + 4 * AROUND >= len(line) else line.rfind(" ", first + 1, start + 4 * AROUND)
    end = end if end > first else start + 4 * AROUND
    before, after = "… " * (start > 0), " …" * (end < len(line))
    shift = len(before) - start
    inside = [(a + shift, min(b, end) + shift) for a, b in spans if start <= a < end]
    return before + line[start:end] + after, inside
