"""Changes of a data file, each with a path.

`load/edits.py` makes them, exact to the byte.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""Text, a list, or fields."""


@dataclass(frozen=True, slots=True)
class EditText:
    """A replacement of characters in the text at `path`.

    The characters are `start` to `end`.
    """

    path: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ReplaceValue:
    """A replacement of the value at `path`, of whatever kind.

    For a text, only the words that differ are typed.
    """

    path: str
    value: Value


@dataclass(frozen=True, slots=True)
class InsertEntry:
    """A new entry of the list at `path`.

    It comes before the one at position `before`; the length of the list means last.
    """

    path: str
    before: int
    value: Value


@dataclass(frozen=True, slots=True)
class AddField:
    """A new last field of the fields at `path`.

    An empty path is the whole file.
    """

    path: str
    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class RemoveNode:
    """The removal of an entry or field, with its lines."""

    path: str


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """A move of an entry within its own list.

    It goes before the one at position `before`, exactly as typed.
    """

    path: str
    before: int


Change = EditText | ReplaceValue | InsertEntry | AddField | RemoveNode | MoveEntry
