"""Make exact edits of a file, and leave every other byte unchanged.

Comments, line breaks, marks and layout stay.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from pressgen.errors import InputError, Place, Problem
from pressgen.load.entry_edits import EntryChanges, Splice, VerbatimEntry, apply_splices, make_splice
from pressgen.load.node_spans import NodeSpans
from pressgen.load.scalar_rewrite import rewrite_scalar
from pressgen.load.tree import Mapping, Node, Scalar, Sequence
from pressgen.load.yaml_writer import UnwritableTextError
from pressgen.model.change import AddField, Change, EditText, InsertEntry, MoveEntry, RemoveNode, ReplaceValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressgen.load.source import SourceText
    from pressgen.model.change import Value

__all__ = ["AddField", "Change", "EditText", "InsertEntry", "MoveEntry", "RemoveNode", "ReplaceValue", "apply_changes"]


TWICE = "two changes affect the same words; make one of them first"


def apply_changes(source: SourceText, changes: Iterable[Change]) -> str:
    """Return the text of the file after changes.

    All changes refer to the file before any of them. A text keeps its style, its marks and its line breaks. Only a line
    that grows much wider than all others of its text is broken again. Where the style cannot hold the new words, that
    text alone gets another style. Insertions at one place are in the order of `changes`.

    Raises:
        InputError: two changes concern the same words; nothing at a path can be changed in this way; an alias repeats
            what would change; or a text cannot be written to a file, such as white space alone.
    """
    sorting = _ChangeSorter(source, NodeSpans.of(source))
    for change in changes:
        sorting.take(change)
    splices = sorted(sorting.splices(), key=lambda each: (each.start, each.end))
    for one, other in pairwise(splices):
        if other.start < one.end:
            sorting.blame("E01", TWICE, source.lines.place(other.start))
    if sorting.problems:
        raise InputError(sorting.problems)
    return apply_splices(source.text, splices)


@dataclass(slots=True)
class _ChangeSorter:
    """A sorter of changes by what they change, with the problems."""

    source: SourceText
    prints: NodeSpans
    problems: list[Problem] = field(default_factory=list)
    _texts: dict[str, list[EditText]] = field(default_factory=lambda: defaultdict(list))
    _wholes: list[ReplaceValue] = field(default_factory=list)
    _added: dict[str, list[tuple[int, str, Value | MoveEntry]]] = field(default_factory=lambda: defaultdict(list))
    _removed: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def blame(self, code: str, message: str, place: Place, path: str = "") -> None:
        self.problems.append(Problem(code=code, message=message, place=place, path=path))

    def take(self, change: Change) -> None:
        """Sort a change by what it changes, or report its problem."""
        node = self.source.nodes.get(change.path)
        if node is None or not self._sort(change, node):
            place = self.source.place(change.path)
            self.blame("E02", "there is nothing here that can be changed like this", place, change.path)
        elif self.prints.hold_alias(change.path):
            message = "an alias repeats this, so it would change in another place too; write the text out there first"
            self.blame("E03", message, self.source.place(change.path), change.path)

    def splices(self) -> Iterator[Splice]:
        """Yield all replacements; record a problem for each impossible change."""
        if self.problems:
            return
        found: list[Splice] = []
        for path, edits in self._texts.items():
            found += self._retype(path, sorted(edits, key=lambda each: (each.start, each.end)))
        try:
            found += (make_splice(self.prints, put.path, put.value) for put in self._wholes)
            for path in dict.fromkeys([*self._added, *self._removed]):
                node = self.source.nodes[path]
                if not isinstance(node, Scalar):
                    yield from self._regrouping(path, node, found).splices(self.prints, path)
        except UnwritableTextError as refusal:
            self.blame("E04", f"“{refusal}” cannot be written to a file unchanged", self.source.place(""))
        yield from found

    def _regrouping(self, path: str, node: Mapping | Sequence, inner: list[Splice]) -> EntryChanges:
        """Return what happens to the entries at `path`.

        Edits within entries that move are removed from `inner`.
        """
        removed = frozenset(self._removed[path])
        added: list[tuple[int, str, Value | VerbatimEntry]] = []
        for before, name, value in sorted(self._added[path], key=itemgetter(0)):
            if isinstance(value, MoveEntry):
                position = node.names.index(value.path[:-1].rpartition("[")[2]) if isinstance(node, Sequence) else 0
                start, end = EntryChanges(node, (), removed).whole(self.prints, path, position)
                within = [each for each in inner if start <= each.start and each.end <= end]
                inner[:] = [each for each in inner if each not in within]
                added.append((before, name, VerbatimEntry(apply_splices(self.source.text[:end], within)[start:])))
            else:
                added.append((before, name, value))
        return EntryChanges(node, tuple(added), removed)

    def _sort(self, change: Change, node: Node) -> bool:
        """Sort a change; return False if it makes no sense for `node`."""
        match change, node:
            case EditText(), Scalar():
                self._texts[change.path].append(change)
                return 0 <= change.start <= change.end <= len(node.value)
            case ReplaceValue(value=str(text)), Scalar():
                self._texts[change.path].append(EditText(change.path, 0, len(node.value), text))
            case ReplaceValue(), _:
                self._wholes.append(change)
                return change.path in self.prints.holders
            case InsertEntry(), Sequence():
                self._added[change.path].append((change.before, "", change.value))
                return 0 <= change.before <= len(node.items)
            case MoveEntry(), _ if (holder := self.prints.holders.get(change.path)) and isinstance(
                holder.node, Sequence
            ):
                self._added[holder.path].append((change.before, "", change))
                self._removed[holder.path].add(holder.node.names.index(holder.name))
                return 0 <= change.before <= len(holder.node.items)
            case AddField(), Mapping():
                self._added[change.path].append((len(node.fields), change.name, change.value))
                return change.name not in node.fields
            case RemoveNode(), _ if holder := self.prints.holders.get(change.path):
                names = tuple(holder.node.fields) if isinstance(holder.node, Mapping) else holder.node.names
                self._removed[holder.path].add(names.index(holder.name))
            case _:
                return False
        return True

    def _retype(self, path: str, edits: list[EditText]) -> Iterator[Splice]:
        for one, other in pairwise(edits):
            if other.start < one.end:
                self.blame("E01", TWICE, self.source.place(path, other.start), path)
                return
        if (done := rewrite_scalar(self.prints, path, edits)) is None:
            message = "the text would be only white space, or contain a character that is not allowed"
            self.blame("E04", message, self.source.place(path), path)
        else:
            yield Splice(*done)
