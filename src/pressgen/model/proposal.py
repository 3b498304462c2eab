"""What an editor proposes: one change of one text, with the place in the data that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is proposed."""

    EDIT = "edit"
    """Other words within a text."""
    TYPOGRAPHY = "typography"
    """Other quotation marks, dashes or spaces only, which pressgen makes itself."""
    SPLIT = "split"
    """A paragraph made two."""
    JOIN = "join"
    """A paragraph made one with the one before."""
    MOVE = "move"
    """A paragraph put elsewhere."""
    DELETE = "delete"
    """A paragraph taken out."""
    ADD = "add"
    """A new paragraph."""
    FORMAT = "format"
    """Another look, with the same words."""
    COMMENT = "comment"
    """A remark."""
    WITHDRAWN = "withdrawn"
    """Words that one editor put in and another struck again."""
    UNMAPPED = "unmapped"
    """What could not be led back to the data: listed with its words, for a person to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One change.

    Attributes:
        path: of the data, such as `body[3]` or `facts.staff.value`; empty where there is none.
        block: the position of the text among those that were sent; -1 for none.
        start, end: the characters of the text as sent that it speaks of.
        author, date: as the file says; empty for what was done without tracking.
        tracked: whether the file says who did it.
        anchor: for something added or moved, the position of the text that it stands behind, -1 for the very first;
            for a join, that of the text that it is joined to.
        piece: for something added, after which part of a text that was split.
        fields: the fields of the data whose values the changed characters show, such as `facts.staff`.
        answers: for a comment, the id of the one that it answers; `name` is its own.
        mark: on a PDF, what kind of mark it is, such as `highlight`.
        revisions: the numbers of the tracked changes of the file that it tells of.
    """

    kind: Kind
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
    revisions: frozenset[int] = frozenset()
