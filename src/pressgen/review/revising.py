"""Two versions of a release as one Document that shows both: what went stands beside what came, at its place.

A text that both have keeps its block and gets its words in stretches, each with what became of it; a block that only
one of them has is gone or come as a whole. Notes are told apart by their ids, everything else by its words.
"""

from __future__ import annotations

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
    leaves,
)
from pressgen.model.labels import label
from pressgen.model.redline import Fate, Redline, Stretch
from pressgen.model.words import Made, Piece, Words
from pressgen.review.pairing import paired
from pressgen.text.differing import stretches, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.document import Banner, Block, Cell
    from pressgen.model.redline import Side

L = TypeVar("L", bound=Leaf)
B = TypeVar("B", bound="Leaf | Listing | Table | Figure | Chart | Contact")
OLD = "old/"
"""Stands before the names of pictures of the old version, in the Document and among its media."""
LONG = 20
"""Characters of a text that is told as moved; shorter ones, such as cells, are like others by chance."""
ALT = "Alternative text: "


def revised(old: Document, new: Document, sides: tuple[Side, Side], redrawn: frozenset[str]) -> Document:
    """A Document in the order of `new` that shows what `old` said otherwise.

    Args:
        old: the one version.
        new: the other.
        sides: what they are called.
        redrawn: the pictures that both name, and that have other bytes.

    Returns: the Document with its redline; the words of each text are those of both versions.
    """
    hand = _Hand(redrawn)
    shown = replace(
        new,
        banner=tuple(hand.lines(old.banner, new.banner)),
        headline=hand.leaf(old.headline, new.headline),
        subhead=hand.perhaps(old.subhead, new.subhead),
        body=tuple(hand.blocks(old.body, new.body)),
        end=hand.perhaps(old.end, new.end),
        notes_heading=hand.perhaps(old.notes_heading, new.notes_heading),
        notes=tuple(hand.notes(old.notes, new.notes)),
        boilerplate=tuple(hand.blocks(old.boilerplate, new.boilerplate)),  # type: ignore[arg-type]  # of the same kinds
        contacts_heading=hand.perhaps(old.contacts_heading, new.contacts_heading),
        contacts=tuple(hand.blocks(old.contacts, new.contacts)),  # type: ignore[arg-type]  # as above
    )
    return replace(shown, redline=Redline(*sides, hand.stretches, hand.pictures, dict(hand.moved())))


@dataclass(slots=True)
class _Hand:
    """Puts two versions together, and takes note of what differs."""

    redrawn: frozenset[str]
    stretches: dict[str, tuple[Stretch, ...]] = field(default_factory=dict)
    pictures: dict[str, Fate] = field(default_factory=dict)
    whole: dict[Fate, dict[str, tuple[str, str]]] = field(default_factory=lambda: {Fate.GONE: {}, Fate.COME: {}})

    def moved(self) -> Iterator[tuple[str, str]]:
        """The texts that went from one place and came in another, as they are, with where to and from."""
        for text, (ident, path) in self.whole[Fate.GONE].items():
            if len(text) >= LONG and text in self.whole[Fate.COME]:
                other, there = self.whole[Fate.COME][text]
                yield ident, f"moved to {label(there)}"
                yield other, f"moved from {label(path)}"

    def lines(self, old: Sequence[Banner], new: Sequence[Banner]) -> Iterator[Banner]:
        """The banner: lines as they are now, then those that went; the first one is repeated on every page."""
        before, after = [str(each) for each in old], [str(each) for each in new]
        for line in new:
            yield line if str(line) in before else self.come(line)
        for line in old:
            if str(line) not in after:
                yield self.gone(line)

    def leaf(self, old: L, new: L) -> L:
        """A text that both have, in stretches where it differs."""
        before, after = list(_tokens(old.words)), list(_tokens(new.words))
        one, other = [each for each, _ in before], [each for each, _ in after]
        if one == other:
            return new
        found: list[Stretch] = []
        for was, is_, same in stretches(one, other):
            gone, come = _joined(before[was.start : was.stop]), _joined(after[is_.start : is_.stop])
            if same:
                found.append(Stretch(come, Fate.STAYS))
            else:
                found += [Stretch(gone, Fate.GONE)] * bool(gone) + [Stretch(come, Fate.COME)] * bool(come)
        self.stretches[new.id] = tuple(found)
        return replace(new, words=tuple(piece for stretch in found for piece in stretch.words))

    def perhaps(self, old: L | None, new: L | None) -> L | None:
        """The same of a text that either may lack."""
        if old is None or new is None:
            return self.come(new) if new else self.gone(old) if old else None
        return self.leaf(old, new)

    def blocks(self, old: Sequence[Block], new: Sequence[Block]) -> Iterator[Block]:
        """A row of blocks, those of both versions in their order."""
        for one, other in paired([_said(each) for each in old], [_said(each) for each in new]):
            yield from self._pair(None if one is None else old[one], None if other is None else new[other])

    def notes(self, old: Sequence[Note], new: Sequence[Note]) -> Iterator[Note]:
        """The notes; one that stands elsewhere now went there and came here."""
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
        for one, other in paired([str(each) for each in old], [str(each) for each in new]):
            line = self.perhaps(None if one is None else old[one], None if other is None else new[other])
            if line is not None:
                yield line

    def _items(self, old: Sequence[Item], new: Sequence[Item]) -> Iterator[Item]:
        for one, other in paired([str(each) for each in old], [str(each) for each in new]):
            if one is not None and other is not None:
                item = self.leaf(old[one], new[other])
                yield replace(item, items=tuple(self._items(old[one].items, new[other].items)))
            elif other is not None:
                yield self.come(new[other])
            elif one is not None:
                yield self.gone(old[one])

    def _table(self, old: Table, new: Table) -> Table:
        rows = []
        for one, other in paired([_row(each) for each in old.rows], [_row(each) for each in new.rows]):
            if one is not None and other is not None:
                rows.append(tuple(map(self.leaf, old.rows[one], new.rows[other])))
            elif other is not None:
                rows.append(tuple(map(self.come, new.rows[other])))
            elif one is not None:
                rows.append(tuple(map(self.gone, old.rows[one])))
        header = tuple(map(self.leaf, old.header, new.header))
        return replace(new, caption=self.perhaps(old.caption, new.caption), header=header, rows=tuple(rows))

    def _chart(self, old: Chart, new: Chart) -> Iterator[Block]:
        """The chart as it is drawn now; where it had other rows, its figures in a table of their own as well."""
        table = new.table
        if len(old.table.rows) == len(table.rows):
            header = tuple(map(self.leaf, old.table.header, table.header))
            rows = [tuple(map(self.leaf, *pair)) for pair in zip(old.table.rows, table.rows, strict=True)]
            table = replace(table, header=header, rows=tuple(rows))
        yield replace(new, caption=self.leaf(old.caption, new.caption), table=table)
        yield from self._alt(old, new)
        if len(old.table.rows) != len(new.table.rows):
            yield self._table(old.table, apart(new.table, "rows-"))

    def _alt(self, old: Figure | Chart, new: Figure | Chart) -> Iterator[Paragraph]:
        """What those hear who do not see a picture, where it differs."""
        if old.alt != new.alt:
            was, is_ = (
                Paragraph(id=f"alt-{new.id}", path=f"{new.path}.alt", words=(_made(ALT), _made(each.alt)))
                for each in (old, new)
            )
            yield self.leaf(was, is_)

    def come(self, block: B) -> B:
        """A block that only the new version has."""
        return self._whole(block, Fate.COME, [leaf.path for leaf in _texts_of(block)])

    def gone(self, block: B) -> B:
        """A block that only the old version has."""
        paths = [leaf.path for leaf in _texts_of(block)]
        found = apart(block, "old-")
        return self._whole(
            replace(found, file=f"{OLD}{found.file}") if isinstance(found, Figure) else found, Fate.GONE, paths
        )

    def _whole(self, block: B, fate: Fate, paths: list[str]) -> B:
        for leaf, path in zip(_texts_of(block), paths, strict=True):
            if str(leaf):
                self.whole[fate][str(leaf)] = leaf.id, path
                self.stretches[leaf.id] = (Stretch(leaf.words, fate),)
        if isinstance(block, Figure | Chart):
            self.pictures[block.id] = fate
        return block


def apart(block: B, mark: str) -> B:
    """A block with all in it under ids that begin with `mark`, and without a path: it stands nowhere in the data."""
    own = replace(block, id=f"{mark}{block.id}", path="")
    match own:
        case Listing() | Item():
            return replace(own, items=tuple(apart(each, mark) for each in own.items))
        case Table():
            rows = [tuple(apart(cell, mark) for cell in row) for row in (own.header, *own.rows)]
            return replace(own, caption=own.caption and apart(own.caption, mark), header=rows[0], rows=tuple(rows[1:]))
        case Figure():
            return replace(own, caption=own.caption and apart(own.caption, mark))
        case Chart():
            return replace(own, caption=apart(own.caption, mark), table=apart(own.table, mark))
        case Contact():
            return replace(own, lines=tuple(apart(each, mark) for each in own.lines))
        case _:
            return own


def _texts_of(block: Leaf | Listing | Table | Figure | Chart | Contact) -> Iterator[Leaf]:
    match block:
        case Item():
            yield block
            for each in block.items:
                yield from _texts_of(each)
        case Leaf():
            yield block
        case _:
            yield from leaves([block])


def _said(block: Block) -> str:
    """What a block says, so that a paragraph is never taken for a table that says the same."""
    match block:
        case Figure():
            return f"\t\t{block.file} {block.alt} {block.caption or ''}"
        case Leaf():
            return str(block)
        case _:
            return "\t" + "\n".join(map(str, leaves([block])))


def _row(row: Sequence[Cell]) -> str:
    return "\n".join(map(str, row))


def _made(text: str) -> Piece:
    return Piece(text=text, origin=Made("redline"))


def _tokens(words: Words) -> Iterator[tuple[str, Piece]]:
    """Words, spaces and marks, each with its piece; the number of a note is no number of the text."""
    for piece in words:
        if piece.note:
            yield f"[{piece.text}]", piece
        else:
            yield from ((each, replace(piece, text=each)) for each in tokens(piece.text))


def _joined(found: Sequence[tuple[str, Piece]]) -> Words:
    """The pieces of a stretch, those of one dress and origin made one again."""
    runs = groupby((piece for _, piece in found), lambda piece: replace(piece, text=""))
    return tuple(replace(like, text="".join(piece.text for piece in run)) for like, run in runs)
