"""Changes of a file of data, each by the path of what it changes; `load/edits.py` makes them, to the byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""Text, a list, or fields."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` of the text at `path` become `text`."""

    path: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Put:
    """What stands at `path`, of whatever kind, becomes `value`; for a text, only the words that differ are typed."""

    path: str
    value: Value


@dataclass(frozen=True, slots=True)
class Insert:
    """`value` becomes a new entry of the list at `path`, before the one at position `before`; its length means last."""

    path: str
    before: int
    value: Value


@dataclass(frozen=True, slots=True)
class Give:
    """The fields at `path`, the whole file under an empty one, get a last one more, `name`."""

    path: str
    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Remove:
    """The entry or field at `path` goes, with its lines."""

    path: str


@dataclass(frozen=True, slots=True)
class Move:
    """The entry at `path` goes before the one at position `before` of its own list, typed as it is."""

    path: str
    before: int


Change = Edit | Put | Insert | Give | Remove | Move
