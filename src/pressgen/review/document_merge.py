"""Merge two versions of a release into one Document that shows both.

Removed text is next to added text, at its place. The words of a text that both versions have are split into spans, each
marked as kept, added or removed. A block that moved is at both places. Notes are matched by their ids.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeVar

from pressgen.model.document import (
    Chart,
    Contact,
    Document,
    Figure,
    Heading,
    Item,
    Leaf,
    Listing,
    Note,
    Paragraph,
    Table,
)
from pressgen.model.labels import label_path
from pressgen.model.redline import ChangeKind, Redline, RedlineSummary, Span
from pressgen.model.words import GeneratedText, Piece
from pressgen.review.alignment import Alignment, Part, align, make_row
from pressgen.review.block_parts import copy_detached, iter_texts, make_part, map_parts
from pressgen.review.leaf_changes import (
    compare_leaves,
    compare_moved,
    count_changes,
    count_words,
    describe_kind,
    list_spans,
    list_spans_away,
    list_spans_here,
    look_alike,
    make_note,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.document import Banner, Block
    from pressgen.model.redline import Side
    from pressgen.review.block_parts import AnyBlock

L = TypeVar("L", bound=Leaf)
B = TypeVar("B", bound="AnyBlock")
OLD = "old/"
"""The prefix of pictures of the old version, in the Document and among its media."""
ALT = "Alternative text: "


def merge_versions(old: Document, new: Document, sides: tuple[Side, Side], redrawn: frozenset[str]) -> Document:
    """Return one Document that shows what changed between two versions.

    Args:
        old: the one version.
        new: the other.
        sides: the names of the versions.
        redrawn: the pictures that both name, and that have other bytes.

    Returns: the Document with its redline; the words of each text are those of both versions.
    """
    merger = _DocumentMerger(redrawn)
    shown = replace(
        new,
        banner=tuple(merger.lines(old.banner, new.banner)),
        headline=merger.leaf(old.headline, new.headline),
        subhead=merger.perhaps(old.subhead, new.subhead),
        body=tuple(merger.blocks(old.body, new.body)),
        end=merger.perhaps(old.end, new.end),
        notes_heading=merger.perhaps(old.notes_heading, new.notes_heading),
        notes=tuple(merger.notes(old.notes, new.notes)),
        boilerplate=tuple(merger.blocks(old.boilerplate, new.boilerplate)),
        contacts_heading=merger.perhaps(old.contacts_heading, new.contacts_heading),
        contacts=tuple(merger.blocks(old.contacts, new.contacts)),
    )
    pictures = sum(fate is not ChangeKind.MOVED_AWAY for fate in merger.pictures.values())
    summary = replace(merger.summary, tables=len(merger.tables), pictures=pictures)
    return replace(shown, redline=Redline(*sides, merger.stretches, merger.pictures, merger.moved, summary))


@dataclass(slots=True)
class _DocumentMerger:
    redrawn: frozenset[str]
    stretches: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    pictures: dict[str, ChangeKind] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)
    summary: RedlineSummary = field(default_factory=RedlineSummary)

    def lines(self, old: Sequence[Banner], new: Sequence[Banner]) -> Iterator[Banner]:
        """Yield the banner lines: the present ones, then the removed ones."""
        spare = Counter(str(each) for each in old)
        for line in new:
            yield line if spare[str(line)] > 0 else self.come(line)
            spare[str(line)] -= 1
        for line in old:
            if spare[str(line)] > 0:
                spare[str(line)] -= 1
                yield self.gone(line)

    def leaf(self, old: L, new: L) -> L:
        """Return a text of both versions, in spans where it differs."""
        if type(old) is type(new) and look_alike(old.words, new.words):
            return new
        changes = compare_leaves(old.words, new.words)
        spans = list_spans(changes)
        if became := isinstance(old, Heading) != isinstance(new, Heading):
            spans = (*spans, Span(make_note(f"was {describe_kind(old)}"), ChangeKind.NOTE))
        if all(each.plain for each in changes) and not became:
            return new
        self.summary += count_changes(changes, moved=False) + RedlineSummary(styles=became)
        return self._show(new, spans)

    def _show(self, leaf: L, spans: tuple[Span, ...]) -> L:
        self.stretches[leaf.id] = spans
        return replace(leaf, words=tuple(piece for span in spans for piece in span.words))

    def perhaps(self, old: L | None, new: L | None) -> L | None:
        """Merge a text that either version may lack."""
        if old is None or new is None:
            return self.come(new) if new else self.gone(old) if old else None
        return self.leaf(old, new)

    def blocks(self, old: Sequence[B], new: Sequence[B]) -> Iterator[B]:
        """Yield the blocks of both versions in their order."""
        parts = ([make_part(each, side, self.redrawn) for each in row] for side, row in (("old", old), ("new", new)))
        for what, one, other in align(*parts):
            yield from self._change(what, None if one is None else old[one], None if other is None else new[other])

    def _change(self, what: Alignment, old: B | None, new: B | None) -> Iterator[B]:
        """Yield what a block of one version, or of both, becomes."""
        if old is None or new is None:
            if new is not None:
                yield self.come(new)
            elif old is not None:
                yield self.gone(old)
        elif what is Alignment.MOVED_AWAY:
            yield self._leave(old, new)
        elif what is Alignment.MOVED_HERE:
            yield self._arrive(old, new)
        else:
            yield from self._merge(old, new)  # type: ignore[misc]  # of the same kind, mostly

    def notes(self, old: Sequence[Note], new: Sequence[Note]) -> Iterator[Note]:
        """Yield the notes of both versions.

        One that moved or was removed may not take the key of a present one.
        """
        present = {each.key for each in new}
        for note in self.blocks(old, new):
            if isinstance(note, Note):
                shadow = note.key in present and not note.path
                yield replace(note, key=f"{OLD}{note.key}") if shadow else note

    def _merge(self, old: AnyBlock, new: AnyBlock) -> Iterator[AnyBlock]:
        match old, new:
            case Item(), Item():
                yield replace(self.leaf(old, new), items=tuple(self._items(old.items, new.items)))
            case Leaf(), Leaf():
                yield self.leaf(old, new)
            case Listing(), Listing():
                yield replace(new, items=tuple(self._items(old.items, new.items)))
            case Table(), Table():
                yield self._table(old, new)
            case Contact(), Contact():
                yield replace(new, lines=tuple(self.blocks(old.lines, new.lines)))
            case Figure(), Figure():
                yield replace(new, caption=self.perhaps(old.caption, new.caption))
                yield from self._alt(old, new)
            case Chart(), Chart():
                yield from self._chart(old, new)
            case _:  # the alignment pairs blocks of one kind
                raise TypeError(f"{type(old).__name__} and {type(new).__name__} cannot be one block")

    def _items(self, old: Sequence[Item], new: Sequence[Item]) -> Iterator[Item]:
        parts = ([Part("\n".join(map(str, iter_texts(each)))) for each in row] for row in (old, new))
        for what, one, other in align(*parts):
            yield from self._change(what, None if one is None else old[one], None if other is None else new[other])

    def _table(self, old: Table, new: Table) -> Table:
        before = self.summary
        parts = ([make_row([str(cell) for cell in row]) for row in table.rows] for table in (old, new))
        pairs = align(*parts)
        rows = []
        for what, one, other in pairs:
            cells = zip_longest(() if one is None else old.rows[one], () if other is None else new.rows[other])
            row = tuple(cell for pair in cells for cell in self._change(what, *pair))
            for cell in row[1:]:
                self.moved.pop(cell.id, None)  # the first cell says where the row moved
            rows.append(row)
        header = tuple(map(self.leaf, old.header, new.header))
        caption = self.perhaps(old.caption, new.caption)
        if self.summary != before:
            self.tables.add(new.id)
        return replace(new, caption=caption, header=header, rows=tuple(rows))

    def _chart(self, old: Chart, new: Chart) -> Iterator[Block]:
        """Yield the new chart; if rows differ, a table of figures too."""
        table = new.table
        if len(old.table.rows) == len(table.rows):
            header = tuple(map(self.leaf, old.table.header, table.header))
            rows = [tuple(map(self.leaf, *pair)) for pair in zip(old.table.rows, table.rows, strict=True)]
            table = replace(table, header=header, rows=tuple(rows))
        yield replace(new, caption=self.leaf(old.caption, new.caption), table=table)
        yield from self._alt(old, new)
        if len(old.table.rows) != len(new.table.rows):
            yield self._table(old.table, copy_detached(new.table, "rows-"))

    def _alt(self, old: Figure | Chart, new: Figure | Chart) -> Iterator[Paragraph]:
        """Yield the alternative text of a picture where it differs."""
        if old.alt != new.alt:
            was, is_ = (
                Paragraph(id=f"alt-{new.id}", path=f"{new.path}.alt", words=(_make_piece(ALT), _make_piece(each.alt)))
                for each in (old, new)
            )
            yield self.leaf(was, is_)

    def come(self, block: B) -> B:
        """Return a block that only the new version has."""
        return self._whole(block, ChangeKind.COME)

    def gone(self, block: B) -> B:
        """Return a block that only the old version has."""
        return self._whole(_copy_old(block), ChangeKind.GONE)

    def _whole(self, block: B, fate: ChangeKind) -> B:
        for leaf in iter_texts(block):
            if str(leaf):
                self.stretches[leaf.id] = (Span(leaf.words, fate),)
                count = count_words(leaf.words)
                self.summary += (
                    RedlineSummary(struck=count) if fate is ChangeKind.GONE else RedlineSummary(put_in=count)
                )
        self._mark_picture(block, fate)
        return block

    def _leave(self, old: B, new: B) -> B:
        """Return a block that moved, at its old place."""
        pairs = list(compare_moved(list(iter_texts(old)), list(iter_texts(new))))
        spans = {leaf.id: list_spans_away(changes) for leaf, _, changes in pairs if leaf}
        path = next((other.path for _, other, _ in pairs if other), new.path)
        return self._move(_copy_old(old), spans, "old-", f"moved to {label_path(path)}", ChangeKind.MOVED_AWAY)

    def _arrive(self, old: B, new: B) -> B:
        """Return a block that moved, at its new place."""
        pairs = list(compare_moved(list(iter_texts(old)), list(iter_texts(new))))
        spans = {leaf.id: list_spans_here(changes) for _, leaf, changes in pairs if leaf}
        for _, _, changes in pairs:
            self.summary += count_changes(changes, moved=True)
        if isinstance(new, Table):
            self.tables.add(new.id)
        path = next((other.path for other, _, _ in pairs if other), old.path)
        return self._move(new, spans, "", f"moved from {label_path(path)}", ChangeKind.MOVED_HERE)

    def _move(self, block: B, spans: dict[str, tuple[Span, ...]], mark: str, where: str, fate: ChangeKind) -> B:
        """Record what happened to the texts of a moved block.

        Its first text says where it moved.
        """
        shown = {f"{mark}{ident}": each for ident, each in spans.items() if each}
        self.stretches |= shown
        self.moved |= dict.fromkeys(list(shown)[:1], where)
        self._mark_picture(block, fate)
        return _replace_words(block, shown)

    def _mark_picture(self, block: B, fate: ChangeKind) -> None:
        if isinstance(block, Table):
            if fate is not ChangeKind.MOVED_AWAY:
                self.tables.add(block.id)
        elif isinstance(block, Figure | Chart):
            self.pictures[block.id] = fate


def _copy_old(block: B) -> B:
    """Return a copy of an old block, with ids and files apart."""
    found = copy_detached(block, "old-")
    return replace(found, file=f"{OLD}{found.file}") if isinstance(found, Figure) else found


def _replace_words(block: B, spans: dict[str, tuple[Span, ...]]) -> B:
    """Return a block whose texts have the words of their spans."""

    def fill(part: AnyBlock) -> AnyBlock:
        if not isinstance(part, Leaf) or part.id not in spans:
            return part
        return replace(part, words=tuple(piece for span in spans[part.id] for piece in span.words))

    return map_parts(block, fill)


def _make_piece(text: str) -> Piece:
    return Piece(text=text, origin=GeneratedText("redline"))
