"""Say who made a change, from the tracked changes of its words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pressgen.model.proposal import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pressgen.review.accept_reject import StateParagraph
    from pressgen.review.word_model import TrackedChange, WordDocument


def make_proposal(by: TrackedChange | None, changes: Iterable[TrackedChange | None], **fields: Any) -> Proposal:  # noqa: ANN401
    """Make a proposal in the name of a tracked change's author.

    The author is empty where the file names nobody.
    """
    return Proposal(
        author=by.author if by else "",
        date=by.date if by else "",
        tracked=by is not None,
        revisions=frozenset(each.number for each in changes if each),
        **fields,
    )


def name_all_authors(proposal: Proposal, changes: Iterable[TrackedChange | None]) -> Proposal:
    """Return a proposal with everybody who made one of the changes."""
    return replace(proposal, author="; ".join(dict.fromkeys(each.author for each in changes if each)))


def list_insertions(file: WordDocument, text: StateParagraph) -> list[TrackedChange | None]:
    """List the insertion of each character of a text."""
    return [file.paragraphs[at].characters[offset].inserted for at, offset in text.spots]


def list_new_ends(file: WordDocument, text: StateParagraph) -> list[TrackedChange | None]:
    """List the insertion of each paragraph end of a text."""
    return [file.paragraphs[each].inserted for each in text.paragraphs]


def find_most_frequent_change(changes: Sequence[TrackedChange | None]) -> TrackedChange | None:
    """Return the tracked change that covers most of the characters.

    None where most belong to no tracked change.
    """
    return Counter(changes).most_common(1)[0][0] if changes else None
