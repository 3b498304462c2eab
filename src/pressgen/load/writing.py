"""New data as YAML, in the manner of the samples: prose in folded lines, short rows in brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pressgen.load.folding import ESCAPES
from pressgen.load.scalar_styles import LONG, Slot

if TYPE_CHECKING:
    from pressgen.model.change import Value

PLAIN_NAME = re.compile(r"[A-Za-z][\w-]*")
ROW = 100
"""Characters up to which a list of short texts is written in brackets on one line."""


class Unwritable(ValueError):
    """The text cannot stand in a file: it is white space only, or holds a character that no text may hold."""


def entry(value: Value, indent: int, end: str) -> str:
    """An entry of a list whose dashes stand at `indent`: its dash and `value`, without the last break.

    Raises:
        Unwritable: for a text that cannot stand in a file.
    """
    return "-" + after(value, f"{' ' * indent}- ", indent, end)


def field(name: str, value: Value, indent: int, end: str) -> str:
    """A field whose name stands at `indent`, without the last break.

    Raises:
        Unwritable: for a text that cannot stand in a file.
    """
    return f"{_name(name)}:" + after(value, f"{' ' * indent}k: ", indent, end)


def in_brackets(value: Value) -> str:
    """`value` on one line, as it may stand in brackets or alone.

    Raises:
        Unwritable: for a text that cannot stand in a file.
    """
    match value:
        case str():
            return _typed(value, Slot("k: [", "]", 0, flow=True))
        case Mapping():
            return "{" + ", ".join(f"{_name(name)}: {in_brackets(each)}" for name, each in value.items()) + "}"
        case _:
            return "[" + ", ".join(map(in_brackets, value)) + "]"


def after(value: Value, before: str, indent: int, end: str) -> str:
    """What stands after the dash or the colon that ends `before`, whose line is indented by `indent`.

    Raises:
        Unwritable: for a text that cannot stand in a file.
    """
    inner = indent + 2
    if isinstance(value, str):
        return " " + _typed(value, Slot(before, "", inner, flow=False, end=end))
    if not value or _row(value):
        return " " + in_brackets(value)
    lines = f"{end}{' ' * inner}"
    if isinstance(value, Mapping):
        fields = lines.join(field(name, each, inner, end) for name, each in value.items())
        return f" {fields}" if before.endswith("- ") else f"{lines}{fields}"
    return lines + lines.join(entry(each, inner, end) for each in value)


def _row(value: Value) -> bool:
    short = isinstance(value, Sequence) and all(isinstance(each, str) and len(each) <= LONG for each in value)
    return short and sum(len(each) + 2 for each in value) <= ROW


def _name(name: str) -> str:
    if PLAIN_NAME.fullmatch(name):
        return name
    return '"' + "".join(ESCAPES.get(each, each) for each in name) + '"'


def _typed(value: str, slot: Slot) -> str:
    for typed in slot.ways(value):
        if slot.reads(typed, value):
            return typed
    raise Unwritable(value)
