"""Match the texts of a copy to the lists of the data.

They say which entry belongs to a text, and where a new entry goes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.model.change import Value
    from pressgen.model.export import ExportedBlock

NESTED = re.compile(r"\.(?:quote\.words|list|list\.items|items)$")
"""The ends of the paths of lists within a block of the body that may get new entries."""
TEXT_OF = ("heading", "text", "quote.words", "pull.words")
"""The places of the only text of an entry that is no plain text."""


UNPLACED = (
    "comes after words that are added automatically (contacts, standing text), where the release has no place for it;"
    " write it into `body` or `notes`"
)
"""Said of a new paragraph that follows no text of the release."""


class EntryNotFoundError(ValueError):
    """A place in the data that is missing or not certain.

    The message says why.
    """


class ReleaseData(Protocol):
    """The data that a review copy was made from."""

    @property
    def language(self) -> str:
        """The language of the release, BCP 47."""

    def text_at(self, path: str) -> str | None:
        """Return the text at a path, None where there is none."""

    def value_at(self, path: str) -> Value:
        """Return the value at a path, of whatever kind."""

    def names_at(self, path: str) -> Sequence[str]:
        """Return the names of the entries of a list, in order.

        The result is empty where there is no list.
        """


class DataEntries:
    """The entries of the data behind the texts of a copy."""

    def __init__(self, blocks: Sequence[ExportedBlock], data: ReleaseData) -> None:
        self._blocks, self._data = blocks, data
        self._members: dict[str, set[int]] = defaultdict(set)
        for number, block in enumerate(blocks):
            path = block.path
            while "[" in path:
                path = path[: path.rindex("]") + 1]
                self._members[path].add(number)
                path = path[: path.rindex("[")]

    def of(self, number: int) -> str:
        """Return the entry that a text is, or is in.

        For a text that is in no list, return the field.

        Raises:
            EntryNotFoundError: the text does not come from the release.
        """
        block = self._blocks[number]
        if not block.id or block.path.startswith("house."):
            raise EntryNotFoundError("is the house's own wording; change it in templates/")
        if block.path.startswith("contacts["):
            raise EntryNotFoundError("is made from `people` and `contacts`; change it there")
        if block.kind == "cell":
            return self._row(block.path)
        return block.path[: block.path.rindex("]") + 1] if "]" in block.path else block.path

    def _row(self, path: str) -> str:
        if ".header[" in path or path.startswith("facts."):
            raise EntryNotFoundError("is a cell of a table; change its row")
        row = path[: path.rindex("[")] if path.endswith("]") else path[: path.rindex("]") + 1]
        return row if row.endswith("]") else f"{path[: path.rindex(']') + 1]}"

    def members(self, entry: str) -> set[int]:
        """Return the texts that are in an entry."""
        return self._members[entry] or {n for n, block in enumerate(self._blocks) if block.path == entry}

    def spot(self, entry: str) -> tuple[str, int]:
        """Return the list that an entry is in, and its position.

        Raises:
            EntryNotFoundError: it is in no list.
        """
        if not entry.endswith("]"):
            raise EntryNotFoundError("is not in a list")
        path, _, name = entry[:-1].rpartition("[")
        names = list(self._data.names_at(path))
        if name not in names:
            raise EntryNotFoundError("is no longer there")
        return path, names.index(name)

    def behind(self, number: int) -> tuple[str, int]:
        """Return the list and position where something new after a text goes.

        A `number` of -1 means before all texts.

        Raises:
            EntryNotFoundError: nothing of the release can go there.
        """
        following = self._blocks[number + 1].path if number + 1 < len(self._blocks) else ""
        if following.startswith("notes[") and (number < 0 or not self._blocks[number].path.startswith("notes[")):
            return "notes", 0
        if number < 0 or self._before_the_body(number):
            return "body", 0
        block = self._blocks[number]
        if not block.id or block.path.startswith(("house.", "contacts[")):
            raise EntryNotFoundError(UNPLACED)
        path, at = self.spot(self.of(number))
        while "[" in path and not (NESTED.search(path) and following.startswith(f"{path}[")):
            path, at = self.spot(path[: path.rindex("]") + 1])
        if path not in {"body", "notes"} and not NESTED.search(path):
            raise EntryNotFoundError("would be where the data has no list")
        return path, at + 1

    def _before_the_body(self, number: int) -> bool:
        return not any(block.path.startswith("body[") for block in self._blocks[: number + 1])

    def alike(self, entry: str, text: str) -> Value:
        """Return a copy of an entry with another text in it.

        Raises:
            EntryNotFoundError: the entry holds more than one text.
        """
        value = self._data.value_at(entry)
        if isinstance(value, str):
            return text
        for place in TEXT_OF:
            first, _, inner = place.partition(".")
            if isinstance(value, dict) and isinstance(held := value.get(first), dict if inner else str):
                if isinstance(held, dict) and not isinstance(held.get(inner), str):
                    continue
                return {**value, first: {**held, inner: text} if isinstance(held, dict) else text}
        raise EntryNotFoundError("contains more than one text; move it yourself")
