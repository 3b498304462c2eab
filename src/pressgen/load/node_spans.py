"""The span of each node in its file.

A span says where the node ends, where its dash or name begins, and what holds it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.load.alignment import align_scalar
from pressgen.load.source import join_path
from pressgen.load.tree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from pressgen.load.source import SourceText

BLANK = re.compile(r"(?:[ \r\n]+|#[^\n]*)*")
BLANK_OR_COMMA = re.compile(r"(?:[ ,\r\n]+|#[^\n]*)*")
BRACKETS = ("[", "{")
BLOCK_STYLES = frozenset("|>")


@dataclass(frozen=True, slots=True)
class NodeParent:
    """The list or fields that hold a node.

    It has the path, the name of the node in it, and whether it is in brackets.
    """

    path: str
    node: Mapping | Sequence
    name: str
    flow: bool


@dataclass(frozen=True, slots=True)
class NodeSpans:
    """The spans of all nodes of a file.

    Attributes:
        holders: the parent of the node at each path; the whole has none.
        repeated: the paths of nodes that are in the data more than once because an alias repeats them.
    """

    source: SourceText
    holders: dict[str, NodeParent]
    repeated: frozenset[str]

    @classmethod
    def of(cls, source: SourceText) -> NodeSpans:
        """Compute the spans of a file."""
        holders: dict[str, NodeParent] = {}
        for path, node in source.nodes.items():
            if isinstance(node, Scalar):
                continue
            flow = source.text.startswith(BRACKETS, node.start) or (path in holders and holders[path].flow)
            names = node.fields if isinstance(node, Mapping) else node.names
            for name in names:
                holders[join_path(path, name, node)] = NodeParent(path, node, name, flow)
        times = Counter(map(id, source.nodes.values()))
        repeated = frozenset(path for path, node in source.nodes.items() if times[id(node)] > 1)
        return cls(source, holders, repeated)

    def hold_alias(self, path: str) -> bool:
        """Return whether an alias repeats the node, a child or a parent."""
        within = tuple(f"{path}{mark}" for mark in ".[")
        return any(each == path or each.startswith(within) for each in self.repeated) or any(
            each in self.repeated for each in self._above(path)
        )

    def bracketed(self, node: Mapping | Sequence) -> bool:
        """Return whether `node` is written in its own brackets."""
        return self.source.text.startswith(BRACKETS, node.start)

    def end(self, node: Node) -> int:
        """Return the index after the last character of `node`.

        For a block of lines, this is after its last break where that is text. The result is only right where the node
        has no alias: an alias has the place of what it repeats.
        """
        text = self.source.text
        if isinstance(node, Scalar):
            return align_scalar(text, node)[-1] if node.style in BLOCK_STYLES else node.end
        children = node.items if isinstance(node, Sequence) else tuple(node.fields.values())
        if not self.bracketed(node):
            return self.end(children[-1])
        inner = self.end(children[-1]) if children else node.start + 1
        return _skip_blank(BLANK_OR_COMMA, text, inner) + 1

    def begins(self, holder: NodeParent) -> int:
        """Return the index of an entry's dash or a field's name.

        In brackets, this is where the entry or the name begins.
        """
        if isinstance(holder.node, Mapping):
            return holder.node.keys[holder.name].start
        index = holder.node.names.index(holder.name)
        if self.bracketed(holder.node):
            before = self.end(holder.node.items[index - 1]) if index else holder.node.start + 1
            return _skip_blank(BLANK_OR_COMMA, self.source.text, before)
        before = self.end(holder.node.items[index - 1]) if index else holder.node.start
        return _skip_blank(BLANK, self.source.text, before)

    def margin(self, at: int) -> int:
        """Return how many characters precede index `at` in its line."""
        return at - (self.source.text.rfind("\n", 0, at) + 1)

    def line_end(self, at: int) -> int:
        """Return the index after the line in which a node ends.

        `at` is the end of the node; it is returned where it already begins a line.
        """
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


def _skip_blank(blank: re.Pattern[str], text: str, at: int) -> int:
    match = blank.match(text, at)
    return match.end() if match else at
