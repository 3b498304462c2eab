"""An editor's proposal: one change of one text.

It has the place in the data that it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProposalKind(StrEnum):
    """The kinds of proposal."""

    EDIT = "edit"
    """Other words within a text."""
    TYPOGRAPHY = "typography"
    """Other quotation marks, dashes or spaces only, which pressgen makes itself."""
    SPLIT = "split"
    """A paragraph split into two."""
    JOIN = "join"
    """A paragraph joined to the one before."""
    MOVE = "move"
    """A paragraph moved elsewhere."""
    DELETE = "delete"
    """A deleted paragraph."""
    ADD = "add"
    """A new paragraph."""
    FORMAT = "format"
    """Another formatting of the same words."""
    MARKUP = "markup"
    """Another link, emphasis, heading level or list level of the same words."""
    COMMENT = "comment"
    """A remark."""
    WITHDRAWN = "withdrawn"
    """Words that one editor inserted and another deleted again."""
    UNMAPPED = "unmapped"
    """A change that has no place in the data: listed with its words, for a person to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One change that an editor proposes.

    Attributes:
        path: of the data, such as `body[3]` or `facts.staff.value`; empty where there is none.
        block: the position of the text among those that were sent; -1 for none.
        start, end: the characters of the sent text that it is about.
        author, date: as the file says; empty for changes without tracking.
        tracked: whether the file says who did it.
        anchor: for something added or moved, the position of the text before it, -1 for the very first; for a join,
            that of the text that it is joined to.
        piece: for something added, after which part of a text that was split.
        fields: the fields of the data that give the changed characters, such as `facts.staff`.
        answers: for a comment, the id of the one that it answers; `name` is its own.
        mark: what it is more exactly: on a PDF the kind of annotation, such as `highlight`; for something added `row`,
            `table`, `list`, `numbered list` or `note`, or where it is: `cell`, `header`, `footer`.
        question: why a person must decide on it by its number; empty where it may be applied with all others.
        rows: for an added row or table, the text of each cell.
        entries: for added paragraphs, the level in a list (0 for none) and the text of each, as typed in a release.
        revisions: the numbers of the tracked changes of the file that it reports.
    """

    kind: ProposalKind
    path: str = ""
    before: str = ""
    after: str = ""
    author: str = ""
    date: str = ""
    tracked: bool = False
    block: int = -1
    start: int = 0
    end: int = 0
    anchor: int = -1
    piece: int = 0
    fields: tuple[str, ...] = ()
    name: str = ""
    answers: str = ""
    mark: str = ""
    question: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    entries: tuple[tuple[int, str], ...] = ()
    revisions: frozenset[int] = frozenset()
