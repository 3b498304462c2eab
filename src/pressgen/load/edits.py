"""Exact edits of a file: what is asked for changes, and every other byte stays: comments, folding, marks, layout."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem, Refused
from pressgen.load.node_spans import Footprints
from pressgen.load.scalar_rewrite import retyped
from pressgen.load.splices import Regrouping, Splice, Verbatim, exchanged, spliced
from pressgen.load.tree import Mapping, Node, Scalar, Sequence
from pressgen.load.writing import Unwritable
from pressgen.model.change import Change, Edit, Give, Insert, Move, Put, Remove

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressgen.load.source import SourceText
    from pressgen.model.change import Value

__all__ = ["Change", "Edit", "Give", "Insert", "Move", "Put", "Remove", "edited"]


TWICE = "two changes want the same words; make one of them first"


def edited(source: SourceText, changes: Iterable[Change]) -> str:
    """The text of the file after `changes`, all of which speak of the file as it is now.

    A text keeps its style, its marks and the breaks of its lines; only a line that grows much wider than all others
    of its text is broken anew. Where the style cannot hold the new words, that text alone gets another. What is
    inserted at one place stands in the order of `changes`.

    Raises:
        Refused: two changes want the same words; there is nothing at a path that could be changed so; an alias
            repeats what would change; or a text cannot stand in a file, such as white space alone.
    """
    sorting = _Sorting(source, Footprints.of(source))
    for change in changes:
        sorting.take(change)
    splices = sorted(sorting.splices(), key=lambda each: (each.start, each.end))
    for one, other in pairwise(splices):
        if other.start < one.end:
            sorting.blame("E01", TWICE, source.lines.place(other.start))
    if sorting.problems:
        raise Refused(sorting.problems)
    return spliced(source.text, splices)


@dataclass(slots=True)
class _Sorting:
    """Changes sorted by what they change, and what is wrong with them."""

    source: SourceText
    prints: Footprints
    problems: list[Problem] = field(default_factory=list)
    _texts: dict[str, list[Edit]] = field(default_factory=lambda: defaultdict(list))
    _wholes: list[Put] = field(default_factory=list)
    _added: dict[str, list[tuple[int, str, Value | Move]]] = field(default_factory=lambda: defaultdict(list))
    _removed: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def blame(self, code: str, message: str, place: Place, path: str = "") -> None:
        self.problems.append(Problem(code=code, message=message, place=place, path=path))

    def take(self, change: Change) -> None:
        """Put a change where it belongs, or say what is wrong with it."""
        node = self.source.nodes.get(change.path)
        if node is None or not self._sort(change, node):
            place = self.source.place(change.path)
            self.blame("E02", "there is nothing here that could be changed so", place, change.path)
        elif self.prints.hold_alias(change.path):
            message = "an alias repeats this, so that it would change elsewhere too; write it out there first"
            self.blame("E03", message, self.source.place(change.path), change.path)

    def splices(self) -> Iterator[Splice]:
        """Every exchange of characters; what cannot be done joins the problems."""
        if self.problems:
            return
        found: list[Splice] = []
        for path, edits in self._texts.items():
            found += self._retype(path, sorted(edits, key=lambda each: (each.start, each.end)))
        try:
            found += (exchanged(self.prints, put.path, put.value) for put in self._wholes)
            for path in dict.fromkeys([*self._added, *self._removed]):
                node = self.source.nodes[path]
                if not isinstance(node, Scalar):
                    yield from self._regrouping(path, node, found).splices(self.prints, path)
        except Unwritable as refusal:
            self.blame("E04", f"“{refusal}” cannot stand in a file as it is", self.source.place(""))
        yield from found

    def _regrouping(self, path: str, node: Mapping | Sequence, inner: list[Splice]) -> Regrouping:
        """What happens to the entries at `path`; what is done within those that move is taken out of `inner`."""
        removed = frozenset(self._removed[path])
        added: list[tuple[int, str, Value | Verbatim]] = []
        for before, name, value in sorted(self._added[path], key=itemgetter(0)):
            if isinstance(value, Move):
                position = node.names.index(value.path[:-1].rpartition("[")[2]) if isinstance(node, Sequence) else 0
                start, end = Regrouping(node, (), removed).whole(self.prints, path, position)
                within = [each for each in inner if start <= each.start and each.end <= end]
                inner[:] = [each for each in inner if each not in within]
                added.append((before, name, Verbatim(spliced(self.source.text[:end], within)[start:])))
            else:
                added.append((before, name, value))
        return Regrouping(node, tuple(added), removed)

    def _sort(self, change: Change, node: Node) -> bool:
        """Put a change where it belongs; False where it means nothing for `node`."""
        match change, node:
            case Edit(), Scalar():
                self._texts[change.path].append(change)
                return 0 <= change.start <= change.end <= len(node.value)
            case Put(value=str(text)), Scalar():
                self._texts[change.path].append(Edit(change.path, 0, len(node.value), text))
            case Put(), _:
                self._wholes.append(change)
                return change.path in self.prints.holders
            case Insert(), Sequence():
                self._added[change.path].append((change.before, "", change.value))
                return 0 <= change.before <= len(node.items)
            case Move(), _ if (holder := self.prints.holders.get(change.path)) and isinstance(holder.node, Sequence):
                self._added[holder.path].append((change.before, "", change))
                self._removed[holder.path].add(holder.node.names.index(holder.name))
                return 0 <= change.before <= len(holder.node.items)
            case Give(), Mapping():
                self._added[change.path].append((len(node.fields), change.name, change.value))
                return change.name not in node.fields
            case Remove(), _ if holder := self.prints.holders.get(change.path):
                names = tuple(holder.node.fields) if isinstance(holder.node, Mapping) else holder.node.names
                self._removed[holder.path].add(names.index(holder.name))
            case _:
                return False
        return True

    def _retype(self, path: str, edits: list[Edit]) -> Iterator[Splice]:
        for one, other in pairwise(edits):
            if other.start < one.end:
                self.blame("E01", TWICE, self.source.place(path, other.start), path)
                return
        if (done := retyped(self.prints, path, edits)) is None:
            message = "the text would be white space alone, or hold a character that no text may hold"
            self.blame("E04", message, self.source.place(path), path)
        else:
            yield Splice(*done)
