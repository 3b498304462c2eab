"""Build lists and fields, and find faults in names and empty places."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from pressgen.load.tree import Mapping, Node, Scalar, Sequence
from pressgen.model.record import ID

if TYPE_CHECKING:
    from pressgen.load.line_columns import Lines

Blame = Callable[[str, str, int], None]
"""Takes a code, a message and an index in the file."""

NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain texts that mean null in YAML 1.1."""


def build_sequence(children: list[Node], start: int, blame: Blame) -> Sequence:
    """Build a list node from its children."""
    items = tuple(_require_content(item, "this entry", item.start, blame) for item in children)
    return Sequence(items, _name_entries(items), start)


def build_mapping(children: list[Node], start: int, lines: Lines, blame: Blame) -> Mapping | Scalar:
    """Build a fields node from alternating names and values.

    It is refused as a whole where a name is not text.
    """
    refused = Scalar("", start, start, refused=True)
    if lines.text.startswith("{{", start):
        blame("Y08", "a text that begins with {{ needs quotation marks round it", start)
        return refused
    if lines.text.endswith("{", 0, start):
        return refused  # the inner braces of `{{ … }}`
    fields: dict[str, Node] = {}
    keys: dict[str, Scalar] = {}
    for key, value in zip(children[::2], children[1::2], strict=True):
        if not isinstance(key, Scalar):
            blame("Y08", "the name of a field is a list or fields; it must be a word", key.start)
            return refused
        if _check_key(key, keys, lines, blame):
            fields[key.value] = _require_content(
                value, f"“{key.value}”", key.start, blame, "delete it if it is not required"
            )
            keys[key.value] = key
    return Mapping(fields, keys, start)


def _check_key(key: Scalar, keys: dict[str, Scalar], lines: Lines, blame: Blame) -> bool:
    if key.refused:
        return False
    if not key.value.strip():
        blame("Y08", "the name of a field is missing before the colon", key.start)
    elif key.value == "<<" and not key.style:
        blame("Y09", "“<<” would merge other fields into these; write the fields out", key.start)
    elif key.value in keys:
        line = lines.place(keys[key.value].start).line
        blame("Y10", f"“{key.value}” is here a second time; the first is in line {line}", key.start)
    else:
        return True
    return False


def _require_content(node: Node, name: str, at: int, blame: Blame, otherwise: str = "delete it") -> Node:
    """Return the node, or a refused one where it is empty."""
    if not isinstance(node, Scalar) or node.refused:
        return node
    if not node.style and node.value in NOTHING:
        meant = f"; the word “{node.value}” itself needs quotation marks" if node.value else ""
        blame("Y15", f"{name} is empty: write a text, or {otherwise}{meant}", at)
    elif not node.value.strip() and (node.value or node.style in {"|", ">"}):
        blame("Y15", f"{name} contains only white space: write a text, or {otherwise}", at)
    else:
        return node
    return Scalar("", node.start, node.end, node.style, refused=True)


def _name_entries(items: tuple[Node, ...]) -> tuple[str, ...]:
    """Return the names of list entries in paths.

    These are their ids where they have any, else their positions.
    """
    names: dict[str, None] = {}
    for position, item in enumerate(items):
        own = item.fields.get("id") if isinstance(item, Mapping) else None
        name = own.value if isinstance(own, Scalar) and re.fullmatch(ID, own.value) else str(position)
        names[str(position) if name in names else name] = None
    return tuple(names)
