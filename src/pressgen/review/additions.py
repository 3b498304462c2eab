"""Propose what was added: paragraphs, rows, tables and notes.

A new row of a table is one proposal, as is a new table, and a new footnote with the place that cites it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from pressgen.model.proposal import ProposalKind
from pressgen.review.accept_reject import INVISIBLE, accept_all_changes, read_state_text
from pressgen.review.attribution import (
    find_most_frequent_change,
    list_insertions,
    list_new_ends,
    make_proposal,
    name_all_authors,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.proposal import Proposal
    from pressgen.review.accept_reject import StateParagraph
    from pressgen.review.char_alignment import CharacterTrace
    from pressgen.review.word_model import WordParagraph

    Accepted = Sequence[tuple[StateParagraph, list[int]]]
    Rows = tuple[tuple[str, ...], ...]
    Key = tuple[str, object]

MARGINS = frozenset({"header", "footer"})


def propose_additions(trace: CharacterTrace, accepted: Accepted) -> Iterator[Proposal]:
    """Yield what is new, each with the sent text that it follows.

    A sent text may go on in several paragraphs: `piece` counts the one that it follows.
    """
    shapes = _AddedShapes(trace, accepted)
    before, pieces = -1, Counter[int]()
    for key, group in groupby(accepted, shapes.get_key):
        texts = [text for text, _ in group]
        mark, _ = key
        if mark == "sent":
            for sent in shapes.sent_of(texts):
                pieces[before] += sent[0] == before
                before = sent[-1]
            continue
        yield shapes.propose(mark, texts, before, pieces[before])


class _AddedShapes:
    """The rows, tables and notes that hold nothing sent."""

    def __init__(self, trace: CharacterTrace, accepted: Accepted) -> None:
        self._trace, self._sent = trace, {id(text): sent for text, sent in accepted}
        self._old_rows = {self._first(text).row for text, sent in accepted if sent}
        self._old_tables = {table for table, _ in self._old_rows}

    def sent_of(self, texts: Sequence[StateParagraph]) -> Iterator[list[int]]:
        """Yield the sent texts that each paragraph came from."""
        yield from (self._sent[id(text)] for text in texts)

    def get_key(self, one: tuple[StateParagraph, list[int]]) -> Key:
        """Return what a paragraph belongs to.

        Neighbours with an equal key are one proposal.
        """
        text, sent = one
        paragraph = self._first(text)
        table, _ = paragraph.row
        if sent:
            return "sent", 0
        if paragraph.note:
            return "note", paragraph.note
        if table and table not in self._old_tables:
            return "table", table
        if table and paragraph.row not in self._old_rows:
            return "row", paragraph.row
        return "cell" if table else text.part if text.part in MARGINS else "", id(text)

    def propose(self, mark: str, texts: Sequence[StateParagraph], anchor: int, piece: int) -> Proposal:
        """Return the proposal to add paragraphs."""
        file = self._trace.file
        inserted = [each for text in texts for each in list_insertions(file, text)]
        ends = [each for text in texts for each in list_new_ends(file, text)]
        first = self._first(texts[0])
        block, offset = self._find_citation(first.note) if mark == "note" else (-1, 0)
        added = make_proposal(
            find_most_frequent_change(inserted), [*inserted, *ends], kind=ProposalKind.ADD, mark=mark,
            after="\n".join(read_state_text(file, text) for text in texts), anchor=anchor, piece=piece,
            name=first.style, rows=self._list_rows(mark, first), block=block, start=offset, end=offset,
            path=self._trace.blocks[block].path if block >= 0 else "",
        )  # fmt: skip
        return name_all_authors(added, inserted)

    def _first(self, text: StateParagraph) -> WordParagraph:
        return self._trace.file.paragraphs[text.paragraphs[0]]

    def _list_rows(self, mark: str, first: WordParagraph) -> Rows:
        """Return the cells of a new row or table, blank ones too."""
        if mark not in {"row", "table"}:
            return ()
        rows: dict[tuple[int, int], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for text in accept_all_changes(self._trace.file):
            paragraph = self._first(text)
            if paragraph.row == first.row or (mark == "table" and paragraph.row[0] == first.row[0]):
                shown = read_state_text(self._trace.file, text).translate(INVISIBLE)
                rows[paragraph.row][text.place].append(" ".join(shown.split()))
        cells = [tuple(" ".join(filter(None, texts)) for texts in row.values()) for row in rows.values()]
        return tuple(row for row in cells if any(row))

    def _find_citation(self, note: str) -> tuple[int, int]:
        """Return the sent text and offset where a new note is cited.

        The text is -1 for none.
        """
        spot = self._trace.file.citations.get(note)
        if spot is None:
            return -1, 0
        row = self._trace.coordinates[spot[0]]
        before = next((at for at in reversed(row[: spot[1]]) if at), None)
        after = next((at for at in row[spot[1] :] if at), None)
        return (before.sent, before.offset + 1) if before else (after.sent, after.offset) if after else (-1, 0)
