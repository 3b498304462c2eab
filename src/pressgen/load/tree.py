"""The tree of a YAML file: text, lists and fields, with indexes.

No type is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text of the file.

    Attributes:
        value: the text, after YAML's unfolding and escapes.
        start: the index of its first character in the file: the quotation mark, `|` or `>` where it has one.
        end: the index after its last, for a plain or a quoted text.
        style: `'`, `"`, `|`, `>`, or empty for a plain one (YAML 1.1, chapter 9).
        refused: whether it replaces something that was refused, so that its value means nothing.
    """

    value: str
    start: int
    end: int
    style: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list, with the name of each entry in paths.

    The name is the `id` of the entry, else its position from 0.
    """

    items: tuple[Node, ...]
    names: tuple[str, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """The fields of a record by name, in file order.

    `keys` are the nodes of the names.
    """

    fields: dict[str, Node]
    keys: dict[str, Scalar]
    start: int


Node = Scalar | Sequence | Mapping


def to_plain_data(node: Node) -> str | list[object] | dict[str, object]:
    """Return the data of a node without places."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [to_plain_data(item) for item in node.items]
        case Mapping():
            return {name: to_plain_data(value) for name, value in node.fields.items()}


def describe_kind(node: Node) -> str:
    """Return the kind of a node for messages.

    It is “text”, “a list” or “fields”.
    """
    match node:
        case Scalar():
            return "text"
        case Sequence():
            return "a list"
        case Mapping():
            return "fields"
