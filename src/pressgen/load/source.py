"""A file as read: its text, tree, and places of data.

Each path of the data leads to a line and column.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from pressgen.errors import InputError, Problem
from pressgen.load.alignment import align_scalar
from pressgen.load.characters import read_text
from pressgen.load.parse import parse_yaml
from pressgen.load.tree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from pressgen.errors import Place
    from pressgen.load.line_columns import Lines

LAST_STEP = re.compile(r"(?:\.|^|\[)[^.\[]*$")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file with its data by path.

    Such as `body[3].quote.words[1]` or `notes[report].text`.

    Attributes:
        nodes: every node by its path; the whole under the empty path.
        keys: the place of every field's name, by the field's path.
        aligned: the places of the characters of values, by path, as far as they were asked for.
    """

    lines: Lines
    root: Mapping = field(repr=False)
    nodes: dict[str, Node] = field(repr=False)
    keys: dict[str, Scalar] = field(repr=False)
    aligned: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, lines: Lines, root: Mapping) -> Self:
        """Index all nodes of a file by their paths."""
        nodes: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        waiting: list[tuple[str, Node]] = [("", root)]
        while waiting:
            path, node = waiting.pop()
            nodes[path] = node
            waiting += reversed([(join_path(path, name, node), child) for name, child in _children(node)])
            if isinstance(node, Mapping):
                keys |= {join_path(path, name, node): key for name, key in node.keys.items()}
        return cls(lines, root, nodes, keys)

    @property
    def shown(self) -> str:
        """The name of the file in messages."""
        return self.lines.shown

    @property
    def text(self) -> str:
        """The characters of the file, without a byte-order mark."""
        return self.lines.text

    def text_at(self, path: str) -> str | None:
        """Return the text at `path`, None where there is none."""
        node = self.nodes.get(path)
        return node.value if isinstance(node, Scalar) and not node.refused else None

    def texts_at(self, path: str) -> list[str]:
        """Return the texts of the list at `path`."""
        node = self.nodes.get(path)
        items = node.items if isinstance(node, Sequence) else ()
        return [item.value for item in items if isinstance(item, Scalar) and not item.refused]

    @property
    def typed(self) -> dict[str, str]:
        """Every text of the file by its path, in the file's order."""
        return {path: node.value for path, node in self.nodes.items() if isinstance(node, Scalar) and not node.refused}

    def place(self, path: str, offset: int = 0) -> Place:
        """Return the place of a character of the value at `path`.

        An offset beyond the value means its end. A path that does not exist gives the place of the nearest parent.
        """
        node = self.nodes.get(path)
        if node is None:
            return self.place(_parent_path(path))
        if not isinstance(node, Scalar) or node.refused:
            return self.lines.place(node.start)
        if path not in self.aligned:
            self.aligned[path] = align_scalar(self.text, node)
        indices = self.aligned[path]
        return self.lines.place(indices[min(offset, len(indices) - 1)])

    def key_place(self, path: str) -> Place:
        """Return the place of a field's name, or of an entry."""
        key = self.keys.get(path)
        return self.lines.place(key.start) if key else self.place(path)


def read_source(data: bytes, shown: str) -> tuple[SourceText, list[Problem]]:
    """Read a file, and find faults in its characters and YAML.

    Raises:
        InputError: it cannot be read to its end, so that its data is not known; with every fault up to there.
    """
    lines, problems = read_text(data, shown)
    root, faults = parse_yaml(lines)
    if root is None:
        raise InputError([*problems, *faults])
    return SourceText.of(lines, root), [*problems, *faults]


def encode_like(text: str, original: bytes) -> bytes:
    """Encode a changed text, with a byte-order mark like the original."""
    return (BOM_UTF8 if original.startswith(BOM_UTF8) else b"") + text.encode()


def join_path(path: str, name: str, node: Node) -> str:
    """Return the path of a child by its name.

    `path` is the path of `node` itself.
    """
    if isinstance(node, Sequence):
        return f"{path}[{name}]"
    return f"{path}.{name}" if path else name


def _children(node: Node) -> list[tuple[str, Node]]:
    match node:
        case Scalar():
            return []
        case Sequence():
            return list(zip(node.names, node.items, strict=True))
        case Mapping():
            return list(node.fields.items())


def _parent_path(path: str) -> str:
    return LAST_STEP.sub("", path)
