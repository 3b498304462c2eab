"""What a node of the tree takes up in its file: where it ends, where its dash or its name begins, what holds it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.load.alignment import align
from pressgen.load.source import join
from pressgen.load.tree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from pressgen.load.source import SourceText

BLANK = re.compile(r"(?:[ \r\n]+|#[^\n]*)*")
BLANK_OR_COMMA = re.compile(r"(?:[ ,\r\n]+|#[^\n]*)*")
BRACKETS = ("[", "{")
BLOCK_STYLES = frozenset("|>")


@dataclass(frozen=True, slots=True)
class Holder:
    """What holds a node: a list or fields, its path, the node's name in it, and whether it stands in brackets."""

    path: str
    node: Mapping | Sequence
    name: str
    flow: bool


@dataclass(frozen=True, slots=True)
class Footprints:
    """The footprints of all that a file holds.

    Attributes:
        holders: what holds the node at a path; nothing holds the whole.
        repeated: the paths of nodes that stand in the data more than once because an alias repeats them.
    """

    source: SourceText
    holders: dict[str, Holder]
    repeated: frozenset[str]

    @classmethod
    def of(cls, source: SourceText) -> Footprints:
        """The footprints of a file as read."""
        holders: dict[str, Holder] = {}
        for path, node in source.nodes.items():
            if isinstance(node, Scalar):
                continue
            flow = source.text.startswith(BRACKETS, node.start) or (path in holders and holders[path].flow)
            names = node.fields if isinstance(node, Mapping) else node.names
            for name in names:
                holders[join(path, name, node)] = Holder(path, node, name, flow)
        times = Counter(map(id, source.nodes.values()))
        repeated = frozenset(path for path, node in source.nodes.items() if times[id(node)] > 1)
        return cls(source, holders, repeated)

    def hold_alias(self, path: str) -> bool:
        """Whether the node at `path`, what is in it, or what it is in is repeated by an alias."""
        within = tuple(f"{path}{mark}" for mark in ".[")
        return any(each == path or each.startswith(within) for each in self.repeated) or any(
            each in self.repeated for each in self._above(path)
        )

    def bracketed(self, node: Mapping | Sequence) -> bool:
        """Whether `node` is written in brackets of its own."""
        return self.source.text.startswith(BRACKETS, node.start)

    def end(self, node: Node) -> int:
        """The index after the last character of `node`; for a block of lines, after its last break where that is text.

        Only right where no alias is in it: an alias has the place of what it repeats.
        """
        text = self.source.text
        if isinstance(node, Scalar):
            return align(text, node)[-1] if node.style in BLOCK_STYLES else node.end
        children = node.items if isinstance(node, Sequence) else tuple(node.fields.values())
        if not self.bracketed(node):
            return self.end(children[-1])
        inner = self.end(children[-1]) if children else node.start + 1
        return _past(BLANK_OR_COMMA, text, inner) + 1

    def begins(self, holder: Holder) -> int:
        """Where an entry's dash, or a field's name, stands; in brackets, where the entry or the name does."""
        if isinstance(holder.node, Mapping):
            return holder.node.keys[holder.name].start
        index = holder.node.names.index(holder.name)
        if self.bracketed(holder.node):
            before = self.end(holder.node.items[index - 1]) if index else holder.node.start + 1
            return _past(BLANK_OR_COMMA, self.source.text, before)
        before = self.end(holder.node.items[index - 1]) if index else holder.node.start
        return _past(BLANK, self.source.text, before)

    def margin(self, at: int) -> int:
        """How many characters stand before index `at` in its line."""
        return at - (self.source.text.rfind("\n", 0, at) + 1)

    def line_end(self, at: int) -> int:
        """The index after the line that `at`, the end of a node, closes; `at` where it already begins a line."""
        text = self.source.text
        if at and text[at - 1] == "\n":
            return at
        found = text.find("\n", at)
        return len(text) if found < 0 else found + 1

    def _above(self, path: str) -> list[str]:
        above = []
        while path in self.holders:
            path = self.holders[path].path
            above.append(path)
        return above


def _past(blank: re.Pattern[str], text: str, at: int) -> int:
    match = blank.match(text, at)
    return match.end() if match else at
