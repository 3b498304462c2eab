"""Merge two versions of a release into one Document that shows both.

Removed text is next to added text, at its place. A text that both versions have keeps its block; its words are split
into spans, each marked as kept, added or removed. A block that only one version has is added or removed as a whole.
Notes are matched by their ids, everything else by its words.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from pressgen.model.document import (
    Chart,
    Contact,
    Document,
    Figure,
    Item,
    Leaf,
    Listing,
    Note,
    Paragraph,
    Table,
    iter_leaves,
)
from pressgen.model.labels import label_path
from pressgen.model.redline import ChangeKind, Redline, Span
from pressgen.model.words import GeneratedText, Piece, Words
from pressgen.review.version_pairing import pair_texts
from pressgen.text.word_diff import diff_words, split_into_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.document import Banner, Block, Cell
    from pressgen.model.redline import Side

L = TypeVar("L", bound=Leaf)
B = TypeVar("B", bound="Leaf | Listing | Table | Figure | Chart | Contact")
OLD = "old/"
"""The prefix of pictures of the old version, in the Document and among its media."""
LONG = 20
"""Characters from which a text is reported as moved; shorter ones, such as cells, are equal by chance."""
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
        boilerplate=tuple(merger.blocks(old.boilerplate, new.boilerplate)),  # type: ignore[arg-type]  # of the same kinds
        contacts_heading=merger.perhaps(old.contacts_heading, new.contacts_heading),
        contacts=tuple(merger.blocks(old.contacts, new.contacts)),  # type: ignore[arg-type]  # as above
    )
    return replace(shown, redline=Redline(*sides, merger.stretches, merger.pictures, dict(merger.moved())))


@dataclass(slots=True)
class _DocumentMerger:
    redrawn: frozenset[str]
    stretches: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    pictures: dict[str, ChangeKind] = field(default_factory=dict)
    whole: dict[ChangeKind, dict[str, tuple[str, str]]] = field(
        default_factory=lambda: {ChangeKind.GONE: {}, ChangeKind.COME: {}}
    )

    def moved(self) -> Iterator[tuple[str, str]]:
        """Yield the unchanged texts that moved, with their new and old places."""
        for text, (ident, path) in self.whole[ChangeKind.GONE].items():
            if len(text) >= LONG and text in self.whole[ChangeKind.COME]:
                other, there = self.whole[ChangeKind.COME][text]
                yield ident, f"moved to {label_path(there)}"
                yield other, f"moved from {label_path(path)}"

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
        before, after = list(_split_tokens(old.words)), list(_split_tokens(new.words))
        one, other = [each for each, _ in before], [each for each, _ in after]
        if one == other:
            return new
        found: list[Span] = []
        for was, is_, same in diff_words(one, other):
            gone, come = _join_pieces(before[was.start : was.stop]), _join_pieces(after[is_.start : is_.stop])
            if same:
                found.append(Span(come, ChangeKind.STAYS))
            else:
                found += [Span(gone, ChangeKind.GONE)] * bool(gone) + [Span(come, ChangeKind.COME)] * bool(come)
        self.stretches[new.id] = tuple(found)
        return replace(new, words=tuple(piece for stretch in found for piece in stretch.words))

    def perhaps(self, old: L | None, new: L | None) -> L | None:
        """Merge a text that either version may lack."""
        if old is None or new is None:
            return self.come(new) if new else self.gone(old) if old else None
        return self.leaf(old, new)

    def blocks(self, old: Sequence[Block], new: Sequence[Block]) -> Iterator[Block]:
        """Yield the blocks of both versions in their order."""
        for one, other in pair_texts([_make_key(each) for each in old], [_make_key(each) for each in new]):
            yield from self._pair(None if one is None else old[one], None if other is None else new[other])

    def notes(self, old: Sequence[Note], new: Sequence[Note]) -> Iterator[Note]:
        """Yield the notes; a moved one is removed there and added here."""
        before, after = [each.key for each in old], [each.key for each in new]
        for _, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if before[a:b] == after[c:d]:
                yield from map(self.leaf, old[a:b], new[c:d])
                continue
            for note in old[a:b]:
                gone = self.gone(note)
                yield replace(gone, key=f"{OLD}{note.key}") if note.key in after else gone
            yield from map(self.come, new[c:d])

    def _pair(self, old: Block | None, new: Block | None) -> Iterator[Block]:
        match old, new:
            case Leaf(), Leaf():
                yield self.leaf(old, new)
            case Listing(), Listing():
                yield replace(new, items=tuple(self._items(old.items, new.items)))
            case Table(), Table() if len(old.header) == len(new.header):
                yield self._table(old, new)
            case Contact(), Contact():
                yield replace(new, lines=tuple(self._texts(old.lines, new.lines)))
            case Figure(), Figure() if old.file == new.file and new.file not in self.redrawn:
                yield replace(new, caption=self.perhaps(old.caption, new.caption))
                yield from self._alt(old, new)
            case Chart(), Chart() if len(old.table.header) == len(new.table.header):
                yield from self._chart(old, new)
            case _:
                if old is not None:
                    yield self.gone(old)
                if new is not None:
                    yield self.come(new)

    def _texts(self, old: Sequence[L], new: Sequence[L]) -> Iterator[L]:
        for one, other in pair_texts([str(each) for each in old], [str(each) for each in new]):
            line = self.perhaps(None if one is None else old[one], None if other is None else new[other])
            if line is not None:
                yield line

    def _items(self, old: Sequence[Item], new: Sequence[Item]) -> Iterator[Item]:
        for one, other in pair_texts([str(each) for each in old], [str(each) for each in new]):
            if one is not None and other is not None:
                item = self.leaf(old[one], new[other])
                yield replace(item, items=tuple(self._items(old[one].items, new[other].items)))
            elif other is not None:
                yield self.come(new[other])
            elif one is not None:
                yield self.gone(old[one])

    def _table(self, old: Table, new: Table) -> Table:
        rows = []
        for one, other in pair_texts([_row(each) for each in old.rows], [_row(each) for each in new.rows]):
            if one is not None and other is not None:
                rows.append(tuple(map(self.leaf, old.rows[one], new.rows[other])))
            elif other is not None:
                rows.append(tuple(map(self.come, new.rows[other])))
            elif one is not None:
                rows.append(tuple(map(self.gone, old.rows[one])))
        header = tuple(map(self.leaf, old.header, new.header))
        return replace(new, caption=self.perhaps(old.caption, new.caption), header=header, rows=tuple(rows))

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
        return self._whole(block, ChangeKind.COME, [leaf.path for leaf in _iter_texts(block)])

    def gone(self, block: B) -> B:
        """Return a block that only the old version has."""
        paths = [leaf.path for leaf in _iter_texts(block)]
        found = copy_detached(block, "old-")
        return self._whole(
            replace(found, file=f"{OLD}{found.file}") if isinstance(found, Figure) else found, ChangeKind.GONE, paths
        )

    def _whole(self, block: B, fate: ChangeKind, paths: list[str]) -> B:
        for leaf, path in zip(_iter_texts(block), paths, strict=True):
            if str(leaf):
                self.whole[fate][str(leaf)] = leaf.id, path
                self.stretches[leaf.id] = (Span(leaf.words, fate),)
        if isinstance(block, Figure | Chart):
            self.pictures[block.id] = fate
        return block


def copy_detached(block: B, mark: str) -> B:
    """Return a copy of a block with prefixed ids, without paths."""
    own = replace(block, id=f"{mark}{block.id}", path="")
    match own:
        case Listing() | Item():
            return replace(own, items=tuple(copy_detached(each, mark) for each in own.items))
        case Table():
            rows = [tuple(copy_detached(cell, mark) for cell in row) for row in (own.header, *own.rows)]
            return replace(
                own, caption=own.caption and copy_detached(own.caption, mark), header=rows[0], rows=tuple(rows[1:])
            )
        case Figure():
            return replace(own, caption=own.caption and copy_detached(own.caption, mark))
        case Chart():
            return replace(own, caption=copy_detached(own.caption, mark), table=copy_detached(own.table, mark))
        case Contact():
            return replace(own, lines=tuple(copy_detached(each, mark) for each in own.lines))
        case _:
            return own


def _iter_texts(block: Leaf | Listing | Table | Figure | Chart | Contact) -> Iterator[Leaf]:
    match block:
        case Item():
            yield block
            for each in block.items:
                yield from _iter_texts(each)
        case Leaf():
            yield block
        case _:
            yield from iter_leaves([block])


def _make_key(block: Block) -> str:
    match block:
        case Figure():
            return f"\t\t{block.file} {block.alt} {block.caption or ''}"
        case Leaf():
            return str(block)
        case _:
            return "\t" + "\n".join(map(str, iter_leaves([block])))


def _row(row: Sequence[Cell]) -> str:
    return "\n".join(map(str, row))


def _make_piece(text: str) -> Piece:
    return Piece(text=text, origin=GeneratedText("redline"))


def _split_tokens(words: Words) -> Iterator[tuple[str, Piece]]:
    for piece in words:
        if piece.note:
            yield f"[{piece.text}]", piece
        else:
            yield from ((each, replace(piece, text=each)) for each in split_into_tokens(piece.text))


def _join_pieces(found: Sequence[tuple[str, Piece]]) -> Words:
    """Join adjacent pieces that have the same formatting and origin."""
    runs = groupby((piece for _, piece in found), lambda piece: replace(piece, text=""))
    return tuple(replace(like, text="".join(piece.text for piece in run)) for like, run in runs)
