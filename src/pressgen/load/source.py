"""A file as read: its text, its tree, and from any path of the data back to line and column."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from pressgen.errors import Problem, Refused
from pressgen.load.alignment import align
from pressgen.load.characters import read_text
from pressgen.load.parse import parse
from pressgen.load.tree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from pressgen.errors import Place
    from pressgen.load.lines import Lines

LAST_STEP = re.compile(r"(?:\.|^|\[)[^.\[]*$")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file with its data by path, such as `body[3].quote.words[1]` or `notes[report].text`.

    Attributes:
        nodes: every node by its path; the whole under the empty path.
        keys: the name of every field, where it stands in the file, by the field's path.
        aligned: where the characters of values stand whose places were asked for, by path.
    """

    lines: Lines
    root: Mapping = field(repr=False)
    nodes: dict[str, Node] = field(repr=False)
    keys: dict[str, Scalar] = field(repr=False)
    aligned: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, lines: Lines, root: Mapping) -> Self:
        """The source with the paths of all that is in it."""
        nodes: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        waiting: list[tuple[str, Node]] = [("", root)]
        while waiting:
            path, node = waiting.pop()
            nodes[path] = node
            waiting += reversed([(join(path, name, node), child) for name, child in _children(node)])
            if isinstance(node, Mapping):
                keys |= {join(path, name, node): key for name, key in node.keys.items()}
        return cls(lines, root, nodes, keys)

    @property
    def shown(self) -> str:
        """The file as messages name it."""
        return self.lines.shown

    @property
    def text(self) -> str:
        """Its characters, without a byte-order mark."""
        return self.lines.text

    def text_at(self, path: str) -> str | None:
        """The text at `path`, None where there is none."""
        node = self.nodes.get(path)
        return node.value if isinstance(node, Scalar) and not node.refused else None

    def texts_at(self, path: str) -> list[str]:
        """The texts of the list at `path`."""
        node = self.nodes.get(path)
        items = node.items if isinstance(node, Sequence) else ()
        return [item.value for item in items if isinstance(item, Scalar) and not item.refused]

    @property
    def typed(self) -> dict[str, str]:
        """Every text of the file by its path, in the file's order."""
        return {path: node.value for path, node in self.nodes.items() if isinstance(node, Scalar) and not node.refused}

    def place(self, path: str, offset: int = 0) -> Place:
        """Where the character at `offset` of the value at `path` stands in the file.

        An offset beyond the value is its end; a path that is not there gives the place of the nearest one above it.
        """
        node = self.nodes.get(path)
        if node is None:
            return self.place(_above(path))
        if not isinstance(node, Scalar) or node.refused:
            return self.lines.place(node.start)
        if path not in self.aligned:
            self.aligned[path] = align(self.text, node)
        indices = self.aligned[path]
        return self.lines.place(indices[min(offset, len(indices) - 1)])

    def key_place(self, path: str) -> Place:
        """Where the name of the field at `path` stands; for an entry of a list, where the entry does."""
        key = self.keys.get(path)
        return self.lines.place(key.start) if key else self.place(path)


def read_source(data: bytes, shown: str) -> tuple[SourceText, list[Problem]]:
    """A file as read, and what is wrong with its characters and its YAML.

    Raises:
        Refused: it cannot be read to its end, so that its data is not known; with every fault up to there.
    """
    lines, problems = read_text(data, shown)
    root, faults = parse(lines)
    if root is None:
        raise Refused([*problems, *faults])
    return SourceText.of(lines, root), [*problems, *faults]


def encode_like(text: str, original: bytes) -> bytes:
    """The bytes of a changed text, with a byte-order mark where the `original` file has one."""
    return (BOM_UTF8 if original.startswith(BOM_UTF8) else b"") + text.encode()


def join(path: str, name: str, node: Node) -> str:
    """The path of what `node`, itself at `path`, holds under `name`."""
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


def _above(path: str) -> str:
    return LAST_STEP.sub("", path)
