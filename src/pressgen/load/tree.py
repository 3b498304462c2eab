"""The tree of a YAML file: text, lists and fields, each with the index where it stands; nothing is guessed a type."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text.

    Attributes:
        value: the text, after YAML's unfolding and escapes.
        start: the index of its first character in the file: the quotation mark, `|` or `>` where it has one.
        end: the index after its last, for a plain or a quoted text.
        style: `'`, `"`, `|`, `>`, or empty for a plain one (YAML 1.1, chapter 9).
        refused: whether it stands for something that has been refused already, so that its value means nothing.
    """

    value: str
    start: int
    end: int
    style: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list, and the name of each entry in paths: its `id`, else its position from 0."""

    items: tuple[Node, ...]
    names: tuple[str, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Fields by name, in the order of the file; `keys` are the names as they stand there."""

    fields: dict[str, Node]
    keys: dict[str, Scalar]
    start: int


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> str | list[object] | dict[str, object]:
    """The data alone, for the model to judge."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {name: plain(value) for name, value in node.fields.items()}


def kind(node: Node) -> str:
    """What a node is, as messages call it."""
    match node:
        case Scalar():
            return "text"
        case Sequence():
            return "a list"
        case Mapping():
            return "fields"
