"""Write new data as YAML, in the style of the samples.

Prose is in folded lines, short rows are in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pressgen.load.line_breaks import ESCAPES
from pressgen.load.scalar_styles import LONG, ScalarSlot

if TYPE_CHECKING:
    from pressgen.model.change import Value

PLAIN_NAME = re.compile(r"[A-Za-z][\w-]*")
ROW = 100
"""Characters up to which a list of short texts is written in brackets on one line."""


class UnwritableTextError(ValueError):
    """A text that cannot be written to a file.

    It is white space only, or holds a forbidden character.
    """


def format_entry(value: Value, indent: int, end: str) -> str:
    """Format a value as a list entry with its dash.

    The dash is at `indent`. The last break is left out.

    Raises:
        UnwritableTextError: for a text that cannot be written to a file.
    """
    return "-" + format_value(value, f"{' ' * indent}- ", indent, end)


def format_field(name: str, value: Value, indent: int, end: str) -> str:
    """Format a value as a field with its name.

    The name is at `indent`. The last break is left out.

    Raises:
        UnwritableTextError: for a text that cannot be written to a file.
    """
    return f"{_format_name(name)}:" + format_value(value, f"{' ' * indent}k: ", indent, end)


def format_flow_value(value: Value) -> str:
    """Format a value on one line, as in brackets or alone.

    Raises:
        UnwritableTextError: for a text that cannot be written to a file.
    """
    match value:
        case str():
            return _format_text(value, ScalarSlot("k: [", "]", 0, flow=True))
        case Mapping():
            return (
                "{"
                + ", ".join(f"{_format_name(name)}: {format_flow_value(each)}" for name, each in value.items())
                + "}"
            )
        case _:
            return "[" + ", ".join(map(format_flow_value, value)) + "]"


def format_value(value: Value, before: str, indent: int, end: str) -> str:
    """Format a value after the dash or colon that ends `before`.

    The line of `before` is indented by `indent`.

    Raises:
        UnwritableTextError: for a text that cannot be written to a file.
    """
    inner = indent + 2
    if isinstance(value, str):
        return " " + _format_text(value, ScalarSlot(before, "", inner, flow=False, end=end))
    if not value or _is_short_row(value):
        return " " + format_flow_value(value)
    lines = f"{end}{' ' * inner}"
    if isinstance(value, Mapping):
        fields = lines.join(format_field(name, each, inner, end) for name, each in value.items())
        return f" {fields}" if before.endswith("- ") else f"{lines}{fields}"
    return lines + lines.join(format_entry(each, inner, end) for each in value)


def _is_short_row(value: Value) -> bool:
    short = isinstance(value, Sequence) and all(isinstance(each, str) and len(each) <= LONG for each in value)
    return short and sum(len(each) + 2 for each in value) <= ROW


def _format_name(name: str) -> str:
    if PLAIN_NAME.fullmatch(name):
        return name
    return '"' + "".join(ESCAPES.get(each, each) for each in name) + '"'


def _format_text(value: str, slot: ScalarSlot) -> str:
    for typed in slot.ways(value):
        if slot.reads(typed, value):
            return typed
    raise UnwritableTextError(value)
